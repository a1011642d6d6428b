"""What a dedup worker remembers of a partition, and how it learns it again: from the partition of the public topics.

Only the owner of a partition writes there. Publishing is remembering, so there is no second state that could differ.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from workers.dedup.seen import SeenSet
from workers.settings import Settings
from workers.stream import clients

_DAY_SECONDS = 86_400

_STUCK_SECONDS = 30.0

KINDS = ("teasers", "snippets")


@dataclass
class Memory:
    """The ids of one partition, and up to which offset of each topic they have been read."""

    teasers: SeenSet
    snippets: SeenSet
    read_up_to: dict[str, int] = field(default_factory=dict)
    """Topic -> offset; later records have not been read, though what we wrote ourselves is known all the same."""
    undecided: list[tuple[SeenSet, bytes]] = field(default_factory=list)
    """Ids that a transaction has added which has not been committed yet."""

    def forget_undecided(self) -> None:
        """The transaction has failed, or nobody knows: what was committed after all will be read again."""
        for seen, identity in self.undecided:
            seen.forget(identity)
        self.undecided.clear()


def new_memory(settings: Settings) -> Memory:
    """A memory of nothing."""
    return Memory(
        teasers=SeenSet(settings.teaser_window_days * _DAY_SECONDS),
        snippets=SeenSet(settings.snippet_window_days * _DAY_SECONDS),
    )


async def refresh(memory: Memory, settings: Settings, number: int, progress: Callable[[], None]) -> int:
    """Read what has been published in the partition since the memory read it last; returns the number of records.

    The caller has fenced every other writer of the partition. Raises KafkaError.
    """
    consumer = clients.reader(settings, "dedup")
    try:
        await consumer.start()
        partitions = {TopicPartition(settings.topic(kind), number): kind for kind in KINDS}
        consumer.assign(list(partitions))
        begins = await consumer.beginning_offsets(list(partitions))
        ends = await consumer.end_offsets(list(partitions))
        for partition in partitions:
            # A topic that was made anew is shorter than what was read of the old one.
            known = memory.read_up_to.get(partition.topic, 0)
            consumer.seek(partition, max(begins[partition], known if known <= ends[partition] else 0))
        count = 0
        for partition, kind in partitions.items():
            seen = memory.teasers if kind == "teasers" else memory.snippets
            count += await _read(consumer, partition, ends[partition], seen, progress)
            memory.read_up_to[partition.topic] = ends[partition]
        return count
    finally:
        await clients.close(consumer)


async def _read(
    consumer: AIOKafkaConsumer, partition: TopicPartition, end: int, seen: SeenSet, progress: Callable[[], None]
) -> int:
    clock = asyncio.get_running_loop().time
    count, moved_at, before = 0, clock(), -1
    while (position := await consumer.position(partition)) < end:
        if position != before:
            before, moved_at = position, clock()
            progress()
        elif clock() - moved_at > _STUCK_SECONDS:
            raise KafkaError(f"{partition.topic}:{partition.partition} cannot be read beyond offset {position}")
        records = (await consumer.getmany(partition, timeout_ms=200)).get(partition, [])
        _learn(seen, records)
        count += len(records)
    return count


def _learn(seen: SeenSet, records: list[ConsumerRecord]) -> None:
    known = [(identity, record) for record in records if (identity := _identity(record.key)) is not None]
    published = [(identity, record.timestamp // 1000) for identity, record in known if record.value is not None]
    seen.learn(b"".join(identity for identity, _ in published), [second for _, second in published])
    for identity, record in known:
        if record.value is None:  # an operator has deleted it: it may be published again
            seen.forget(identity)


def _identity(key: bytes | None) -> bytes | None:
    """The id that a key names; None for a key that none of ours wrote."""
    try:
        identity = bytes.fromhex((key or b"").decode("ascii"))
    except ValueError:
        return None
    return identity if len(identity) == 16 else None
