"""What stands in examples/, run as it is against this session's broker."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from schemas import Article, Sightings, Teaser
from schemas.codec import CONTENT_TYPES, encode
from tests.conftest import REPOSITORY, Topics
from tests.front_page_crawls import FRONT, crawls_of_a_front_page
from tests.kafka_records import Page, publish
from workers.settings import Settings

ARTICLE = Article(
    id="0" * 32,
    site="news.example",
    headline="A quiet day",
    body="Nothing.",
    source=None,
    confidence=1.0,
    word_count=1,
    url="https://news.example/quiet-day",
)
TEASER = Teaser(
    id="1" * 32, site="news.example", headline="Nothing has happened", placement="rail", sponsored=True, position=0
)


def run_example(name: str, settings: Settings, topic: str, count: int) -> list[str]:
    command = [sys.executable, f"examples/{name}", "--bootstrap", settings.kafka_bootstrap_servers]
    command += ["--topic", settings.topic(topic), "--count", str(count)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(("name", "topic", "record", "line"), [
    ("read_articles.py", "articles", ARTICLE, "?  A quiet day  [1 words]  https://news.example/quiet-day"),
    ("read_teasers.py", "teasers", TEASER, "news.example  Nothing has happened  [paid, rail]  None"),
    ("read_teasers_with_faust.py", "teasers", TEASER, "news.example  Nothing has happened  [paid, rail]  None"),
])  # fmt: skip
def test_a_consumer_reads_typed_records_in_both_forms_and_steps_over_deletions(
    topics: Topics, name: str, topic: str, record: Article | Teaser, line: str
) -> None:
    settings = topics(partitions=1)
    written = [
        (record.id.encode(), encode(record, form), [("content-type", CONTENT_TYPES[form].encode())])
        for form in ("json", "msgpack")
    ]
    asyncio.run(publish(settings, [written[0], (record.id.encode(), None, []), written[1]], topic=topic))
    assert run_example(name, settings, topic, 3) == [line, line]


def test_the_front_page_is_drawn_from_its_sightings(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=1)
    other = Sightings(
        site="daily.example", page_url="https://daily.example/", source=None, seen_at="2025-03-04T06:00:00+00:00"
    )
    records: list[Page] = [(b"site", encode(one), []) for one in [*crawls_of_a_front_page(), other]]
    asyncio.run(publish(settings, records, topic="sightings"))
    out = tmp_path / "front-page.png"
    command = [sys.executable, "examples/front_page.py", "--page", FRONT, "--out", str(out)]
    command += ["--bootstrap", settings.kafka_bootstrap_servers, "--topic", settings.topic("sightings")]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert lines[0] == "   6.0 h  Night ferry to Skerrow returns after eleven years"
    assert out.read_bytes().startswith(b"\x89PNG")
    command[3] = "https://nowhere.example/"
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "has no sightings of https://nowhere.example/" in done.stderr
