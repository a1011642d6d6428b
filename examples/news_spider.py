"""A spider that puts every page of a site on Kafka. With Scrapy and Broadsheet installed:

scrapy runspider examples/news_spider.py -a start=https://news.example/
    -s BROADSHEET_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9092
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor

from workers.stream.scrapy_pipeline import page_item


class NewsSpider(scrapy.Spider):
    """Follows the links of one host, two clicks deep."""

    name = "news"
    custom_settings = {  # noqa: RUF012 (as Scrapy wants it)
        "ITEM_PIPELINES": {"workers.stream.scrapy_pipeline.RawPagePipeline": 900},
        "DEPTH_LIMIT": 2,
        "ROBOTSTXT_OBEY": True,
    }

    def __init__(self, start: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.first = start
        self.links = LinkExtractor()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        yield scrapy.Request(self.first)

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        yield page_item(response)
        if isinstance(response, TextResponse):
            for link in self.links.extract_links(response):
                if urlsplit(link.url).netloc == urlsplit(self.first).netloc:
                    yield response.follow(link)
