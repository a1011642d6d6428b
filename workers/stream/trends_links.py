"""Each record says which one came before it in its partition, so that one that is skipped is missed.

In a rebalance Faust drops a record that it is handing over, and may hand over the ones behind it before it reads all of
them again; of sightings and of the changelog alike. Offsets do not tell: transactions and compaction leave gaps.
"""

from collections.abc import Sequence
from dataclasses import replace

from aiokafka import ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from faust.types.tuples import Message

PREVIOUS = "\0previous"
"""The header that records are given."""

NOTHING = -1
"""Before the first of all offsets, or before the first that is asked for."""


class SkippedError(KafkaError):  # type: ignore[misc] # aiokafka ships no types
    """Records were skipped and do not come: the group has to be joined anew."""


class Links:
    """Of a consumer."""

    def __init__(self) -> None:
        self._previous: dict[TopicPartition, int] = {}

    def begin(self, place: TopicPartition, previous: int) -> None:
        """The partition's next record follows this offset, and what is before it. To be told with each seek."""
        self._previous[place] = previous

    def link(
        self, place: TopicPartition, records: Sequence["ConsumerRecord[bytes, bytes]"]
    ) -> list["ConsumerRecord[bytes, bytes]"]:
        """The records, which were fetched in this order, with their headers."""
        linked = []
        for record in records:
            # As long as nothing was sought the one before may be anybody's, and then it is not to be passed over.
            header = (PREVIOUS, str(self._previous.get(place, record.offset - 1)).encode())
            linked.append(replace(record, headers=(*record.headers, header)))
            self._previous[place] = record.offset
        return linked


def previous_offset(message: Message) -> int:
    """The offset of the record before this one in its partition."""
    found = message.headers or ()
    return int(dict(found)[PREVIOUS])
