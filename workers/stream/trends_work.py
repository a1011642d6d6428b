"""What a trends worker does with its partitions of `news.sightings`: count, and write down what has been counted.

What is written, and in which order, is what makes the promise good:

1. the entries that have changed, and dead letters;
2. the windows that are due;
3. the clock, which says that all of this is done, and the deletion of what has expired;
4. the offset.

Each waits until the brokers have what is before it. Whoever takes over after a crash reads entries and clock, begins at
the offset, passes over what the clock has, and counts no record twice that an entry has. A window may be published once
more, and then says the same, or more.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from faust.types import TP
from faust.types.tuples import Message

from schemas import Trends
from schemas.codec import CONTENT_TYPES, SCHEMA_NAMES, encode
from workers.stream import headers as names
from workers.stream.carrier import Output
from workers.stream.headers import coordinates
from workers.stream.ownership import OversleptError
from workers.stream.partition import Scene
from workers.stream.trends_batch import Batch
from workers.stream.trends_gaps import Gaps
from workers.stream.trends_kafka import App
from workers.stream.trends_table import CLOCK_KEY, StatesTable
from workers.trends.state import NEVER, Clock, State

COMMIT_SECONDS = 1.0
"""What is counted waits so long to be written: the more comes together, the fewer records it takes."""

_MOST_RECORDS = 1000
"""Or until so many records wait, which is some megabytes."""

_SLEPT_SHARE = 0.8
"""Of the session timeout: a process that was stopped for so long may own nothing any more, and must not find out by
writing."""

_MILLISECONDS = 1000

Sent = Awaitable[Any]
"""The broker's answer to a record."""


class TrendsWork:
    """Counts what comes, and commits it."""

    def __init__(self, scene: Scene, app: App, table: StatesTable, gaps: Gaps) -> None:
        self._gaps = gaps
        self._scene = scene
        self._app = app
        self._table = table
        self._sightings = scene.settings.topic("sightings")
        names_of = ("trends", "trends-state", "dead-letters")
        self._topics = {scene.settings.topic(name): app.bytes_of(name) for name in names_of}
        self._decided: dict[int, _Decided] = {}
        """What is being written."""
        self._batches: dict[int, Batch] = {}
        self._idle_since: dict[int, float] = {}
        self._name = uuid.uuid4().bytes
        self._packs = 0
        self._writing = asyncio.Lock()
        self._awake = time.monotonic()

    async def take(self, message: Message) -> None:
        """Count a record. Waits while too much is not written yet. Raises KafkaError."""
        number, state = message.partition, self._state(message.partition)
        if state is None or not self._gaps.follows(message, state):
            return  # it comes again, when the state has been read back or what was skipped has come
        batch = self._batches.get(number)
        if batch is None:
            batch = self._batches[number] = Batch(number, self._scene.settings.topic("dead-letters"))
        batch.take(message, state, round(time.time() * _MILLISECONDS))
        self._idle_since.pop(number, None)
        if sum(one.records for one in self._batches.values()) >= _MOST_RECORDS:
            await self.commit()

    def _state(self, partition: int) -> State | None:
        """The partition's, when it is this worker's and has been read back."""
        found: State | None = self._table.states.data.get(partition)
        return found

    def owned(self, partitions: set[int], rebuilt: set[int]) -> None:
        """These are this worker's from now on: what was counted of others is their new owners' to count.

        rebuilt: those of them whose state is another than it was; what was counted into that is counted anew.
        """
        kept = partitions - rebuilt
        self._batches = {number: batch for number, batch in self._batches.items() if number in kept}
        self._idle_since.clear()
        self._gaps.forget()

    def nothing_waits(self, partition: int) -> None:
        """Nothing is left to read of the partition, so its time goes on by the wall clock."""
        state = self._state(partition)
        if state is None or self._writing.locked() or partition in self._batches:
            # Something does wait, perhaps for the brokers to take what is being written.
            self._idle_since.pop(partition, None)
            return
        since = self._idle_since.setdefault(partition, time.monotonic())
        state.idle(time.monotonic() - since)

    def pending(self, partition: int) -> int:
        """How many records have been counted and not been committed; one more where skipped ones are waited for."""
        decided, batch = self._decided.get(partition), self._batches.get(partition)
        counted = (decided.batch.records if decided is not None else 0) + (batch.records if batch is not None else 0)
        return counted + self._gaps.waits(partition)

    def stay_awake(self) -> None:
        """To be called all the time while the process runs. Raises OversleptError when it was not."""
        slept = time.monotonic() - self._awake
        if slept > _SLEPT_SHARE * self._scene.settings.session_timeout_seconds:
            raise OversleptError(f"the process did not run for {slept:.1f} s")
        self._awake = time.monotonic()

    async def commit(self) -> None:
        """Write what has been counted, and the windows that are due, of every partition. Raises KafkaError."""
        async with self._writing:
            begun = time.monotonic()
            self.stay_awake()
            self._gaps.look(self._sightings, self._table.states.data)
            # All of it is decided before anything is awaited: what comes meanwhile is in the next commit.
            self._decided = {
                number: self._decide(number, state)
                for number, state in self._table.states.data.items()
                if number in self._batches or state.is_due
            }
            if self._decided:
                await self._write(self._decided)
                self._scene.health.progress("sightings were counted")
                for decided in self._decided.values():
                    for event in decided.batch.committed(len(decided.windows), time.monotonic() - begun):
                        self._scene.observer.emit(event)
                self._decided = {}
        self._show_size()

    def _decide(self, number: int, state: State) -> "_Decided":
        packs, windows = state.packs(self._unique), list(state.closing())
        expired = state.close()
        batch = self._batches.pop(number, None) or Batch(number, "")
        return _Decided(batch, packs, windows, expired, msgspec.structs.replace(state.clock))

    async def _write(self, decided: Mapping[int, "_Decided"]) -> None:
        parts = decided.items()
        letters = [letter for _, one in parts for letter in one.batch.letters]
        await self._write_state((number, key, value) for number, one in parts for key, value in one.packs)
        await _all([await self._send(letter) for letter in letters])
        windows = [self._published(window, number, one.clock) for number, one in parts for window in one.windows]
        await _all([await self._send(window) for window in windows])
        await self._write_state((number, CLOCK_KEY, msgspec.msgpack.encode(one.clock)) for number, one in parts)
        await self._write_state((number, key, None) for number, one in parts for key in one.expired)
        offsets = {TP(self._sightings, number): one.clock.applied + 1 for number, one in parts if one.batch.offsets}
        if offsets:
            consumer: Any = self._app.consumer
            await consumer._commit(offsets)

    def _show_size(self) -> None:
        metrics = self._scene.observer.metrics
        states: list[State] = list(self._table.states.data.values())
        metrics.trends_entries.set(sum(state.size() for state in states))
        latest = max((state.clock.latest for state in states), default=NEVER)
        if latest != NEVER:
            metrics.trends_behind_seconds.set(max(0.0, time.time() - latest / _MILLISECONDS))

    def _unique(self) -> bytes:
        self._packs += 1
        return self._name + self._packs.to_bytes(8, "big")

    def _published(self, window: Trends, number: int, clock: Clock) -> Output:
        form = self._scene.settings.record_format
        return Output(
            self._scene.settings.topic("trends"),
            window.site.encode(),
            encode(window, form),
            [
                (names.CONTENT_TYPE, CONTENT_TYPES[form].encode()),
                (names.SCHEMA, SCHEMA_NAMES[Trends].encode()),
                (names.SOURCE, coordinates(self._sightings, number, clock.applied).encode()),
            ],
        )

    async def _write_state(self, records: Iterable[tuple[int, bytes, bytes | None]]) -> None:
        """Partition, key and value of each."""
        topic = self._scene.settings.topic("trends-state")
        outputs = [Output(topic, key, value, (), partition=number) for number, key, value in records]
        await _all([await self._send(output) for output in outputs])

    async def _send(self, output: Output) -> Sent:
        """Hand a record to the producer; the answer is still to come."""
        headers: Any = list(output.headers)  # Faust's types know of no header without a value
        # force: now, and not when Faust commits the offset of the record that it is at.
        sent: Sent = await self._topics[output.topic].send(
            key=output.key, value=output.value, partition=output.partition, headers=headers, force=True
        )
        return sent


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is to be written of a partition."""

    batch: Batch
    packs: list[tuple[bytes, bytes]]
    windows: list[Trends]
    expired: list[bytes]
    clock: Clock


async def _all(sent: Sequence[Sent]) -> None:
    """Wait until the brokers have everything. Raises the first KafkaError."""
    if sent:
        await asyncio.gather(*sent)
