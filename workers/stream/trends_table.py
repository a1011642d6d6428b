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
from faust.types.tuples import Message

from workers.observe.events import Observer, TrendsRecovered, TrendsStateUnreadable
from workers.stream.headers import coordinates
from workers.stream.trends_links import NOTHING, SkippedError, previous_offset
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
    recovered: Callable[[set[int], set[int]], None]
    """Is told which partitions are this worker's, and which of them have been read back from the changelog just now."""
    failed: Callable[[BaseException], None]
    """Is told when the changelog could not be read back: Faust would log what is raised, and go on."""

    @property
    def states(self) -> "States":
        """Where they are."""
        found = self.data
        assert isinstance(found, States)  # noqa: S101 (made below)
        return found

    def _new_store_by_url(self, url: Any) -> "States":
        return States(url, self.app, self, table_name=self.name, loop=self.loop)


class States(Store):  # type: ignore[type-arg] # Faust leaves its own types open
    """The states of the partitions that this worker owns: `data`, by partition. They are rebuilt from the changelog.

    A state that is not whole must not be counted into, nor taken for whole: of an entry only the newest version is
    kept. So it is not in `data` before it is, and Faust is told how far each has been read. What Faust notes by itself
    outlives the state: it notes a record when it comes and not when it is applied, and over rebalances that follow
    each other closely it forgets to forget.
    """

    table: StatesTable

    def __post_init__(self) -> None:
        super().__post_init__()
        self._rebuilding: dict[int, State] = {}
        self._read: dict[int, int] = {}
        """Partition -> the offset of the last record of the changelog that is in its state."""

    def persisted_offset(self, tp: TP) -> int:
        """Where reading the changelog goes on."""
        return self._read.get(tp.partition, NOTHING)

    def apply_changelog_batch(
        self, batch: Iterable[EventT[Any]], to_key: Callable[[Any], Any], to_value: Callable[[Any], Any]
    ) -> None:
        """A piece of the changelog, as recovery reads it. What cannot be read is told, and is not there."""
        for event in batch:
            message = event.message
            place = coordinates(message.topic, message.partition, message.offset)
            read = self._read.get(message.partition, NOTHING)
            if previous_offset(message) > read:
                self.table.failed(SkippedError(f"{place} came without those behind offset {read}"))
                return
            self._read[message.partition] = max(read, message.offset)
            try:
                self._apply(message)
            except (msgspec.DecodeError, ValueError) as error:
                self.table.observer.emit(TrendsStateUnreadable(place, str(error)))
        self.table.progress("open windows are being read back")

    def _apply(self, message: Message) -> None:
        # A deletion is for Kafka to compact: what has expired is told by the clock.
        if message.key is None or message.value is None:
            return
        number = message.partition
        state: State = self.data.get(number) or self._rebuilding.setdefault(number, self.table.new_state())
        if message.key == CLOCK_KEY:
            state.recover_clock(_CLOCK.decode(message.value))
        else:
            state.recover_pack(message.key, message.value)

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """Others have what is gone, and may have been at what has come (back): neither is to be trusted."""
        for partition in {one.partition for one in revoked | newly_assigned}:
            for known in (self.data, self._rebuilding, self._read):
                known.pop(partition, None)

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """The changelog has been read to its end."""
        tables: Any = self.app.tables
        recovery = tables.recovery
        if recovery.signal_recovery_start.is_set():
            return  # the group has changed meanwhile, and these are the partitions to be read next
        partitions = {one.partition for one in active_tps}
        rebuilt = partitions - set(self.data)
        for tp in active_tps:
            read, end = self.persisted_offset(tp), recovery.active_highwaters[tp]
            if read < end:
                self.table.failed(SkippedError(f"{tp.topic}:{tp.partition} was read to offset {read} of {end}"))
                return
        for partition in sorted(rebuilt):
            state = self._rebuilding.pop(partition, None) or self.table.new_state()
            state.recovered()
            self.data[partition] = state
            self.table.observer.emit(TrendsRecovered(partition, state.size(), state.clock.applied))
        for partition in set(self.data) - partitions:
            del self.data[partition]
        self.table.recovered(partitions, rebuilt)
