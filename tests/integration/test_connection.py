"""How clients connect: by TLS, with a login that is right and one that is wrong, to somebody else's broker."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.commands import command
from tests.conftest import Kafka, StartWorker, Topics
from tests.doors import CERTIFIED_USER, PASSWORD, PLAIN_USER, Doors, add_user, grant
from tests.foreign_client import publish, read_committed
from tests.waiting import until
from workers.cli.main import run
from workers.settings import Settings
from workers.stream.rights import Right, least_rights


@pytest.fixture(scope="module")
def users(kafka: Kafka) -> None:
    """Somebody for each mechanism, who may look at topics."""
    may_look = [Right("AlterConfigs", "topic", "*"), Right("Alter", "topic", "*")]
    add_user(kafka.bootstrap, "sha-512", may_look)
    add_user(kafka.bootstrap, "sha-256", may_look, mechanism="SCRAM_SHA_256")
    grant(kafka.bootstrap, f"User:{PLAIN_USER}", may_look)
    grant(kafka.bootstrap, f"User:{CERTIFIED_USER}", may_look)


def login(doors: Doors, user: str, password: str = PASSWORD, mechanism: str = "SCRAM-SHA-512") -> dict[str, str]:
    return {
        "kafka_bootstrap_servers": doors.login,
        "kafka_security_protocol": "SASL_SSL",
        "kafka_sasl_mechanism": mechanism,
        "kafka_sasl_username": user,
        "kafka_sasl_password": password,
        "kafka_tls_ca_file": str(doors.ca_file),
    }


def check(monkeypatch: pytest.MonkeyPatch, **settings: str) -> int:
    """`broadsheet topics check`: 1 since nobody has made the topics, which somebody who is let in is told."""
    for name, value in settings.items():
        monkeypatch.setenv(f"BROADSHEET_{name.upper()}", value)
    return run(["topics", "check", "--topic-prefix", "absent."])


@pytest.mark.usefixtures("users")
@pytest.mark.parametrize(
    ("user", "mechanism"), [("sha-512", "SCRAM-SHA-512"), ("sha-256", "SCRAM-SHA-256"), (PLAIN_USER, "PLAIN")]
)
def test_the_right_login_is_let_in(
    user: str, mechanism: str, kafka: Kafka, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(monkeypatch, **login(kafka.doors, user, mechanism=mechanism)) == 1
    assert "absent.pages is missing" in capsys.readouterr().out


@pytest.mark.usefixtures("users")
def test_the_right_certificate_is_let_in(
    kafka: Kafka, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = kafka.doors
    certificate = {
        "kafka_bootstrap_servers": doors.certificate,
        "kafka_security_protocol": "SSL",
        "kafka_tls_ca_file": str(doors.ca_file),
        "kafka_tls_certificate_file": str(doors.certificate_file),
        "kafka_tls_key_file": str(doors.key_file),
    }
    assert check(monkeypatch, **certificate, kafka_tls_key_password=PASSWORD) == 1
    assert "absent.pages is missing" in capsys.readouterr().out
    # Without the key's password nothing asks for it at the terminal, where a worker would wait for ever.
    monkeypatch.delenv("BROADSHEET_KAFKA_TLS_KEY_PASSWORD")
    assert check(monkeypatch, **certificate) == 1
    assert "(BROADSHEET_KAFKA_TLS_CERTIFICATE_FILE): it cannot be used with its key" in capsys.readouterr().err


def wrong(doors: Doors) -> dict[str, tuple[dict[str, str], str]]:
    """What is wrong -> settings, and what is told."""
    right = login(doors, "sha-512")
    port = doors.login.partition(":")[2]
    return {
        "password": ({**right, "kafka_sasl_password": "not-" + PASSWORD}, "refuses the login of 'sha-512'"),
        "user": ({**right, "kafka_sasl_username": "nobody"}, "refuses the login of 'nobody'"),
        "mechanism": ({**right, "kafka_sasl_mechanism": "SCRAM-SHA-256"}, "by SCRAM-SHA-256"),
        "authority": ({**right, "kafka_tls_ca_file": ""}, "certificate is not trusted"),
        "host": ({**right, "kafka_bootstrap_servers": f"localhost:{port}"}, "certificate is not trusted"),
        "no login": ({"kafka_bootstrap_servers": doors.login}, "--kafka-security-protocol"),
        "no certificate": (
            {**right, "kafka_bootstrap_servers": doors.certificate, "kafka_security_protocol": "SSL"},
            "--kafka-security-protocol",
        ),
        "no tls": ({**right, "kafka_security_protocol": "SASL_PLAINTEXT"}, "does not answer by SASL_PLAINTEXT"),
    }


@pytest.mark.usefixtures("users")
@pytest.mark.parametrize(
    "what", ["password", "user", "mechanism", "authority", "host", "no login", "no certificate", "no tls"]
)
def test_what_is_wrong_with_a_connection_is_told_at_once_and_no_password_with_it(
    what: str, kafka: Kafka, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, words = wrong(kafka.doors)[what]
    assert check(monkeypatch, **settings) == 1
    told = capsys.readouterr()
    assert words in told.err
    assert PASSWORD not in told.err + told.out
    assert "Traceback" not in told.err


def test_a_certificate_file_that_is_none_is_told_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    settings = {"kafka_bootstrap_servers": "127.0.0.1:1", "kafka_tls_ca_file": str(tmp_path / "ca.pem")}
    assert check(monkeypatch, kafka_security_protocol="SSL", **settings) == 1
    assert "--kafka-tls-ca-file (BROADSHEET_KAFKA_TLS_CA_FILE): it cannot be used" in capsys.readouterr().err


def test_workers_work_by_tls_and_scram_with_the_least_rights_and_show_no_secret(
    kafka: Kafka, topics: Topics, start_odd_worker: StartWorker
) -> None:
    settings = topics(partitions=2)
    workers = []
    for role in ("segment", "dedup", "trends"):
        user = f"{role}-{settings.topic_prefix}"
        add_user(kafka.bootstrap, user, least_rights(settings, role))
        workers.append(start_odd_worker(role, _inside(settings, login(kafka.doors, user)), ready_within=0))
    for worker in workers:
        worker.wait_until_ready(60)
    publish(settings, [(None, b"article: Bridge opens\nteaser: Ferry stops", []), (None, b"do: refuse", [])])
    until(lambda: len(read_committed(settings, "teasers")) == 1)
    until(lambda: len(read_committed(settings, "dead-letters")) == 1)
    for worker in workers:
        shown = worker.log.read_text("utf-8") + "".join(
            worker.get(path)[1] for path in ("/metrics", "/healthz", "/readyz", "/")
        )
        assert "broadsheet_build_info" in shown
        assert PASSWORD not in shown
    (letter,) = read_committed(settings, "dead-letters")
    assert PASSWORD.encode() not in repr(letter).encode()
    # The audit has rights of its own.
    add_user(kafka.bootstrap, f"audit-{settings.topic_prefix}", least_rights(settings, "audit"))
    audited = command(_inside(settings, login(kafka.doors, f"audit-{settings.topic_prefix}")), "audit", "--json")
    assert json.loads(audited.stdout)["clean"] is True


@pytest.mark.parametrize("kind", ["segment", "trends"])
def test_a_worker_with_a_wrong_password_ends_at_once_and_does_not_knock_again(
    kind: str, kafka: Kafka, topics: Topics, start_odd_worker: StartWorker
) -> None:
    settings = _inside(topics(partitions=1), login(kafka.doors, "intruder", "guess-" + PASSWORD))
    before = knocks(kafka)
    worker = start_odd_worker(kind, settings, ready_within=0)
    assert worker.process.wait(60) == 1
    (line,) = [line for line in worker.log_lines() if line["event"] == "worker_failed"]
    assert "refuses the login of 'intruder'" in line["problem"]
    assert PASSWORD not in worker.log.read_text("utf-8")
    until(lambda: knocks(kafka) > before, what="a line about the failed login in the broker's log")
    assert knocks(kafka) - before <= 3


def knocks(kafka: Kafka) -> int:
    """How often the broker has refused a login."""
    return (kafka.data / "logs" / "broker.log").read_text("utf-8", "replace").count("invalid credentials")


def test_help_and_settings_show_no_secret(topics: Topics, kafka: Kafka) -> None:
    settings = _inside(topics(partitions=1), login(kafka.doors, "sha-512"))
    for arguments in (["worker", "segment", "--help"], ["settings"]):
        shown = command(settings, *arguments)
        assert shown.returncode == 0
        assert PASSWORD.encode() not in shown.stdout + shown.stderr


def _inside(settings: Settings, changes: dict[str, Any]) -> Settings:
    return msgspec.structs.replace(settings, **changes)
