"""Scrapy's item pipeline: a site on loopback is crawled, and its pages are on the topic as they were served."""

import asyncio
import gzip
import random
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from schemas import RawPage
from tests.conftest import REPOSITORY, Topics
from tests.http_site import serving
from tests.kafka_records import read_committed
from workers.segment.decode import decode
from workers.settings import Settings
from workers.stream.envelope import read_page
from workers.stream.topic_admin import admin_client

pytest.importorskip("scrapy", reason="Scrapy is not installed")

STORY = "".join(
    f"<p>Paragraph {number} of what the harbour board of the old town said on Monday.</p>" for number in range(8)
)
FRONT = b"<h1>Front</h1><a href=/caf%C3%A9>One</a> <a href=/zipped>Two</a> <a href=/gone>Three</a>"
PAGES = {
    "/": ("text/html; charset=utf-8", FRONT),
    "/caf%C3%A9": ("text/html; charset=latin1", f"<h1>Caf\xe9 opens</h1>{STORY}".encode("latin1")),
    "/zipped": ("text/html", f"<h1>Zipped</h1>{STORY}".encode()),
    # What does not compress.
    "/large": ("text/html", b"<p>" + random.Random(10).randbytes(100_000)),  # noqa: S311
}


class Site(BaseHTTPRequestHandler):
    """Serves PAGES; /zipped compressed; /robots.txt and all else is not there."""

    def do_GET(self) -> None:
        kind, body = PAGES.get(self.path, ("text/plain", b""))
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        if self.path == "/zipped":
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (its name is given)
        """Nobody reads it."""


@pytest.fixture
def site() -> Iterator[str]:
    with serving(Site) as address:
        yield address


def crawl(start: str, settings: Settings) -> str:
    """Run the example spider; returns its log."""
    own = {
        "BROADSHEET_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "BROADSHEET_TOPIC_PREFIX": settings.topic_prefix,
        "TELNETCONSOLE_ENABLED": "0",
    }
    command = [sys.executable, "-m", "scrapy", "runspider", "examples/news_spider.py", "-a", f"start={start}"]
    for name, value in own.items():
        command += ["-s", f"{name}={value}"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    return done.stderr


def test_a_crawled_site_is_on_the_topic_byte_for_byte_with_what_http_told(topics: Topics, site: str) -> None:
    settings = topics()
    log = crawl(f"{site}/", settings)
    records = asyncio.run(read_committed(settings, "pages"))
    found = {page.url: page for page in (read_page(record.value, record.headers) for record in records)}
    assert set(found) == {f"{site}{path}" for path in ("/", "/caf%C3%A9", "/zipped")}, log
    for path in ("/", "/caf%C3%A9", "/zipped"):
        page = found[site + path]
        assert (page.content_type, page.body) == PAGES[path]
        assert (page.http_status, page.content_encoding) == (200, None)
        assert page.fetched_at is not None
    assert {record.key for record in records} == {url.encode() for url in found if url}
    assert "'broadsheet/published': 3" in log
    assert "Café opens" in decode(found[f"{site}/caf%C3%A9"]).text


def test_a_page_that_the_topic_refuses_is_dropped_with_the_reason(topics: Topics, site: str) -> None:
    settings = topics()
    asyncio.run(limit_records(settings, 50_000))
    log = crawl(f"{site}/large", settings)
    assert "more than" in log
    assert "'broadsheet/refused': 1" in log
    assert asyncio.run(read_committed(settings, "pages")) == []


async def limit_records(settings: Settings, most: int) -> None:
    """Let the pages' topic take only so many bytes in one record."""
    from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

    resource = ConfigResource(ConfigResourceType.TOPIC, settings.topic("pages"), {"max.message.bytes": str(most)})
    async with admin_client(settings) as admin:
        await admin.alter_configs([resource])


def test_a_crawl_without_topics_ends_at_once_and_says_what_to_do(topics: Topics, site: str) -> None:
    from msgspec.structs import replace

    log = crawl(f"{site}/", replace(topics(), topic_prefix="nowhere."))
    assert "topics create" in log
    assert "item_scraped_count" not in log


def test_a_crawl_without_kafka_ends_at_once_and_says_what_to_do(site: str) -> None:
    log = crawl(f"{site}/", Settings(kafka_bootstrap_servers="127.0.0.1:1"))
    assert "127.0.0.1:1 does not answer" in log
    assert "broadsheet broker start" in log
    assert "item_scraped_count" not in log


def test_an_item_is_a_page_only_with_a_body_of_bytes() -> None:
    from workers.stream.scrapy_pipeline import page_of

    assert page_of({"headline": "no page"}) is None
    assert page_of(object()) is None
    assert page_of({"body": b"<p>", "url": "https://news.example/", "own": 1}) == RawPage(
        body=b"<p>", url="https://news.example/"
    )
    with pytest.raises(TypeError, match=r"page_item\(response\)"):
        page_of({"body": "text"})
