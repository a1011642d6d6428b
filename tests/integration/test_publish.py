"""`broadsheet publish` against a real broker, as a user runs it."""

import asyncio
import gzip
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from schemas import RawPage
from tests.command_processes import broadsheet, command, environment
from tests.conftest import Kafka, Topics
from tests.kafka_records import read_committed
from workers.cli.publish import journal_of
from workers.cli.publish_journal import Mark
from workers.readers import find_inputs
from workers.settings import Settings
from workers.stream.envelope import read_page
from workers.stream.topic_admin import admin_client

HTML = b"<html><title>Bridge</title><p>The bridge opened on Monday.</p></html>"


def pages_on(settings: Settings) -> list[RawPage]:
    return [read_page(record.value, record.headers) for record in asyncio.run(read_committed(settings, "pages"))]


def numbered(folder: Path, count: int, *, size: int = 100) -> Path:
    path = folder / "pages.jsonl"
    with path.open("w") as file:
        for number in range(count):
            html = f"<p>{number}</p>".ljust(size)
            file.write(json.dumps({"url": f"https://daily.example/{number}", "html": html}) + "\n")
    return path


def test_files_folders_lines_and_archives_are_published_in_the_raw_form(topics: Topics, tmp_path: Path) -> None:
    settings = topics()
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_bytes(HTML)
    (folder / "b.txt.gz").write_bytes(gzip.compress(b"Bridge opens"))
    lines = numbered(tmp_path, 3)
    archive = tmp_path / "crawl.warc.gz"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin1\r\n\r\n" + HTML
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://daily.example/w"
    head += b"\r\nWARC-Date: 2024-03-05T10:00:00Z"
    archive.write_bytes(gzip.compress(head + b"\r\nContent-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"))
    done = broadsheet(["publish", str(folder), str(lines), str(archive), "--state", str(tmp_path / "state")], settings)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"Published 6 pages to {settings.topic('pages')}" in done.stdout.decode()
    found = pages_on(settings)
    assert len(found) == 6
    assert RawPage(body=HTML, content_type="text/html") in found
    assert gzip.decompress(next(page.body for page in found if page.content_encoding == "gzip")) == b"Bridge opens"
    assert (
        RawPage(
            body=HTML,
            url="https://daily.example/w",
            content_type="text/html; charset=latin1",
            fetched_at="2024-03-05T10:00:00+00:00",
            http_status=200,
        )
        in found
    )
    keys = [record.key for record in asyncio.run(read_committed(settings, "pages"))]
    assert keys.count(None) == 2
    assert b"https://daily.example/w" in keys


def test_standard_input_is_published(topics: Topics, tmp_path: Path) -> None:
    settings = topics()
    done = broadsheet(
        ["publish", "-", "--url", "https://daily.example/", "--content-type", "text/html"], settings, stdin=HTML
    )
    assert done.returncode == 0
    assert pages_on(settings) == [RawPage(body=HTML, url="https://daily.example/", content_type="text/html")]


def test_the_same_file_can_be_published_again_and_again(topics: Topics, tmp_path: Path) -> None:
    settings = topics()
    path = tmp_path / "a.html"
    path.write_bytes(HTML)
    for _ in range(3):
        assert broadsheet(["publish", str(path), "--state", str(tmp_path / "state")], settings).returncode == 0
    assert len(pages_on(settings)) == 3
    assert list((tmp_path / "state").iterdir()) == []


def test_what_cannot_be_read_is_named_and_the_rest_is_published(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=1)
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b'{"html": "<p>1"}\nnot json\n{"html": "<p>2"}\n{"no": "page"}\n')
    done = broadsheet(["publish", str(path), "--state", str(tmp_path / "state")], settings)
    assert done.returncode == 1
    assert [page.body for page in pages_on(settings)] == [b"<p>1", b"<p>2"]
    told = done.stderr.decode()
    assert f"{path}, line 2: " in told
    assert f"{path}, line 4: no page in it" in told
    assert "2 could not be published" in told


def test_an_interrupted_run_goes_on_where_it_stopped(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=1)
    path, state = numbered(tmp_path, 30_000, size=2000), tmp_path / "state"
    arguments = ["publish", str(path), "--state", str(state)]
    first = subprocess.Popen(command(arguments), env=environment(settings), stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not any(file.stat().st_size for file in state.glob("*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    (journal,) = state.iterdir()
    done = max(json.loads(line)["done"] for line in journal.read_text().splitlines() if line.strip())
    assert 0 < done < 30_000, "the first run must have been interrupted in the middle"
    second = broadsheet(arguments, settings)
    assert second.returncode == 0
    assert f"Going on after {done} pages" in second.stderr.decode()
    assert f"Published {30_000 - done} pages" in second.stdout.decode()
    urls = [page.url for page in pages_on(settings)]
    assert len(set(urls)) == 30_000, "no page may be lost"
    assert len(urls) - 30_000 <= 2 * 512, "only the batches under way may be written twice"
    assert list(state.iterdir()) == []


def test_restart_begins_anew(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=1)
    path, state = numbered(tmp_path, 10), tmp_path / "state"
    journal = journal_of(settings, [str(path)], state, restart=False)
    journal.write((source, Mark(7)) for source in find_inputs([str(path)]))
    journal.close()
    assert broadsheet(["publish", str(path), "--state", str(state), "--restart"], settings).returncode == 0
    assert len(pages_on(settings)) == 10


def test_a_page_that_the_topic_refuses_is_named_and_costs_no_other(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=1)

    async def shrink() -> None:
        async with admin_client(settings) as admin:
            limit = {"max.message.bytes": "50000"}
            await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, settings.topic("pages"), limit)])

    asyncio.run(shrink())
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(20):
        body = os.urandom(80_000) if number in (5, 6, 13) else b"<p>%d</p>" % number
        (folder / f"{number:02}.html").write_bytes(body)
    done = broadsheet(["publish", str(folder), "--state", str(tmp_path / "state")], settings)
    assert done.returncode == 1
    named = [line for line in done.stderr.decode().splitlines() if "more than" in line]
    assert [Path(line.partition(":")[0]).name for line in named] == ["05.html", "06.html", "13.html"]
    assert sorted(page.body for page in pages_on(settings)) == sorted(
        b"<p>%d</p>" % number for number in range(20) if number not in (5, 6, 13)
    )


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["publish", "no-such-file.html"], 2, "there is no no-such-file.html"),
        (["publish"], 2, "Missing argument"),
        (["publish", "-", "-", "--url", "https://daily.example/"], 2, "--url"),
        (["tail", "teasers", "--since", "soon"], 2, "no length of time"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_done(arguments: list[str], code: int, says: str) -> None:
    done = broadsheet(arguments, Settings(kafka_bootstrap_servers="127.0.0.1:1"))
    assert done.returncode == code
    assert says in done.stderr.decode()


def test_a_missing_topic_and_a_missing_broker_are_sentences(kafka: Kafka, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML)
    absent = Settings(kafka_bootstrap_servers=kafka.bootstrap, topic_prefix="absent.")
    nowhere = Settings(kafka_bootstrap_servers="127.0.0.1:1")
    for settings, says in ((absent, "broadsheet topics create"), (nowhere, "does not answer")):
        for arguments in (["publish", str(tmp_path / "a.html"), "--state", str(tmp_path)], ["tail", "pages"]):
            done = broadsheet(arguments, settings)
            assert done.returncode == 1
            assert says in done.stderr.decode()
            assert "Traceback" not in done.stderr.decode()
            assert "Unclosed" not in done.stderr.decode()
