"""Reading partitions from one offset to another, outside any group: for what has to know a topic as a whole."""

import asyncio
from collections.abc import AsyncIterator, Callable

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

_STUCK_SECONDS = 30.0
"""A partition whose position does not move for so long will not be read to its end: better an error than a wait."""

_POLL_MS = 200


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
        records = (await consumer.getmany(partition, timeout_ms=_POLL_MS)).get(partition, [])
        if records:
            yield [record for record in records if record.offset < end]
