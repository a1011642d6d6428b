"""What sites push, with an agent of faust-streaming: read_teasers_with_faust.py [--bootstrap HOST:PORT] [--topic NAME].

Faust makes its consumers itself and lets them read what an aborted transaction has written; the classes at the top see
to it that this one does not. A Faust model could decode JSON by itself, but not MessagePack.
"""

import argparse
import asyncio
import os
import tempfile
from typing import Any

import aiokafka
import faust
from faust.transport.drivers import aiokafka as driver

from schemas import Teaser
from schemas.codec import decode, format_of


class CommittedThread(driver.AIOKafkaConsumerThread):
    """Reads only what is committed."""

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"
        return consumer


class CommittedConsumer(driver.Consumer):
    """Its thread is the one above."""

    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return CommittedThread(self, loop=self.loop, beacon=self.beacon)


class CommittedTransport(driver.Transport):
    """Its consumer is the one above."""

    Consumer = CommittedConsumer


async def read_teasers(bootstrap: str, topic: str, count: int | None, folder: str) -> None:
    """folder: where Faust may keep tables; there are none."""
    app = faust.App(
        "my-faust-teasers",
        broker=f"kafka://{bootstrap}",
        datadir=folder,
        # What a reader does not need: a web server, and topics of its own.
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
    )
    app.transport = CommittedTransport(app.conf.broker_consumer, app)
    done = asyncio.Event()

    @app.agent(app.topic(topic, value_type=bytes, value_serializer="raw"))
    async def show(teasers: faust.StreamT[bytes]) -> None:
        shown = 0
        async for event in teasers.events():
            # An empty record says that a teaser's window is over.
            if event.value is not None:
                form = event.headers.get("content-type", b"").decode()
                teaser = decode(event.value, Teaser, format_of(form))
                paid = "paid, " if teaser.sponsored else ""
                print(f"{teaser.site}  {teaser.headline}  [{paid}{teaser.placement}]  {teaser.url}")
            shown += 1
            if shown == count:
                done.set()

    await app.start()
    await done.wait()
    await app.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap", default=os.environ.get("BROADSHEET_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"))
    parser.add_argument("--topic", default="news.teasers")
    parser.add_argument("--count", type=int, help="stop after so many records")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(read_teasers(given.bootstrap, given.topic, given.count, folder))
