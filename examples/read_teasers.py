"""What sites push, with confluent-kafka: read_teasers.py [--bootstrap HOST:PORT] [--topic NAME]."""

import argparse
import os

from confluent_kafka import Consumer, Message

from schemas import Teaser
from schemas.codec import Format, decode, format_of


def form_of(message: Message) -> Format:
    """JSON or MessagePack, as the record's header says."""
    value = dict(message.headers() or []).get("content-type")
    return format_of(value.decode() if isinstance(value, bytes) else None)


def read_teasers(bootstrap: str, topic: str, count: int | None) -> None:
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "my-teasers",
            # Without this a reader sees what an aborted transaction has written.
            "isolation.level": "read_committed",
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe([topic])
    try:
        while count != 0:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if (error := message.error()) is not None:
                raise SystemExit(error.str())
            # An empty record says that a teaser's window is over.
            if (value := message.value()) is not None:
                teaser = decode(value, Teaser, form_of(message))
                paid = "paid, " if teaser.sponsored else ""
                print(f"{teaser.site}  {teaser.headline}  [{paid}{teaser.placement}]  {teaser.url}")
            count = None if count is None else count - 1
    finally:
        consumer.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap", default=os.environ.get("BROADSHEET_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"))
    parser.add_argument("--topic", default="news.teasers")
    parser.add_argument("--count", type=int, help="stop after so many records")
    given = parser.parse_args()
    read_teasers(given.bootstrap, given.topic, given.count)
