"""The pinned jars: a list that is whole, and a download that cannot leave half a jar behind."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from workers.broker import jars
from workers.broker.errors import BrokerError
from workers.broker.jars import Jar, fetched_jars, pinned_jars


def test_the_list_pins_kafka_its_log_and_a_digest_for_each() -> None:
    pinned = pinned_jars()
    assert len({jar.file_name for jar in pinned}) == len(pinned)
    assert all(len(jar.sha256) == 64 and jar.coordinate.count(":") == 2 for jar in pinned)
    versions = {jar.coordinate.rsplit(":", 1)[0]: jar.coordinate.rsplit(":", 1)[1] for jar in pinned}
    assert versions["org.apache.kafka:kafka_2.13"] == versions["org.apache.kafka:kafka-clients"]
    assert versions["org.apache.logging.log4j:log4j-core"] == versions["org.apache.logging.log4j:log4j-slf4j-impl"]


class FakeArtifact:
    """Stands for the resolver: writes what it is told where it is told."""

    content = b"a jar"

    def __init__(self, repo_cache: Path, **_: Any) -> None:
        self._folder = repo_cache

    def project(self, group: str, artifact: str) -> "FakeArtifact":
        self._name = f"{group}-{artifact}"
        return self

    def at_version(self, _version: str) -> "FakeArtifact":
        return self

    def artifact(self) -> "FakeArtifact":
        return self

    def resolve(self) -> Path:
        path = self._folder / self._name
        path.write_bytes(self.content)
        return path


@pytest.fixture
def one_jar(monkeypatch: pytest.MonkeyPatch) -> Jar:
    jgo = pytest.importorskip("jgo.maven", reason="the embedded broker's packages are not installed")
    jar = Jar("org.example:thing:1.0", hashlib.sha256(b"a jar").hexdigest())
    monkeypatch.setattr(jars, "pinned_jars", lambda: [jar])
    monkeypatch.setattr(jgo, "MavenContext", FakeArtifact)
    return jar


def test_a_missing_jar_is_fetched_once(one_jar: Jar, tmp_path: Path) -> None:
    said: list[str] = []
    [path] = fetched_jars(tmp_path, said.append)
    assert path.read_bytes() == b"a jar"
    assert len(said) == 1
    assert fetched_jars(tmp_path, said.append) == [path]
    assert len(said) == 1


def test_a_jar_with_another_digest_is_refused_and_not_kept(
    one_jar: Jar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeArtifact, "content", b"something else")
    with pytest.raises(BrokerError, match=r"org\.example:thing:1\.0 came with the digest"):
        fetched_jars(tmp_path, lambda _: None)
    assert list((tmp_path / "jars").iterdir()) == []


def test_no_network_is_told_as_such(one_jar: Jar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(_: FakeArtifact) -> Path:
        raise ConnectionError(101, "Network is unreachable")

    monkeypatch.setattr(FakeArtifact, "resolve", unreachable)
    with pytest.raises(BrokerError, match=r"Cannot download .*Network is unreachable.*needs the network"):
        fetched_jars(tmp_path, lambda _: None)


def test_a_folder_that_cannot_be_written_is_told_with_the_flag(one_jar: Jar, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BrokerError, match="--cache"):
        fetched_jars(tmp_path / "file", lambda _: None)
