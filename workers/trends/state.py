"""All that is known of a partition of `news.sightings`: its open panes, and how far its time has come.

Time is the latest sighting's, minus the lateness that is allowed; not a wall clock's, so that a backlog, a replay and
an archive of years ago all come out in the same windows. While nothing is left to read, it goes on at the pace of a
wall clock (`idle`), or the last window of a quiet night would not close before morning.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

import msgspec

from schemas import Trends
from workers.trends.entry import Entry, count, first_entry
from workers.trends.packs import Kept, pack_key, packed, pane_of_key, unpacked
from workers.trends.ranking import Pane, window_of
from workers.trends.reading import Shown, Sighted
from workers.trends.windows import KEPT_SECONDS, PANE_SECONDS, WINDOW_SECONDS, ends_of_interest, pane_of, panes_in

MOST_TEASERS = 10_000
"""Of a site in a pane. One that shows more in ten minutes has an endless archive; what is pushed comes early."""

NEVER = -1
"""Before the first offset, and before the first moment."""

Result = Literal["counted", "repeat", "late", "overflow", "no_site"]


class Clock(msgspec.Struct, array_like=True):
    """How far a partition has come."""

    applied: int = NEVER
    """The offset of the last record that is in the panes (or was late, or unreadable)."""
    latest: int = NEVER
    """The latest sighting's moment, in milliseconds since 1970."""
    closed: int = NEVER
    """Every window that ended until then (seconds since 1970) has been published."""


class Place(NamedTuple):
    """Where an entry is kept."""

    pane: int
    site: str
    identity: bytes


class State:
    """The panes of one partition. `dirty`: the places of entries that the changelog does not know as they are."""

    def __init__(self, lateness_seconds: int) -> None:
        self.clock = Clock()
        self.panes: dict[int, dict[str, dict[bytes, Entry]]] = {}
        """Beginning -> site -> teaser id -> entry."""
        self.dirty: set[Place] = set()
        self._packs: dict[int, set[bytes]] = {}
        """Pane -> the keys of its packs in the changelog."""
        self._lateness = lateness_seconds
        self._due = NEVER

    # Counting

    def add(self, offset: int, sighted: Sighted) -> Counter[Result]:
        """Count a sightings record, and say how many sightings came to what."""
        tally: Counter[Result] = Counter()
        sightings = sum(map(len, sighted.teasers.values()))
        self.pass_over(offset)
        pane = pane_of(sighted.milliseconds)
        if self._due == NEVER:
            self._pass_to(sighted.milliseconds)
        if sighted.site is None:
            tally["no_site"] = sightings
        elif pane < self._due:
            tally["late"] = sightings
        elif sightings:
            entries = self.panes.setdefault(pane, {}).setdefault(sighted.site, {})
            for identity, shown in sighted.teasers.items():
                result = self._count(entries, Place(pane, sighted.site, identity), sighted, offset, shown)
                tally[result] += len(shown)
        self._pass_to(sighted.milliseconds)
        return tally

    def pass_over(self, offset: int) -> None:
        """A record has been dealt with otherwise."""
        self.clock.applied = max(self.clock.applied, offset)

    def is_applied(self, offset: int) -> bool:
        """Whether a record has been dealt with before: it is read again after a fault."""
        return offset <= self.clock.applied

    def _count(
        self, entries: dict[bytes, Entry], place: Place, sighted: Sighted, offset: int, shown: list[Shown]
    ) -> Result:
        entry = entries.get(place.identity)
        if entry is None:
            if len(entries) >= MOST_TEASERS:
                return "overflow"
            entries[place.identity] = first_entry(shown, sighted.page, sighted.milliseconds, offset)
        elif not count(entry, shown, sighted.page, sighted.milliseconds, offset):
            return "repeat"
        self.dirty.add(place)
        return "counted"

    # Time

    def idle(self, seconds: float) -> None:
        """Nothing has come, and nothing waits, for so long."""
        if self.clock.latest != NEVER:
            self._due = max(self._due, pane_of(self.clock.latest + int(1000 * (seconds - self._lateness))))

    def _pass_to(self, milliseconds: int) -> None:
        self.clock.latest = max(self.clock.latest, milliseconds)
        self._due = max(self._due, self.clock.closed, pane_of(self.clock.latest - 1000 * self._lateness))

    # Windows

    @property
    def is_due(self) -> bool:
        """Whether a window can be closed."""
        return self._due > self.clock.closed

    def closing(self) -> Iterator[Trends]:
        """The records of the windows that are due, the earlier first. close() has to follow when they are written."""
        if self.panes:
            for end in ends_of_interest(min(self.panes), max(self.panes), self.clock.closed, self._due):
                for seconds in WINDOW_SECONDS:
                    yield from self._windows(end, seconds)

    def close(self) -> list[bytes]:
        """The windows that were due have been published. Forgets what is not needed; returns the keys of its packs."""
        self.clock.closed = max(self.clock.closed, self._due)
        gone = {pane for pane in self.panes.keys() | self._packs.keys() if pane + KEPT_SECONDS <= self.clock.closed}
        self.dirty = {place for place in self.dirty if place.pane not in gone}
        for pane in gone:
            self.panes.pop(pane, None)
        return [key for pane in sorted(gone) for key in self._packs.pop(pane, ())]

    def current(self, site: str) -> list[Trends]:
        """What the windows of a site that the latest pane is in hold so far, the shortest first."""
        if not self.panes:
            return []
        end = max(self.panes) + PANE_SECONDS
        windows = (self._window(site, end, seconds) for seconds in WINDOW_SECONDS)
        return [window for window in windows if window is not None]

    def _windows(self, end: int, seconds: int) -> Iterator[Trends]:
        sites = {site for pane in panes_in(end, seconds) for site in self.panes.get(pane, ())}
        for site in sorted(sites):
            window = self._window(site, end, seconds)
            if window is not None:
                yield window

    def _window(self, site: str, end: int, seconds: int) -> Trends | None:
        return window_of(
            site,
            end,
            seconds,
            self._panes_of(site, panes_in(end, seconds)),
            self._panes_of(site, panes_in(end - PANE_SECONDS, seconds)),
        )

    def _panes_of(self, site: str, panes: Iterable[int]) -> list[Pane]:
        return [self.panes[pane][site] for pane in panes if site in self.panes.get(pane, ())]

    # What a changelog is told, and tells

    def packs(self, unique: Callable[[], bytes]) -> list[tuple[bytes, bytes]]:
        """Keys and values of the packs of all that is dirty, which it is not any more.

        unique: gives some bytes that nobody, here or elsewhere, is given again.
        """
        by_pane: dict[int, list[Kept]] = {}
        for pane, site, identity in self.dirty:
            by_pane.setdefault(pane, []).append(Kept(site, identity, self.panes[pane][site][identity]))
        self.dirty = set()
        made: list[tuple[bytes, bytes]] = []
        for pane, entries in by_pane.items():
            for value in packed(entries):
                key = pack_key(pane, unique())
                self._packs.setdefault(pane, set()).add(key)
                made.append((key, value))
        return made

    def recover_pack(self, key: bytes, value: bytes) -> None:
        """A pack as it was written. Of an entry in several the one that has counted most holds, whoever wrote it when.

        A worker that was frozen may write an older one after its successor has written a newer. Raises ValueError or
        msgspec.DecodeError for what is no pack.
        """
        pane, entries = pane_of_key(key), unpacked(value)
        self._packs.setdefault(pane, set()).add(key)
        sites = self.panes.setdefault(pane, {})
        for site, identity, entry in entries:
            known = sites.setdefault(site, {}).get(identity)
            if known is None or known.offset < entry.offset:
                sites[site][identity] = entry

    def recover_clock(self, clock: Clock) -> None:
        """The clock as it was written; of several the one that is furthest."""
        mine = (self.clock.applied, self.clock.closed)
        if mine <= (clock.applied, clock.closed):
            self.clock = clock

    def recovered(self) -> None:
        """All of the changelog has been read: what had expired by then is forgotten, and time stands where it stood."""
        self.close()
        if self.clock.latest != NEVER:
            self._pass_to(self.clock.latest)

    def size(self) -> int:
        """How many entries there are."""
        return sum(len(entries) for sites in self.panes.values() for entries in sites.values())
