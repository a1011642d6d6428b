"""Which ids have been seen in the window, in as little memory as it takes to be certain.

An open-addressing hash table over flat arrays: 20 bytes a slot, a quarter to two thirds of the slots in use, so 30 to
75 bytes an id. A dict from bytes to int takes 140, and nothing in here is an object that the garbage collector visits.
Ids are digests already, so their own bits are the hash.
"""

from array import array
from collections.abc import Sequence
from struct import Struct
from typing import Any

import numpy as np

_HALVES = Struct("<QQ")
_LEAST_SLOTS = 1024
_FULLEST = 2 / 3
"""Share of slots in use before the table is made anew; beyond, probing for what is not there gets long."""

_SLACK = 1.25
"""Room for more when the table is made anew, or it would soon be full again and again."""

_EMPTY = 0
_FORGOTTEN = 1
"""A time long ago: the slot stays in its chain, the id counts as not seen."""


class SeenSet:
    """Ids (16 bytes) with the second in which each was first seen in its window. What is older counts as never seen."""

    def __init__(self, window_seconds: float, expected: int = 0) -> None:
        """expected: how many ids there will be about, which saves growing."""
        self._window = max(1, round(window_seconds))
        self._used = 0
        self._latest = _FORGOTTEN
        self._make(_slots_for(expected))

    def __len__(self) -> int:
        """Ids that are held, those included that have expired since the table was last made anew."""
        return self._used

    def __contains__(self, identity: bytes) -> bool:
        """Whether the id is held, whenever it was seen."""
        return self._times[self._slot(*_HALVES.unpack(identity))] > _FORGOTTEN

    @property
    def slot_bytes(self) -> int:
        """Memory of the table."""
        return len(self._times) * (self._times.itemsize + 2 * self._lows.itemsize)

    def add(self, identity: bytes, second: int) -> bool:
        """An id is seen. True: for the first time in its window, which begins with this second (since 1970)."""
        low, high = _HALVES.unpack(identity)
        slot = self._slot(low, high)
        before = self._times[slot]
        if before > _FORGOTTEN and second - before < self._window:
            return False
        second = max(second, _FORGOTTEN + 1)
        if before == _EMPTY:
            if self._used >= self._most:
                self._make_room(1)
                slot = self._slot(low, high)
            self._lows[slot], self._highs[slot] = low, high
            self._used += 1
        self._times[slot] = second
        self._latest = max(self._latest, second)
        return True

    def learn(self, identities: bytes, seconds: Sequence[int]) -> None:
        """Ids, one after another, were first seen at these seconds: what was published is read again.

        An id that was published once more after its window counts with its latest time.
        """
        halves = np.frombuffer(identities, dtype="<u8").reshape(-1, 2)
        times = np.maximum(np.asarray(seconds, dtype=np.int64), _FORGOTTEN + 1).astype(np.uint32)
        order = np.argsort(times, kind="stable")[::-1]
        # np.unique takes the first of equals, which is now the latest.
        _, first = np.unique(np.ascontiguousarray(halves[order]).view("V16").ravel(), return_index=True)
        chosen = order[first]
        self._make_room(len(chosen))
        self._place(halves[chosen, 0], halves[chosen, 1], times[chosen])
        if len(times):
            self._latest = max(self._latest, int(times.max()))

    def forget(self, identity: bytes) -> None:
        """An id was not seen after all: the transaction that would have published it has failed."""
        slot = self._slot(*_HALVES.unpack(identity))
        if self._times[slot] != _EMPTY:
            self._times[slot] = _FORGOTTEN

    def _slot(self, low: int, high: int) -> int:
        """Where the id is, or the empty slot where it would be put."""
        times, lows, highs, mask = self._times, self._lows, self._highs, self._mask
        slot = low & mask
        while times[slot] != _EMPTY and not (lows[slot] == low and highs[slot] == high):
            slot = (slot + 1) & mask
        return slot

    def _make(self, slots: int) -> None:
        self._mask = slots - 1
        self._most = int(slots * _FULLEST)
        self._used = 0
        self._times = array("I", bytes(4 * slots))
        self._lows = array("Q", bytes(8 * slots))
        self._highs = array("Q", bytes(8 * slots))

    def _make_room(self, more: int) -> None:
        """Make the table anew without what has expired, and larger if need be, when so many more ids do not fit."""
        if self._used + more <= self._most:
            return
        times, lows, highs = self._views()
        kept = np.flatnonzero(times > max(_FORGOTTEN, self._latest - self._window))
        # Copies: the views are of the arrays that are replaced now.
        times, lows, highs = times[kept], lows[kept], highs[kept]
        self._make(_slots_for(round(_SLACK * len(kept)) + more))
        self._place(lows, highs, times)

    def _place(self, lows: Any, highs: Any, seconds: Any) -> None:
        """Put ids, all different, into the table at once: each goes from slot to slot until it finds itself or room."""
        times, held_lows, held_highs = self._views()
        mask = np.uint64(self._mask)
        slots = lows & mask
        waiting = np.arange(len(lows))
        while len(waiting):
            at = slots[waiting]
            # Of those that find the same slot empty, one gets it.
            empty = waiting[times[at] == _EMPTY]
            _, first = np.unique(slots[empty], return_index=True)
            placed = empty[first]
            held_lows[slots[placed]], held_highs[slots[placed]] = lows[placed], highs[placed]
            times[slots[placed]] = _FORGOTTEN
            self._used += len(placed)
            there = (held_lows[at] == lows[waiting]) & (held_highs[at] == highs[waiting])
            found = waiting[there]
            times[slots[found]] = np.maximum(times[slots[found]], seconds[found])
            waiting = waiting[~there]
            slots[waiting] = (slots[waiting] + np.uint64(1)) & mask

    def _views(self) -> tuple[Any, Any, Any]:
        return (
            np.frombuffer(self._times, dtype=np.uint32),
            np.frombuffer(self._lows, dtype=np.uint64),
            np.frombuffer(self._highs, dtype=np.uint64),
        )


def _slots_for(ids: int) -> int:
    needed = max(_LEAST_SLOTS, int(ids / _FULLEST) + 1)
    return 1 << (needed - 1).bit_length()
