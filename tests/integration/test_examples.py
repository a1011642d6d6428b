"""The consumers in examples/, run as they stand against this session's broker, on JSON and on MessagePack."""

import asyncio
import subprocess
import sys

import pytest

from schemas import Article, Teaser
from schemas.codec import CONTENT_TYPES, encode
from tests.conftest import REPOSITORY, Topics
from tests.kafka_records import publish
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
