"""Articles as they are published, with aiokafka: read_articles.py [--bootstrap HOST:PORT] [--topic NAME]."""

import argparse
import asyncio
import os

from aiokafka import AIOKafkaConsumer

from schemas import Article
from schemas.codec import decode, format_of


async def read_articles(bootstrap: str, topic: str, count: int | None) -> None:
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id="my-articles",
        # Without this a reader sees what an aborted transaction has written.
        isolation_level="read_committed",
        auto_offset_reset="earliest",
    )
    async with consumer:
        async for record in consumer:
            # A compacted topic says by an empty record that an article is gone.
            if record.value is not None:
                headers = {name: value.decode() for name, value in record.headers}
                article = decode(record.value, Article, format_of(headers.get("content-type")))
                print(f"{article.published_at or '?'}  {article.headline}  [{article.word_count} words]  {article.url}")
            count = None if count is None else count - 1
            if count == 0:
                return


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap", default=os.environ.get("BROADSHEET_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"))
    parser.add_argument("--topic", default="news.articles")
    parser.add_argument("--count", type=int, help="stop after so many records")
    given = parser.parse_args()
    asyncio.run(read_articles(given.bootstrap, given.topic, given.count))
