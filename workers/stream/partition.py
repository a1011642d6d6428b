"""One assigned input partition: fence the predecessor, find the position, work, start over after a failure."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from workers.observe.events import (
    Observer,
    PagesExpired,
    PartitionRetried,
    PartitionStarted,
    TransactionAborted,
    TransactionCommitted,
    TransactionFenced,
)
from workers.settings import Settings
from workers.stream.failures import FENCED, Verdict, problem, verdict
from workers.stream.health import Health
from workers.stream.transactions import Output, PartitionProducer, TooLargeForTopicError

_FIRST_WAIT_SECONDS = 0.2
_LONGEST_WAIT_SECONDS = 10.0

COMMIT_GRACE_SECONDS = 4.0
"""How long a transaction that is under way may take to finish when the partition has to be let go."""


@dataclass(frozen=True)
class Scene:
    """What every partition of a worker shares."""

    settings: Settings
    observer: Observer
    health: Health
    group: str
    role: str


class Partition(ABC):
    """What both workers do with a partition; subclasses say what is done with its records."""

    def __init__(self, scene: Scene, consumer: AIOKafkaConsumer, partition: TopicPartition) -> None:
        self.scene = scene
        self.consumer = consumer
        self.partition = partition
        self.producer = PartitionProducer(scene.settings, scene.group, partition, scene.role)
        self.started = False
        self._committing: asyncio.Task[None] | None = None
        self._wait_seconds = _FIRST_WAIT_SECONDS
        self._task: asyncio.Task[None] | None = None

    def start(self) -> asyncio.Task[None]:
        """Begin to work in the background. The task ends only by a failure or by stop()."""
        self._task = asyncio.get_running_loop().create_task(self._run())
        return self._task

    async def stop(self) -> None:
        """Stop at once, or as soon as the transaction under way is through. Never raises."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._committing is not None and not self._committing.done():
            await asyncio.wait([self._committing], timeout=COMMIT_GRACE_SECONDS)
            self._committing.cancel()
            await asyncio.gather(self._committing, return_exceptions=True)
        await self.producer.close()

    async def lag(self, end_offset: int) -> int:
        """How many records are not committed yet, transaction markers included."""
        pending = self.first_pending_offset()
        position = pending if pending is not None else await self.consumer.position(self.partition)
        return max(0, end_offset - position)

    @abstractmethod
    async def prepare(self) -> None:
        """Between fencing and reading: make ready what depends on the partition's past."""

    @abstractmethod
    async def work(self) -> None:
        """Process records from the consumer's position on, and commit. Ends only by an exception."""

    @abstractmethod
    def first_pending_offset(self) -> int | None:
        """The offset of the first record that has been read and not committed."""

    @abstractmethod
    def too_large(self) -> None:
        """An output of the last commit was too large for its topic. Called before the work starts over."""

    async def commit(self, outputs: Sequence[Output], offset: int, inputs: int) -> None:
        """Commit a transaction. Once begun it goes on when the caller is cancelled: it ends one way or the other."""
        self._committing = asyncio.get_running_loop().create_task(self._commit(outputs, offset, inputs))
        await asyncio.shield(self._committing)

    async def _commit(self, outputs: Sequence[Output], offset: int, inputs: int) -> None:
        topic, number = self.partition
        begun = time.monotonic()
        try:
            await self.producer.commit(outputs, offset)
        except FENCED:
            self.scene.observer.emit(TransactionFenced(topic, number))
            raise
        except (KafkaError, TimeoutError, TooLargeForTopicError) as error:
            self.scene.observer.emit(TransactionAborted(topic, number, problem(error)))
            raise
        seconds = time.monotonic() - begun
        self._wait_seconds = _FIRST_WAIT_SECONDS
        self.scene.health.progress("a transaction was committed")
        self.scene.observer.emit(TransactionCommitted(topic, number, offset, inputs, len(outputs), seconds))
        self.committed()

    @abstractmethod
    def committed(self) -> None:
        """The transaction is through: report what it held."""

    async def _run(self) -> None:
        while True:
            try:
                await self._start()
                await self.work()
            except TooLargeForTopicError:
                self.too_large()
            except (KafkaError, TimeoutError, OSError) as error:
                if verdict(error) is not Verdict.RETRY:
                    raise
                topic, number = self.partition
                self.scene.observer.emit(PartitionRetried(topic, number, problem(error), self._wait_seconds))
                await asyncio.sleep(self._wait_seconds)
                self._wait_seconds = min(2 * self._wait_seconds, _LONGEST_WAIT_SECONDS)
            finally:
                self.started = False

    async def _start(self) -> None:
        """Fence, prepare, and only then ask where to go on: before, a predecessor could still commit."""
        begun = time.monotonic()
        await self.producer.open()
        await self.prepare()
        committed = await self.consumer.committed(self.partition)
        beginning = (await self.consumer.beginning_offsets([self.partition]))[self.partition]
        offset = committed if committed is not None else beginning
        topic, number = self.partition
        if offset < beginning:
            self.scene.observer.emit(PagesExpired(topic, number, offset, beginning - offset))
            offset = beginning
        self.consumer.seek(self.partition, offset)
        self.started = True
        self.scene.health.progress("a partition was started")
        self.scene.observer.emit(PartitionStarted(topic, number, offset, time.monotonic() - begun))


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
