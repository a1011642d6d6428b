"""A record that the client library cannot read must not stop a partition for ever."""

import asyncio
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import DefaultRecordBatchBuilder, _DefaultRecordBatchBuilderPy

from tests.auditing import clean_audit, everything_is_done
from tests.conftest import StartBoth, Topics
from tests.foreign_client import publish, read_committed
from tests.waiting import until
from workers.settings import Settings


class NoText(str):
    """A header's name as a careless producer in another language writes it."""

    __slots__ = ()

    def encode(self, *_: Any) -> bytes:
        return b"\xff\xfe"


def test_a_header_whose_name_is_no_text_costs_its_page_alone(topics: Topics, start_both: StartBoth) -> None:
    settings = topics(partitions=1)
    start_both(settings)
    publish(settings, [(None, f"article: {number}".encode(), []) for number in range(5)])
    asyncio.run(_publish_unreadable(settings))
    publish(settings, [(None, f"article: {number}".encode(), []) for number in range(5, 10)])
    until(lambda: everything_is_done(settings))
    (letter,) = read_committed(settings, "dead-letters")
    assert letter.header("dead-letter-source") == f"{settings.topic('pages')}:0:5"
    assert letter.header("dead-letter-reason") == "bad-envelope"
    assert len(read_committed(settings, "sightings")) == 10
    clean_audit(settings, pages=11)


async def _publish_unreadable(settings: Settings) -> None:
    async with AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers) as producer:
        batch = producer.create_batch()
        assert type(batch._builder) is DefaultRecordBatchBuilder
        # Only the builder in Python asks the name how it is to be encoded.
        batch._builder = _DefaultRecordBatchBuilderPy(2, 0, 0, -1, -1, 0, 10_000)
        assert batch.append(timestamp=None, key=None, value=b"article: unreadable", headers=[(NoText("x"), b"1")])
        await (await producer.send_batch(batch, settings.topic("pages"), partition=0))
