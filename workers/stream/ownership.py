"""A member's time with the partitions it was assigned: take them over, run them, commit for them; on failure, again."""

import asyncio
import time
from collections.abc import Callable, Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, KafkaError

from workers.observe.events import (
    PartitionStarted,
    PositionMoved,
    TransactionAborted,
    TransactionCommitted,
    TransactionFenced,
    WorkRetried,
)
from workers.stream.carrier import Carrier, TooLargeForTopicError
from workers.stream.failures import FENCED, Verdict, problem, verdict
from workers.stream.partition import Parcel, Partition, Scene, Signal, together
from workers.stream.refusals import Refusals

MakePartition = Callable[[AIOKafkaConsumer, TopicPartition, Refusals, Signal], Partition]

COMMIT_GRACE_SECONDS = 4.0
"""How long a transaction that is under way may take to finish when the partitions have to be let go."""

_FIRST_WAIT_SECONDS = 0.2
_LONGEST_WAIT_SECONDS = 10.0

_LOOK_SECONDS = 0.01
"""How often a transaction that waits for more looks whether it is full."""

_SLEPT_SHARE = 0.8
"""Of the session timeout: a process that was stopped for so long may own nothing any more, and must not find out by
committing."""


class OversleptError(KafkaError):  # type: ignore[misc] # aiokafka ships no types
    """The process did not run for a while; the group may have given its partitions away."""


NOT_A_MEMBER = (OversleptError, CommitFailedError)
"""The group has to be asked again who owns what."""


class Ownership:
    """Works on assigned partitions from the assignment to the next rebalance."""

    def __init__(
        self,
        scene: Scene,
        consumer: AIOKafkaConsumer,
        assigned: Sequence[TopicPartition],
        make_partition: MakePartition,
        *,
        linger_seconds: Callable[[], float],
        refusals: dict[TopicPartition, Refusals],
    ) -> None:
        """linger_seconds: how long a transaction may wait for more inputs, as things are now.

        refusals: what is known of inputs whose outputs were too large, kept over restarts."""
        self.partitions: dict[TopicPartition, Partition] = {}
        self._scene = scene
        self._consumer = consumer
        self._assigned = assigned
        self._make_partition = make_partition
        self._linger_seconds = linger_seconds
        self._refusals = refusals
        self._committing: asyncio.Task[None] | None = None
        self._wait_seconds = _FIRST_WAIT_SECONDS
        self._awake = time.monotonic()

    @property
    def started(self) -> bool:
        """Every assigned partition is being processed."""
        return len(self.partitions) == len(self._assigned) and all(one.started for one in self.partitions.values())

    async def run(self) -> None:
        """Work until cancelled. Raises what makes it impossible to go on, ProducerFenced among it."""
        while True:
            try:
                await self._work_once()
            except TooLargeForTopicError:
                pass  # noted; the work starts over knowing it
            except (KafkaError, TimeoutError, OSError) as error:
                if verdict(error) is not Verdict.RETRY or isinstance(error, NOT_A_MEMBER):
                    raise
                self._scene.observer.emit(WorkRetried(problem(error), self._wait_seconds))
                await asyncio.sleep(self._wait_seconds)
                self._wait_seconds = min(2 * self._wait_seconds, _LONGEST_WAIT_SECONDS)

    def stay_awake(self) -> None:
        """To be called all the time while the process runs. Raises OversleptError when it was not."""
        slept = time.monotonic() - self._awake
        if slept > _SLEPT_SHARE * self._scene.settings.session_timeout_seconds:
            raise OversleptError(f"the process did not run for {slept:.1f} s")
        self._awake = time.monotonic()

    async def _work_once(self) -> None:
        if not self._assigned:
            await asyncio.Event().wait()
        carrier = Carrier(self._scene.settings, self._scene.group, self._scene.role, self._consumer)
        try:
            await self._work(carrier)
        finally:
            self.partitions = {}
            await self._finish_commit()
            await carrier.close()

    async def _work(self, carrier: Carrier) -> None:
        begun = time.monotonic()
        offsets = await self._positions(await carrier.take_over(self._assigned))
        await carrier.claim(offsets)
        ready = Signal()
        self.partitions = {
            one: self._make_partition(self._consumer, one, self._refusals.setdefault(one, Refusals()), ready)
            for one in self._assigned
        }
        runs = [partition.run(offsets[one]) for one, partition in self.partitions.items()]
        await together(self._commit_all(carrier, ready), self._report_starts(offsets, begun), *runs)

    async def _positions(self, committed: dict[TopicPartition, int | None]) -> dict[TopicPartition, int]:
        """Where to begin: what is committed, unless it is not there (any more)."""
        begins = await self._consumer.beginning_offsets(list(committed))
        ends = await self._consumer.end_offsets(list(committed))
        offsets = {}
        for one, offset in committed.items():
            offsets[one] = begins[one] if offset is None or not begins[one] <= offset <= ends[one] else offset
            if offset is not None and offsets[one] != offset:
                self._scene.observer.emit(PositionMoved(one.topic, one.partition, offset, offsets[one]))
        return offsets

    async def _report_starts(self, offsets: dict[TopicPartition, int], begun: float) -> None:
        """Ends never, like the works beside it."""
        waiting = set(self.partitions)
        while waiting:
            for one in [one for one in waiting if self.partitions[one].started]:
                waiting.discard(one)
                seconds = round(time.monotonic() - begun, 3)
                self._scene.observer.emit(PartitionStarted(one.topic, one.partition, offsets[one], seconds))
            await asyncio.sleep(0.05)
        await asyncio.Event().wait()

    async def _commit_all(self, carrier: Carrier, ready: Signal) -> None:
        """One transaction after another: what has become ready during one is in the next."""
        while True:
            await ready.wait()
            await self._linger(ready)
            ready.clear()
            parcels = self._parcels()
            if parcels:
                # Once begun it goes on when this is cancelled: it ends one way or the other.
                self._committing = asyncio.get_running_loop().create_task(self._commit(carrier, parcels))
                await asyncio.shield(self._committing)
            if any(partition.next_ready() is not None for partition in self.partitions.values()):
                ready.set()  # there was more than fitted, or there is more by now

    async def _linger(self, ready: Signal) -> None:
        """Wait a little for more: a transaction costs the same with one page in it and with a hundred."""
        clock = asyncio.get_running_loop().time
        settings = self._scene.settings
        while (left := ready.since + self._linger_seconds() - clock()) > 0:
            sizes = [partition.ready_size() for partition in self.partitions.values()]
            if sum(inputs for inputs, _ in sizes) >= settings.batch_pages:
                return
            if sum(size for _, size in sizes) >= settings.batch_bytes:
                return
            await asyncio.sleep(min(left, _LOOK_SECONDS))

    def _parcels(self) -> list[Parcel]:
        """What goes into the next transaction: something of everyone, as far as there is room."""
        settings = self._scene.settings
        parcels: list[Parcel] = []
        room, room_bytes = settings.batch_pages, settings.batch_bytes
        # Who was first this time is last the next time.
        first, *others = self.partitions
        self.partitions = {one: self.partitions[one] for one in [*others, first]}
        for one, partition in self.partitions.items():
            offset = partition.next_ready()
            if offset is None:
                continue
            if self._refusals[one].alone(offset):
                if parcels:
                    continue  # in a transaction of its own, the next time
                room = 1
            parcel = partition.take(room, room_bytes)
            if parcel is not None:
                parcels.append(parcel)
                room -= len(parcel.offsets)
                room_bytes -= parcel.size
            if room <= 0 or room_bytes <= 0:
                break
        return parcels

    async def _commit(self, carrier: Carrier, parcels: Sequence[Parcel]) -> None:
        observer, begun = self._scene.observer, time.monotonic()
        self.stay_awake()
        outputs = [output for parcel in parcels for output in parcel.outputs]
        inputs = sum(len(parcel.offsets) for parcel in parcels)
        try:
            await carrier.commit(outputs, {parcel.partition: parcel.offsets[-1] + 1 for parcel in parcels})
        except FENCED:
            observer.emit(TransactionFenced(inputs))
            raise
        except (KafkaError, TimeoutError, TooLargeForTopicError) as error:
            observer.emit(TransactionAborted(inputs, problem(error)))
            if isinstance(error, TooLargeForTopicError):
                self._note_refusal(parcels)
            raise
        self._wait_seconds = _FIRST_WAIT_SECONDS
        self._scene.health.progress("a transaction was committed")
        observer.emit(TransactionCommitted(inputs, len(outputs), time.monotonic() - begun))
        for parcel in parcels:
            self._refusals[parcel.partition].settled(parcel.offsets)
            for event in parcel.committed():
                observer.emit(event)

    def _note_refusal(self, parcels: Sequence[Parcel]) -> None:
        letters = self._scene.settings.topic("dead-letters")
        alone = len(parcels) == 1 and len(parcels[0].offsets) == 1
        for parcel in parcels:
            self._refusals[parcel.partition].note(parcel.offsets, letters, alone=alone)

    async def _finish_commit(self) -> None:
        if self._committing is None:
            return
        committing, self._committing = self._committing, None
        await asyncio.wait([committing], timeout=COMMIT_GRACE_SECONDS)
        committing.cancel()
        await asyncio.gather(committing, return_exceptions=True)
