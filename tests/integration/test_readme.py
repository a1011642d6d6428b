"""The README's Python, run as it stands there (against this session's broker and topics)."""

import asyncio
import re
import subprocess
import sys

import pytest

from schemas import Article
from schemas.codec import encode
from tests.conftest import REPOSITORY, Topics
from tests.kafka_records import publish, read_committed
from workers.settings import Settings

BLOCKS = re.findall(r"```python\n(.*?)```", (REPOSITORY / "README.md").read_text("utf-8"), re.DOTALL)


def run_block(holding: str, settings: Settings | None = None) -> str:
    """Run the one block of the README that holds these words, and return what it printed."""
    [code] = [block for block in BLOCKS if holding in block]
    if settings is not None:
        assert "127.0.0.1:9092" in code
        code = code.replace("127.0.0.1:9092", settings.kafka_bootstrap_servers)
        code = re.sub(r'"news\.(pages|articles)"', rf'"{settings.topic_prefix}\1"', code)
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=REPOSITORY)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_block_is_run_by_a_test() -> None:
    assert len(BLOCKS) == 3


def test_the_pure_example_runs() -> None:
    assert run_block("process_page").strip()


def test_the_producer_example_writes_a_page_with_its_headers(topics: Topics) -> None:
    pytest.importorskip("confluent_kafka", reason="the README's client is not installed")
    settings = topics()
    run_block("Producer(", settings)
    [page] = asyncio.run(read_committed(settings, "pages"))
    assert b"A quiet day" in page.value
    assert dict(page.headers)["content-type"] == b"text/html; charset=utf-8"


def test_the_consumer_example_reads_an_article(topics: Topics) -> None:
    pytest.importorskip("confluent_kafka", reason="the README's client is not installed")
    settings = topics(partitions=1)
    article = Article(
        id="0" * 32,
        site="news.example",
        headline="A quiet day",
        body="Nothing.",
        source=None,
        confidence=1.0,
        language="en",
        url="https://news.example/quiet-day",
    )
    asyncio.run(publish(settings, [(article.id.encode(), encode(article), [])], topic="articles"))
    assert run_block("Consumer(", settings).strip() == "A quiet day en https://news.example/quiet-day"
