"""The trends worker's table: partition of the sightings -> what is known of its windows, kept in `news.trends-state`.

A Faust table with a changelog and Faust's recovery, but not with Faust's windows, which could not keep the promise
(nothing is lost, and nothing is counted twice but what a fault repeats):

- each count is a record in the changelog, and six in a hopping window; here an hour is six panes, and a record holds
  all that was counted in a second: recovery, at a tenth of a millisecond a record, takes seconds and not minutes;
- they expire by the wall clock: a backlog, or an archive, would have expired before it was counted;
- what closes is not told (upstream, in `_del_old_keys`: "this lookup can never hit");
- recovery takes the last value of a key for the newest. A worker that was frozen for longer than its session writes an
  old value after its successor's, and what the successor counted would be lost with the next recovery. Here no record
  replaces another, a value says how far it has counted, and of several the one that has counted most holds.
"""

from collections.abc import Callable, Iterable
from typing import Any

import faust
import msgspec
from faust.stores.memory import Store
from faust.types import TP, EventT

from workers.observe.events import Observer, TrendsRecovered, TrendsStateUnreadable
from workers.stream.headers import coordinates
from workers.trends.state import Clock, State

CLOCK_KEY = b"clock"
"""Of the record that holds the clock; the key of a pack is longer."""

_CLOCK = msgspec.msgpack.Decoder(Clock)


class StatesTable(faust.Table):  # type: ignore[type-arg] # Faust leaves its own types open
    """See above. The attributes have to be set before the application starts."""

    new_state: Callable[[], State]
    observer: Observer
    progress: Callable[[str], None]
    """Is told, in words, when a piece of the changelog has been read."""
    recovered: Callable[[set[int]], None]
    """Is told, when the changelog has been read, which partitions are this worker's."""

    def of(self, partition: int) -> State:
        """The partition's; an empty one at first."""
        return self.states.of(partition)

    @property
    def states(self) -> "States":
        """Where they are."""
        found = self.data
        assert isinstance(found, States)  # noqa: S101 (made below)
        return found

    def _new_store_by_url(self, url: Any) -> "States":
        return States(url, self.app, self, table_name=self.name, loop=self.loop)


class States(Store):  # type: ignore[type-arg] # Faust leaves its own types open
    """Holds the states of the partitions that this worker owns, and rebuilds them from the changelog."""

    table: StatesTable

    def __post_init__(self) -> None:
        super().__post_init__()
        self._fresh: set[int] = set()
        """Partitions whose state has not been rebuilt to its end."""

    def of(self, partition: int) -> State:
        """The partition's; an empty one at first."""
        found: State | None = self.data.get(partition)
        if found is None:
            found = self.data[partition] = self.table.new_state()
            self._fresh.add(partition)
        return found

    def apply_changelog_batch(
        self, batch: Iterable[EventT[Any]], to_key: Callable[[Any], Any], to_value: Callable[[Any], Any]
    ) -> None:
        """A piece of the changelog, as recovery reads it. What cannot be read is told, and is not there."""
        for event in batch:
            message = event.message
            # A deletion is for Kafka to compact: what has expired is told by the clock.
            if message.key is None or message.value is None:
                continue
            try:
                _apply(self.of(message.partition), message.key, message.value)
            except (msgspec.DecodeError, ValueError) as error:
                place = coordinates(message.topic, message.partition, message.offset)
                self.table.observer.emit(TrendsStateUnreadable(place, str(error)))
        self.table.progress("open windows are being read back")

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """Others have what is gone, and may have been at what has come (back): neither is to be trusted."""
        for partition in {one.partition for one in revoked | newly_assigned}:
            self.data.pop(partition, None)

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """The changelog has been read to its end."""
        partitions = {one.partition for one in active_tps}
        for partition in set(self.data) - partitions:
            del self.data[partition]
        for partition in sorted(partitions):
            state = self.of(partition)
            if partition in self._fresh:
                state.recovered()
                self.table.observer.emit(TrendsRecovered(partition, state.size(), state.clock.applied))
        self._fresh.clear()
        self.table.recovered(partitions)


def _apply(state: State, key: bytes, value: bytes) -> None:
    if key == CLOCK_KEY:
        state.recover_clock(_CLOCK.decode(value))
    else:
        state.recover_pack(key, value)
