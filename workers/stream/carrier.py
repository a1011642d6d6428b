"""A worker's transactional producer: outputs of all its partitions and the inputs' offsets, in one transaction.

Exactly once needs more than transactions: a predecessor that was frozen or cut off may wake up in the middle of one and
finish it. aiokafka does not fence by the group's generation, only transactional ids fence. So every owner writes its id
beside the offsets that it commits, and who takes a partition over fences the id that it finds there:

1. start a producer with an id that was never used before;
2. read the committed offsets and, beside each, the id of its last owner;
3. start, and close, a producer with each of those ids: what its owner had open is finished or aborted, and its owner
   can commit no more; then read again, until no new id is found;
4. claim: commit the same offsets with the new id beside them. The group takes that only from its present members, so
   an owner that no successor can see never begins to write.

One producer an input partition, its id made of the partition's number, would need no claims. But it needs a transaction
a partition, and a transaction costs the broker and the client milliseconds, whatever is in it: with a dozen partitions
that is most of a small machine.
"""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import IllegalOperation, KafkaError

from workers.settings import Settings
from workers.stream import clients
from workers.stream.failures import TOO_LARGE, worst
from workers.stream.headers import Header

_MARGIN_SECONDS = 5.0

_OWNER = "owner "
"""Before the transactional id in an offset's metadata; what other tools write there is no owner."""


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
    """The broker takes one of the outputs for too large. The carrier has to take over anew."""


Sent = asyncio.Future[Any]
"""The broker's answer to a record or a batch."""


class Carrier:
    """Commits what the partitions of a member give. After any error: close it and take over with another."""

    def __init__(self, settings: Settings, group: str, role: str, consumer: AIOKafkaConsumer) -> None:
        self._settings = settings
        self._group = group
        self._role = role
        self._consumer = consumer
        self._id = f"{group}-{uuid.uuid4().hex}"
        self._producer: AIOKafkaProducer | None = None

    async def take_over(self, partitions: Sequence[TopicPartition]) -> dict[TopicPartition, int | None]:
        """Own the partitions: nobody who had them before can write any more. Returns what is committed of each.

        claim() has to follow. Raises KafkaError or TimeoutError.
        """
        self._producer = self._new_producer(self._id)
        async with asyncio.timeout(self._seconds()):
            await self._producer.start()
            fenced: set[str] = set()
            while True:
                found = await clients.committed_with_metadata(self._consumer, partitions)
                owners = {owner for _, metadata in found.values() if (owner := self._owner(metadata)) is not None}
                if owners <= fenced:
                    return {partition: offset for partition, (offset, _) in found.items()}
                await asyncio.gather(*(self._fence(owner) for owner in owners - fenced))
                fenced |= owners

    async def claim(self, offsets: dict[TopicPartition, int]) -> None:
        """Let it be known whom to fence. Raises KafkaError: CommitFailedError to who is no member (any more)."""
        await self._consumer.commit(self._signed(offsets))

    async def commit(self, outputs: Sequence[Output], offsets: dict[TopicPartition, int]) -> None:
        """Write the outputs and commit the inputs' offsets.

        Raises TooLargeForTopicError, KafkaError (ProducerFenced among them) or TimeoutError. After any of them nobody
        knows what the broker has: take over anew and see.
        """
        assert self._producer is not None  # noqa: S101 (take_over() comes first)
        async with asyncio.timeout(self._seconds()):
            await self._producer.begin_transaction()
            sent: list[Sent] = []
            failures: list[BaseException] = []
            try:
                await self._send(outputs, sent)
                await self._send_packed(outputs, sent)
                await self._producer.send_offsets_to_transaction(self._signed(offsets), self._group)
            except (KafkaError, IllegalOperation) as error:
                failures.append(error)  # perhaps only that the transaction has failed; what was sent says why
            # commit_transaction would not fail for a record that failed: every answer has to be looked at.
            answers = await asyncio.gather(*sent, return_exceptions=True)
            _raise_worst([answer for answer in answers if isinstance(answer, BaseException)] + failures)
            await self._producer.commit_transaction()

    async def close(self) -> None:
        """Stop the producer; a transaction that is open is aborted by the next owner, or by its timeout."""
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await clients.close(producer)

    def _new_producer(self, transactional_id: str) -> AIOKafkaProducer:
        return clients.transactional_producer(self._settings, transactional_id, self._role)

    async def _fence(self, owner: str) -> None:
        producer = self._new_producer(owner)
        try:
            await producer.start()
        finally:
            await clients.close(producer)

    def _owner(self, metadata: str) -> str | None:
        owner = metadata.removeprefix(_OWNER)
        # Only ids of this group: an offset's metadata is for anybody to write.
        return owner if owner != metadata and owner.startswith(f"{self._group}-") else None

    def _signed(self, offsets: dict[TopicPartition, int]) -> dict[TopicPartition, tuple[int, str]]:
        return {partition: (offset, f"{_OWNER}{self._id}") for partition, offset in offsets.items()}

    async def _send(self, outputs: Sequence[Output], sent: list[Sent]) -> None:
        """Records whose partition the key decides. Sending waits for nothing, so they are batched by partition."""
        assert self._producer is not None  # noqa: S101 (the caller has it)
        for output in outputs:
            if output.partition is None:
                record = await self._producer.send(
                    output.topic,
                    value=output.value,
                    key=output.key,
                    timestamp_ms=output.timestamp_ms,
                    headers=output.headers,
                )
                sent.append(_looked_at(record))

    async def _send_packed(self, outputs: Sequence[Output], sent: list[Sent]) -> None:
        """Records whose partition is given, packed into batches here: a tenth of the work of sending one by one."""
        assert self._producer is not None  # noqa: S101 (the caller has it)
        batches: dict[tuple[str, int], Any] = {}
        for output in outputs:
            if output.partition is None:
                continue
            place = (output.topic, output.partition)
            batch = batches.get(place) or batches.setdefault(place, self._producer.create_batch())
            if not _append(batch, output):
                sent.append(_looked_at(await self._producer.send_batch(batch, place[0], partition=place[1])))
                batches[place] = self._producer.create_batch()
                _append(batches[place], output)
        for (topic, number), batch in batches.items():
            sent.append(_looked_at(await self._producer.send_batch(batch, topic, partition=number)))

    def _seconds(self) -> float:
        # Later than that the broker has aborted the transaction, so there is nothing left to wait for.
        return self._settings.transaction_timeout_seconds + _MARGIN_SECONDS


def _append(batch: Any, output: Output) -> bool:
    """False when the batch is full. The first record of a batch always fits."""
    appended = batch.append(key=output.key, value=output.value, timestamp=output.timestamp_ms, headers=output.headers)
    return appended is not None


def _looked_at(sent: Sent) -> Sent:
    """Its failure is not news, even where nobody comes to ask for it, since the work was cancelled."""
    sent.add_done_callback(lambda done: done.cancelled() or done.exception())
    return sent


def _raise_worst(found: Sequence[BaseException]) -> None:
    """Raise what decides what happens next, if anything has failed."""
    if found:
        failure = worst(found)
        if isinstance(failure, TOO_LARGE):
            raise TooLargeForTopicError(str(failure))
        raise failure if isinstance(failure, KafkaError) else KafkaError(repr(failure))
