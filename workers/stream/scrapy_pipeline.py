"""For crawlers made with Scrapy: an item pipeline that writes pages to the pages' topic, in the raw form.

In the crawler's settings (every setting of Broadsheet is known there by the name of its environment variable):

    ITEM_PIPELINES = {"workers.stream.scrapy_pipeline.RawPagePipeline": 900}
    BROADSHEET_KAFKA_BOOTSTRAP_SERVERS = "127.0.0.1:9092"

and in the spider `yield page_item(response)`. Needs Scrapy 2.14 or later with its usual asyncio reactor.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiokafka.errors import KafkaError
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response

from schemas import RawPage
from workers.settings import HINTS, Settings, settings_from_texts
from workers.stream.connection import explained
from workers.stream.publish import PagePublisher
from workers.stream.topics import require_topics

PREFIX = "BROADSHEET_"
FIELDS = frozenset(RawPage.__struct_fields__)


def page_item(response: Response, *, site: str | None = None) -> dict[str, Any]:
    """The item for a response: the page's bytes and what HTTP told of it. site: the host's, if it is not given.

    Scrapy has decompressed what it can; what it cannot (zstd without its library) goes on as it came, and says so.
    """
    return {
        "body": response.body,
        "url": response.url,
        "content_type": _header(response, "Content-Type"),
        "content_encoding": _header(response, "Content-Encoding"),
        "fetched_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "http_status": response.status,
        "site": site,
    }


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def page_of(item: object) -> RawPage | None:
    """The page in an item; None for other items of the spider. Raises TypeError for a page's body that is no bytes."""
    if not isinstance(item, Mapping) or "body" not in item:
        return None
    page = RawPage(**{name: value for name, value in item.items() if name in FIELDS})
    if not isinstance(page.body, bytes):
        raise TypeError(f"body is {type(page.body).__name__}, not the page's bytes: use page_item(response)")
    return page


def settings_of(crawler: Crawler) -> Settings:
    """Broadsheet's settings out of the crawler's. Raises SettingError for a wrong value."""
    given = {name: crawler.settings.get(PREFIX + name.upper()) for name in HINTS}
    return settings_from_texts({name: str(value) for name, value in given.items() if value not in (None, "")})


class RawPagePipeline:
    """Publishes pages and hands every item on. An item is done when all in-sync replicas have its page.

    A page that the topic refuses is dropped with the reason; that Kafka cannot be reached is the item's error, and
    before the first page the crawl's. Counts in Scrapy's stats: broadsheet/published, broadsheet/refused.
    """

    def __init__(self, settings: Settings, crawler: Crawler) -> None:
        self._settings = settings
        self._crawler = crawler
        self._publisher: PagePublisher | None = None
        self._waiting: list[tuple[RawPage, asyncio.Future[str | None]]] = []
        self._sending: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RawPagePipeline":
        """What Scrapy calls."""
        return cls(settings_of(crawler), crawler)

    async def open_spider(self) -> None:
        """Connect. Raises ConnectionError without Kafka, TopicsError without the topics, both with the next step."""
        try:
            await require_topics(self._settings, ["pages"])
            self._publisher = await PagePublisher(self._settings).__aenter__()
        except KafkaError as error:
            raise ConnectionError(explained(error, self._settings)) from None

    async def close_spider(self) -> None:
        """Write what is under way, and part."""
        if self._sending is not None:
            await self._sending
        if self._publisher is not None:
            await self._publisher.__aexit__(None, None, None)

    async def process_item(self, item: Any) -> Any:
        """Publish the page in the item, if it is one."""
        page = page_of(item)
        if page is None:
            return item
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((page, answer))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())
        refused = await answer
        self._count("refused" if refused else "published")
        if refused:
            raise DropItem(f"{page.url}: {refused}")
        return item

    async def _send(self) -> None:
        """What has come together while the pages before it were sent goes out in one go."""
        assert self._publisher is not None, "Scrapy opens a pipeline before it gives it items"  # noqa: S101
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                refused = await self._publisher.send([page for page, _ in batch])
            except Exception as error:
                for _, answer in batch:
                    answer.set_exception(error)
            else:
                for number, (_, answer) in enumerate(batch):
                    answer.set_result(refused.get(number))

    def _count(self, what: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"broadsheet/{what}")
