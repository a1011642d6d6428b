"""Follow one topic: every committed record from a point in time on, all partitions at once, outside any group."""

import time
from collections.abc import AsyncGenerator
from typing import Any

from workers.settings import Settings
from workers.stream.clients import close, partitions_of, reader
from workers.stream.topics import TopicsError

_WAIT_MILLISECONDS = 500
"""How long one look for new records takes at most; nothing is lost by looking more often."""


async def tail(
    settings: Settings, topic: str, *, since_seconds: float | None = None, follow: bool = True
) -> AsyncGenerator[Any, None]:
    """Records of a topic (full name), each partition in order: aiokafka.ConsumerRecord.

    since_seconds: from records as old as this on; None: from the end when following, else from the beginning.
    Without follow it stops at what is committed now. Raises TopicsError when there is no such topic.
    """
    consumer = reader(settings, "tail")
    try:
        await consumer.start()
        partitions = await partitions_of(consumer, topic)
        if not partitions:
            raise TopicsError(
                f"Kafka at {settings.kafka_bootstrap_servers} has no topic {topic} (or this user may not see it). "
                "`broadsheet topics create` makes Broadsheet's topics."
            )
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        starts = await _starts(consumer, partitions, ends, since_seconds, follow)
        for partition, offset in starts.items():
            consumer.seek(partition, offset)
        left = {partition for partition in partitions if starts[partition] < ends[partition]}
        while follow or left:
            batches = await consumer.getmany(timeout_ms=_WAIT_MILLISECONDS)
            for partition, records in batches.items():
                for record in records:
                    if follow or record.offset < ends[partition]:
                        yield record
            if not follow:
                # A position moves over the marks of transactions too, which are no records.
                left = {one for one in left if await consumer.position(one) < ends[one]}
                consumer.pause(*(one for one in partitions if one not in left))
    finally:
        await close(consumer)


async def _starts(
    consumer: Any, partitions: list[Any], ends: dict[Any, int], since_seconds: float | None, follow: bool
) -> dict[Any, int]:
    if since_seconds is None:
        return ends if follow else dict(await consumer.beginning_offsets(partitions))
    moment = round((time.time() - since_seconds) * 1000)
    found = await consumer.offsets_for_times(dict.fromkeys(partitions, moment))
    return {one: found[one].offset if found.get(one) is not None else ends[one] for one in partitions}
