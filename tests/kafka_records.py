"""Put pages on a topic and read a topic to its end, as tests need it again and again."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from workers.settings import Settings
from workers.stream.topic_admin import admin_client, partition_counts

Page = tuple[bytes | None, bytes | None, Sequence[tuple[str, bytes]]]
"""Key, value, headers."""


async def publish(settings: Settings, pages: Iterable[Page], *, topic: str = "pages") -> list[tuple[int, int]]:
    """Write pages in order; returns (partition, offset) of each."""
    producer = AIOKafkaProducer(bootstrap_servers=settings.kafka_bootstrap_servers, max_request_size=100 * 2**20)
    async with producer:
        futures = [
            await producer.send(settings.topic(topic), value=value, key=key, headers=list(headers))
            for key, value, headers in pages
        ]
        sent = await asyncio.gather(*futures)
    return [(record.partition, record.offset) for record in sent]


async def read_committed(settings: Settings, topic: str) -> list[Any]:
    """Every committed record on one of Broadsheet's topics ("articles") that is there now, in offset order."""
    name = settings.topic(topic)
    async with admin_client(settings) as admin:
        count = (await partition_counts(admin)).get(name, 0)
    partitions = [TopicPartition(name, number) for number in range(count)]
    if not partitions:
        return []
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    async with consumer:
        consumer.assign(partitions)
        begins, ends = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        for partition, begin in begins.items():
            consumer.seek(partition, begin)
        records: list[Any] = []
        for partition in partitions:
            while await consumer.position(partition) < ends[partition]:
                for batch in (await consumer.getmany(timeout_ms=200)).values():
                    records += batch
    return sorted(records, key=lambda record: (record.partition, record.offset))


async def wait_for(settings: Settings, topic: str, count: int, *, within: float = 60.0) -> list[Any]:
    """Read a topic until it holds at least `count` committed records; fails after `within` seconds."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        records = await read_committed(settings, topic)
        if len(records) >= count:
            return records
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"{settings.topic(topic)} holds {len(records)} records, expected {count}")
        await asyncio.sleep(0.2)
