"""Reading from a partition: what is there next, and everything from one offset to another."""

import asyncio
from collections.abc import AsyncIterator, Callable

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

_STUCK_SECONDS = 30.0
"""A partition whose position does not move for so long will not be read to its end: better an error than a wait."""

_POLL_MS = 200

_AT_ONCE = 2000
"""A fetch of small records holds a hundred thousand: so many objects at once take memory, and the collector's time."""


class UnreadableRecord(ConsumerRecord):  # type: ignore[misc] # aiokafka ships no types
    """Stands for a record that the client cannot decode: the name of a header is not UTF-8. Only its place is known."""


async def poll(
    consumer: AIOKafkaConsumer, partition: TopicPartition, *, timeout_ms: int, most: int | None = None
) -> list[ConsumerRecord]:
    """The next records of an assigned partition, after waiting for them no longer than the time given.

    Kafka takes any bytes for the name of a header, and aiokafka can read only UTF-8: it stops there for ever. Here such
    a record comes out as an UnreadableRecord, and what is behind it can be read.
    """
    try:
        return list((await consumer.getmany(partition, timeout_ms=timeout_ms, max_records=most)).get(partition, ()))
    except UnicodeDecodeError:
        # What was in front of it has been thrown away with it, and is read again: one at a time now.
        while True:
            try:
                found = await consumer.getmany(partition, timeout_ms=_POLL_MS, max_records=1)
            except UnicodeDecodeError:
                return [await _passed_over(consumer, partition)]
            if partition in found:
                return list(found[partition])


async def _passed_over(consumer: AIOKafkaConsumer, partition: TopicPartition) -> UnreadableRecord:
    offset = await consumer.position(partition)
    # The position does not count transaction markers in front of the record; what the client was reading does.
    reading = getattr(consumer._fetcher._records.get(partition), "_partition_records", None)
    offset = max(offset, getattr(reading, "next_fetch_offset", offset))
    consumer.seek(partition, offset + 1)
    return UnreadableRecord(
        partition.topic,
        partition.partition,
        offset,
        timestamp=-1,
        timestamp_type=0,
        key=None,
        value=None,
        checksum=None,
        serialized_key_size=-1,
        serialized_value_size=-1,
        headers=(),
    )


async def records_between(
    consumer: AIOKafkaConsumer,
    partition: TopicPartition,
    begin: int,
    end: int,
    progress: Callable[[], None] = lambda: None,
) -> AsyncIterator[list[ConsumerRecord]]:
    """The committed records of an assigned partition from offset begin to offset end, exclusive, in batches.

    Offsets without a record (transaction markers, aborted and compacted records) are passed over. Raises KafkaError.
    """
    clock = asyncio.get_running_loop().time
    before, moved_at = -1, clock()
    consumer.seek(partition, begin)
    while (position := await consumer.position(partition)) < end:
        if position != before:
            before, moved_at = position, clock()
            progress()
        elif clock() - moved_at > _STUCK_SECONDS:
            raise KafkaError(f"{partition.topic}:{partition.partition} cannot be read beyond offset {position}")
        records = await poll(consumer, partition, timeout_ms=_POLL_MS, most=_AT_ONCE)
        if records:
            yield [record for record in records if record.offset < end]
