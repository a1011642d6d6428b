"""What a dedup worker remembers of a partition, and how it learns it again: from the partition of the public topics.

Only the owner of a partition writes there. Publishing is remembering, so there is no second state that could differ.
"""

from binascii import unhexlify
from collections.abc import Callable
from dataclasses import dataclass, field

from aiokafka import ConsumerRecord, TopicPartition

from workers.dedup.seen import SeenSet
from workers.settings import Settings
from workers.stream import clients
from workers.stream.reading import records_between

_DAY_SECONDS = 86_400

_KEY_BYTES = 32
"""Of an id in hex digits."""

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
        count = 0
        for partition, kind in partitions.items():
            # A topic that was made anew is shorter than what was read of the old one.
            known, end = memory.read_up_to.get(partition.topic, 0), ends[partition]
            begin = max(begins[partition], known if known <= end else 0)
            seen = memory.teasers if kind == "teasers" else memory.snippets
            async for records in records_between(consumer, partition, begin, end, progress):
                _learn(seen, records)
                count += len(records)
            memory.read_up_to[partition.topic] = end
        return count
    finally:
        await clients.close(consumer)


def _learn(seen: SeenSet, records: list[ConsumerRecord]) -> None:
    identities = bytearray()
    seconds: list[int] = []
    deleted: list[bytes] = []
    for record in records:
        identity = identity_of(record.key)
        if identity is None:
            continue
        if record.value is None:  # an operator has deleted it: it may be published again
            deleted.append(identity)
        else:
            identities += identity
            seconds.append(record.timestamp // 1000)
    seen.learn(bytes(identities), seconds)
    for identity in deleted:
        seen.forget(identity)


def identity_of(key: bytes | None) -> bytes | None:
    """The id that a key names; None for a key that none of ours wrote."""
    if key is None or len(key) != _KEY_BYTES:
        return None
    try:
        return unhexlify(key)
    except ValueError:
        return None
