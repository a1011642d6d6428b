"""Sightings that do not come in the order of their partition are waited for.

Faust may skip records in a rebalance (see trends_links); mostly it hands them over again when that has ended. What has
not come by then is read anew by joining the group anew. What does not come then either is nowhere: retention has
deleted it, say, and that is told.
"""

import time
from collections.abc import Container
from typing import NamedTuple

from faust.types.tuples import Message

from workers.observe.events import Observer, PositionMoved
from workers.stream.headers import coordinates
from workers.stream.trends_links import SkippedError, previous_offset
from workers.trends.state import State

_SKIPPED_SECONDS = 10.0
"""What a rebalance has skipped is read again when it is over, which takes seconds."""


class Gap(NamedTuple):
    """Records that did not come."""

    partition: int
    applied: int
    """The offset of the last record before it."""
    offset: int
    """Of the first one behind it."""


class Gaps:
    """Of a worker, over its memberships in the group."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._open: dict[int, tuple[Gap, float]] = {}
        """Partition -> what it waits for, and since when (monotonic seconds)."""
        self._tolerated: set[Gap] = set()
        """What has been waited for in vain, and read anew."""

    def follows(self, message: Message, state: State) -> bool:
        """Whether nothing is missing between what is counted and this record."""
        gap = Gap(message.partition, state.clock.applied, message.offset)
        if previous_offset(message) <= gap.applied:
            self._open.pop(gap.partition, None)
            return True
        if gap in self._tolerated:
            self._tolerated.discard(gap)
            self._observer.emit(PositionMoved(message.topic, gap.partition, gap.applied + 1, gap.offset))
            return True
        self._open.setdefault(gap.partition, (gap, time.monotonic()))
        return False

    def waits(self, partition: int) -> bool:
        """Whether skipped records are waited for."""
        return partition in self._open

    def forget(self) -> None:
        """All is read from what is committed again."""
        self._open.clear()

    def look(self, topic: str, partitions: Container[int]) -> None:
        """Raises SkippedError when what was skipped has not come for too long. partitions: those that are counted.

        It looks at the clock and not at the next record: what was skipped may stand before the partition's last.
        """
        for gap, since in self._open.values():
            if gap.partition in partitions and time.monotonic() - since > _SKIPPED_SECONDS:
                self._tolerated.add(gap)
                place = coordinates(topic, gap.partition, gap.offset)
                raise SkippedError(f"{place} has come, and not what is between it and offset {gap.applied}")
