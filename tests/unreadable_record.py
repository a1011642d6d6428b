"""A record that aiokafka writes, when it is talked into it, and cannot read."""

from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import DefaultRecordBatchBuilder, _DefaultRecordBatchBuilderPy

from workers.settings import Settings


class NoText(str):
    """A header's name as a careless producer in another language writes it."""

    __slots__ = ()

    def encode(self, *_: Any) -> bytes:
        return b"\xff\xfe"


async def publish_unreadable(settings: Settings, topic: str) -> None:
    """One with a header whose name is no text."""
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers) as producer:
        batch = producer.create_batch()
        assert type(batch._builder) is DefaultRecordBatchBuilder
        # Only the builder in Python asks the name how it is to be encoded.
        batch._builder = _DefaultRecordBatchBuilderPy(2, 0, 0, -1, -1, 0, 10_000)
        assert batch.append(timestamp=None, key=None, value=b"article: unreadable", headers=[(NoText("x"), b"1")])
        await (await producer.send_batch(batch, settings.topic(topic), partition=0))
