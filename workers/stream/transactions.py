"""One input partition's transactional producer: outputs and the input's offset are committed together, or not at all.

aiokafka does not fence by group generation, so the transactional id must name the input partition: whoever is given
the partition starts the producer, and from then on nothing of a predecessor that still believes in itself is accepted.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from workers.settings import Settings
from workers.stream import clients
from workers.stream.failures import FENCED, TOO_LARGE
from workers.stream.headers import Header

_MARGIN_SECONDS = 5.0


Sent = asyncio.Future[Any]
"""The broker's answer to a record or a batch."""


@dataclass(frozen=True, slots=True)
class Output:
    """A record to write."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[Header]
    partition: int | None = None
    """None: by the key, as Kafka's default partitioner does it (murmur2)."""
    timestamp_ms: int | None = None
    """None: now."""


class TooLargeForTopicError(Exception):
    """The broker takes one of the outputs for too large. The producer has to be opened anew."""


class PartitionProducer:
    """Writes what is made of one input partition."""

    def __init__(self, settings: Settings, group: str, partition: TopicPartition, role: str) -> None:
        self._settings = settings
        self._group = group
        self._partition = partition
        self._role = role
        self._producer: AIOKafkaProducer | None = None

    @property
    def transactional_id(self) -> str:
        return f"{self._group}-{self._partition.partition}"

    async def open(self) -> None:
        """Start a new producer: fences every other with this id and aborts what it had open. Raises KafkaError."""
        await self.close()
        self._producer = clients.transactional_producer(self._settings, self.transactional_id, self._role)
        async with asyncio.timeout(self._seconds()):
            await self._producer.start()

    async def commit(self, outputs: Sequence[Output], offset: int) -> None:
        """Write the outputs and commit the input's offset, in one transaction.

        Raises TooLargeForTopicError, KafkaError (ProducerFenced among them) or TimeoutError. After any of them nobody
        knows what the broker has: open() again and ask for the committed offset.
        """
        assert self._producer is not None  # noqa: S101 (open() comes first)
        async with asyncio.timeout(self._seconds()):
            await self._producer.begin_transaction()
            sent = [*await self._send(outputs), *await self._send_packed(outputs)]
            offsets = self._producer.send_offsets_to_transaction({self._partition: offset}, self._group)
            # commit_transaction would not fail for a record that failed: every answer has to be looked at.
            answers = await asyncio.gather(*sent, offsets, return_exceptions=True)
            _raise_worst([answer for answer in answers if isinstance(answer, BaseException)])
            await self._producer.commit_transaction()

    async def _send(self, outputs: Sequence[Output]) -> list[Sent]:
        """Records whose partition the key decides. Sending waits for nothing, so they are batched by partition."""
        assert self._producer is not None  # noqa: S101 (the caller has it)
        return [
            await self._producer.send(
                output.topic,
                value=output.value,
                key=output.key,
                timestamp_ms=output.timestamp_ms,
                headers=output.headers,
            )
            for output in outputs
            if output.partition is None
        ]

    async def _send_packed(self, outputs: Sequence[Output]) -> list[Sent]:
        """Records whose partition is given, packed into batches here: a tenth of the work of sending one by one."""
        assert self._producer is not None  # noqa: S101 (the caller has it)
        batches: dict[tuple[str, int], Any] = {}
        sent: list[Sent] = []
        for output in outputs:
            if output.partition is None:
                continue
            place = (output.topic, output.partition)
            batch = batches.get(place) or batches.setdefault(place, self._producer.create_batch())
            if not _append(batch, output):
                sent.append(await self._producer.send_batch(batch, output.topic, partition=output.partition))
                batches[place] = self._producer.create_batch()
                _append(batches[place], output)
        for (topic, number), batch in batches.items():
            sent.append(await self._producer.send_batch(batch, topic, partition=number))
        return sent

    async def close(self) -> None:
        """Stop the producer; an open transaction is aborted by the next one that starts, or by its timeout."""
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await clients.close(producer)

    def _seconds(self) -> float:
        # Later than that the broker has aborted the transaction, so there is nothing left to wait for.
        return self._settings.transaction_timeout_seconds + _MARGIN_SECONDS


def _append(batch: Any, output: Output) -> bool:
    """False when the batch is full. The first record of a batch always fits."""
    appended = batch.append(key=output.key, value=output.value, timestamp=output.timestamp_ms, headers=output.headers)
    return appended is not None


def _raise_worst(failures: list[BaseException]) -> None:
    for kinds in (FENCED, TOO_LARGE):
        for failure in failures:
            if isinstance(failure, kinds):
                raise TooLargeForTopicError(str(failure)) if kinds is TOO_LARGE else failure
    for failure in failures:
        raise failure if isinstance(failure, KafkaError) else KafkaError(repr(failure))
