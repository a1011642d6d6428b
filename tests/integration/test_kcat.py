"""The README's kcat commands, run as they stand there (against this session's broker and topics)."""

import asyncio
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from schemas import Teaser
from schemas.codec import encode
from tests.conftest import REPOSITORY, Topics, missing
from tests.kafka_records import publish, read_committed
from workers.settings import Settings


def run_kcat(option: str, settings: Settings, folder: Path) -> str:
    """Run the README's one kcat command with this option, and return what it printed."""
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    [command] = [" ".join(found.split()) for found in re.findall(rf"`(kcat {option} [^`]*)`", readme)]
    if shutil.which("kcat") is None:
        missing("no kcat; `make browser` installs it")
    assert "127.0.0.1:9092" in command
    command = command.replace("127.0.0.1:9092", settings.kafka_bootstrap_servers)
    command = command.replace("-t news.", f"-t {settings.topic_prefix}")
    done = subprocess.run(shlex.split(command), cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_kcat_publishes_a_file_as_one_page(topics: Topics, tmp_path: Path) -> None:
    settings = topics()
    body = b"<!doctype html>\n<p>Nothing at all\n<p>has happened."
    (tmp_path / "page.html").write_bytes(body)
    run_kcat("-P", settings, tmp_path)
    [page] = asyncio.run(read_committed(settings, "pages"))
    assert page.value == body
    assert dict(page.headers) == {"url": b"https://news.example/quiet-day"}


def test_kcat_reads_teasers_as_json_lines(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=1)
    teaser = Teaser(id="0" * 32, site="news.example", headline="Nothing has happened", position=0)
    asyncio.run(publish(settings, [(teaser.id.encode(), encode(teaser), [])] * 2, topic="teasers"))
    lines = run_kcat("-C", settings, tmp_path).splitlines()
    assert [json.loads(line)["headline"] for line in lines] == ["Nothing has happened"] * 2
