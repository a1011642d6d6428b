"""A worker's membership in a consumer group: join, work on what is assigned, measure lag, join anew after a failure."""

import asyncio
import contextlib
from collections.abc import Callable

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError

from workers.observe.events import MembershipRestarted, PartitionsAssigned, PartitionsRevoked
from workers.stream import clients
from workers.stream.failures import Verdict, problem, verdict
from workers.stream.health import STALL_SECONDS
from workers.stream.ownership import MakePartition, Ownership
from workers.stream.partition import Partition, Scene, together
from workers.stream.refusals import Refusals

_LAG_SECONDS = 5.0
"""How often the end of each partition is asked for: half of what a scrape every 15 s would notice."""

_LOOK_SECONDS = 0.1
_POLL_SECONDS = 1.0

_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0

_RESTART_AFTER_STALLS = 2.0
"""A consumer that has stalled silently is replaced; before that, /healthz has said so for a while."""


class StalledError(Exception):
    """Records are waiting and nothing is done about them."""


class Membership(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka ships no types
    """Works on what the group assigns to this worker of a topic."""

    def __init__(
        self,
        scene: Scene,
        topic: str,
        make_partition: MakePartition,
        *,
        linger_seconds: Callable[[], float],
        assigned: Callable[[set[int]], None] = lambda _: None,
    ) -> None:
        """linger_seconds: how long a transaction may wait for more. assigned: is told each rebalance's partitions."""
        self._scene = scene
        self._topic = topic
        self._make_partition = make_partition
        self._linger_seconds = linger_seconds
        self._assigned = assigned
        self._consumer: AIOKafkaConsumer | None = None
        self._ownership: Ownership | None = None
        self._owning: asyncio.Task[None] | None = None
        self._failure: asyncio.Future[None] | None = None
        self._refusals: dict[TopicPartition, Refusals] = {}

    async def run(self) -> None:
        """Be a member until cancelled. Raises what no retry can mend (workers.stream.failures.PERMANENT)."""
        wait_seconds = _FIRST_WAIT_SECONDS
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                await self._be_a_member()
            except (KafkaError, TimeoutError, OSError, StalledError) as error:
                if verdict(error) is Verdict.GIVE_UP:
                    raise
                if asyncio.get_running_loop().time() - begun > _LONGEST_WAIT_SECONDS:
                    wait_seconds = _FIRST_WAIT_SECONDS
                self._scene.observer.emit(MembershipRestarted(problem(error), wait_seconds))
                await asyncio.sleep(wait_seconds)
                wait_seconds = min(2 * wait_seconds, _LONGEST_WAIT_SECONDS)

    async def _be_a_member(self) -> None:
        self._scene.health.not_ready("joining the group")
        self._failure = asyncio.get_running_loop().create_future()
        self._consumer = clients.group_consumer(self._scene.settings, self._scene.group, self._scene.role)
        try:
            await self._consumer.start()
            self._consumer.subscribe([self._topic], listener=self)
            await together(self._first_failure(self._failure), self._watch_group(), self._watch_work())
        finally:
            self._scene.health.not_ready("left the group")
            await self._let_go()
            await clients.close(self._consumer)

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Before a rebalance: everything is let go, what is under way is finished or aborted."""
        if revoked:
            self._scene.observer.emit(PartitionsRevoked(sorted(one.partition for one in revoked)))
        self._scene.health.not_ready("rebalancing")
        await self._let_go()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """After a rebalance. Taking over takes time, so it goes on in the background while heartbeats are sent."""
        self._scene.observer.emit(PartitionsAssigned(sorted(one.partition for one in assigned)))
        self._assigned({one.partition for one in assigned})
        self._ownership = Ownership(
            self._scene,
            self._consumer,
            sorted(assigned),
            self._make_partition,
            linger_seconds=self._linger_seconds,
            refusals=self._refusals,
        )
        self._owning = asyncio.get_running_loop().create_task(self._ownership.run())
        self._owning.add_done_callback(self._ended)

    async def _let_go(self) -> None:
        owning, partitions = self._owning, self._partitions()
        self._owning = self._ownership = None
        if owning is not None:
            owning.cancel()
            await asyncio.gather(owning, return_exceptions=True)
        for partition in partitions:
            with contextlib.suppress(KeyError):  # its lag has not been measured yet
                self._scene.observer.metrics.consumer_lag.remove(partition.topic, str(partition.partition))

    def _ended(self, owning: asyncio.Task[None]) -> None:
        error = None if owning.cancelled() else owning.exception()
        if error is not None and self._failure is not None and not self._failure.done():
            self._failure.set_exception(error)

    @staticmethod
    async def _first_failure(failure: asyncio.Future[None]) -> None:
        await failure

    def _partitions(self) -> dict[TopicPartition, Partition]:
        return dict(self._ownership.partitions) if self._ownership is not None else {}

    async def _watch_group(self) -> None:
        """Learn of what goes wrong in the group itself, and stay a member while no partition asks for records.

        aiokafka raises coordination errors only from calls like this one, and counts only such calls as a sign of
        life. The partition asked for exists nowhere, so that nobody's records are taken.
        """
        assert self._consumer is not None  # noqa: S101 (set by the caller)
        nowhere = TopicPartition(self._topic, -1)
        while True:
            await self._consumer.getmany(nowhere, timeout_ms=round(_POLL_SECONDS * 1000))
            if self._scene.health.stalled_seconds() > _RESTART_AFTER_STALLS * STALL_SECONDS:
                self._scene.health.progress("the consumer was replaced")
                raise StalledError("records are waiting and none is processed")

    async def _watch_work(self) -> None:
        """Notice when the process was asleep; say when all partitions are at work; measure how far behind each is."""
        clock = asyncio.get_running_loop().time
        measure_at = clock()
        while True:
            ownership = self._ownership
            if ownership is not None:
                ownership.stay_awake()
                if not ownership.started:
                    self._scene.health.not_ready("partitions are being taken over")
                else:
                    self._scene.health.ready()
                    if clock() >= measure_at:
                        await self._measure_lag(self._partitions())
                        measure_at = clock() + _LAG_SECONDS
            await asyncio.sleep(_LOOK_SECONDS)

    async def _measure_lag(self, partitions: dict[TopicPartition, Partition]) -> None:
        """Tells idle from stuck, too."""
        assert self._consumer is not None  # noqa: S101 (set by the caller)
        ends = await self._consumer.end_offsets(list(partitions)) if partitions else {}
        behind = 0
        for key, partition in partitions.items():
            if self._partitions().get(key) is partition and partition.started:
                lag = await partition.lag(ends[key])
                behind += lag
                self._scene.observer.metrics.consumer_lag.labels(key.topic, key.partition).set(lag)
        if not behind:
            self._scene.health.progress("there is nothing to do")
