"""What a worker does with one of its input partitions: read, process, and have ready what can be committed."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from workers.observe.events import Event, Observer
from workers.settings import Settings
from workers.stream.carrier import Output
from workers.stream.health import Health
from workers.stream.refusals import Refusals


@dataclass(frozen=True)
class Scene:
    """What everything in a worker shares."""

    settings: Settings
    observer: Observer
    health: Health
    group: str
    role: str


@dataclass(frozen=True)
class Parcel:
    """What a partition gives to a transaction."""

    partition: TopicPartition
    offsets: list[int]
    """Of the inputs, in order."""
    outputs: list[Output]
    size: int
    """Bytes of the inputs."""
    committed: Callable[[], list[Event]]
    """To be called when the transaction is through; gives the events that it has to report."""


class Signal:
    """Tells the one who commits that a partition has something, and since when."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.since = 0.0
        """Loop time."""

    def set(self) -> None:
        """Something can be committed."""
        if not self._event.is_set():
            self.since = asyncio.get_running_loop().time()
            self._event.set()

    def clear(self) -> None:
        """All of it is being committed."""
        self._event.clear()

    async def wait(self, seconds: float | None = None) -> None:
        """Until it is set, or so many seconds have passed."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return


class Partition(ABC):
    """One assigned partition from taking it over to letting it go. Made anew when a transaction has failed."""

    def __init__(
        self,
        scene: Scene,
        consumer: AIOKafkaConsumer,
        partition: TopicPartition,
        refusals: Refusals,
        ready: Signal,
    ) -> None:
        """refusals: what its topics have refused so far. ready: to be set when there is something to commit."""
        self.scene = scene
        self.consumer = consumer
        self.partition = partition
        self.refusals = refusals
        self.ready = ready
        self.started = False

    @abstractmethod
    async def run(self, offset: int) -> None:
        """Process records from the offset on. Ends only by an exception; lets go of everything when it ends."""

    @abstractmethod
    def ready_size(self) -> tuple[int, int]:
        """How many inputs, and bytes of them, can be committed now."""

    @abstractmethod
    def next_ready(self) -> int | None:
        """The offset of the first input, if it can be committed now."""

    @abstractmethod
    def take(self, most: int, most_bytes: int) -> Parcel | None:
        """What is to be committed next: so many inputs and bytes at most, but one input however large. In order.

        What has to be alone in a transaction is taken only when one input is asked for.
        """

    @abstractmethod
    def first_pending_offset(self) -> int | None:
        """The offset of the first record that has been read and not committed."""

    async def lag(self, end_offset: int) -> int:
        """How many records are not committed yet, transaction markers included."""
        pending = self.first_pending_offset()
        position = pending if pending is not None else await self.consumer.position(self.partition)
        return max(0, end_offset - position)


async def together(*works: Coroutine[Any, Any, None]) -> None:
    """Run several works until one of them ends, then end the others and raise what the first one raised."""
    tasks = [asyncio.get_running_loop().create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
