"""Kafka clients as the workers need them. Make them inside the running event loop."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from workers.settings import Settings
from workers.stream.connection import client_options

_REQUEST_SECONDS = 30.0
"""Longer than a rebalance may take, since the broker answers a join only when the whole group has joined."""

_REBALANCE_SECONDS = 20.0
"""How long a group waits for a member to give up its partitions; ours do it in CLOSE_SECONDS at most."""

CLOSE_SECONDS = 3.0
"""A client that is not closed by then is left to itself: its broker does not answer, and a worker has to leave."""

_FETCH_WAIT_SECONDS = 0.05
"""aiokafka has one fetch a broker under way; while it waits, partitions that have become hungry wait with it."""

_FETCH_BYTES = 2**20
"""From one partition in one fetch, compressed. A larger record comes alone."""

_BATCH_BYTES = 256 * 2**10
"""Records written together: large enough to compress well, small enough for any topic's limit. A larger record goes
alone, so that an answer "too large" is about one record."""

_RETRY_SECONDS = 0.025
"""Brokers answer "again, please" while they write the markers of the transaction before; that takes milliseconds."""

_NO_CLIENT_LIMIT = 2**31 - 1
"""What is too large is for the topic to say; a client's own limit would refuse what compresses well."""


def group_consumer(settings: Settings, group: str, role: str, **options: Any) -> AIOKafkaConsumer:
    """A member of a consumer group that commits nothing by itself. options: others of AIOKafkaConsumer's."""
    rebalance_seconds = min(settings.session_timeout_seconds, _REBALANCE_SECONDS)
    return AIOKafkaConsumer(
        **client_options(settings, role),
        group_id=group,
        group_instance_id=settings.group_instance_id,
        enable_auto_commit=False,
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        session_timeout_ms=_ms(settings.session_timeout_seconds),
        heartbeat_interval_ms=_ms(settings.session_timeout_seconds / 4),
        rebalance_timeout_ms=_ms(rebalance_seconds),
        max_poll_interval_ms=_ms(settings.max_poll_interval_seconds),
        request_timeout_ms=_ms(_REQUEST_SECONDS),
        fetch_max_wait_ms=_ms(_FETCH_WAIT_SECONDS),
        max_partition_fetch_bytes=_FETCH_BYTES,
        **options,
    )


def reader(settings: Settings, role: str, **options: Any) -> AIOKafkaConsumer:
    """A consumer outside any group, for reading partitions from one offset to another: assign, seek, read."""
    return AIOKafkaConsumer(
        **client_options(settings, role),
        **{
            "enable_auto_commit": False,
            "isolation_level": "read_committed",
            # The default, latest, makes a read from the beginning find nothing.
            "auto_offset_reset": "earliest",
            "request_timeout_ms": _ms(_REQUEST_SECONDS),
            "fetch_max_wait_ms": _ms(_FETCH_WAIT_SECONDS),
            "max_partition_fetch_bytes": 4 * _FETCH_BYTES,
            **options,
        },
    )


def transactional_producer(settings: Settings, transactional_id: str, role: str) -> AIOKafkaProducer:
    """A producer that writes in transactions; starting it fences the one before it with the same id."""
    return AIOKafkaProducer(
        **client_options(settings, role),
        transactional_id=transactional_id,
        transaction_timeout_ms=_ms(settings.transaction_timeout_seconds),
        compression_type=None if settings.kafka_compression == "none" else settings.kafka_compression,
        max_batch_size=_BATCH_BYTES,
        max_request_size=_NO_CLIENT_LIMIT,
        retry_backoff_ms=_ms(_RETRY_SECONDS),
        request_timeout_ms=_ms(_REQUEST_SECONDS),
    )


def plain_producer(settings: Settings, role: str) -> AIOKafkaProducer:
    """A producer without transactions. Idempotent: what it sends again is there once, and in order."""
    return AIOKafkaProducer(
        **client_options(settings, role),
        enable_idempotence=True,
        compression_type=None if settings.kafka_compression == "none" else settings.kafka_compression,
        max_batch_size=_BATCH_BYTES,
        max_request_size=_NO_CLIENT_LIMIT,
        retry_backoff_ms=_ms(_RETRY_SECONDS),
        request_timeout_ms=_ms(_REQUEST_SECONDS),
    )


async def close(client: AIOKafkaConsumer | AIOKafkaProducer, seconds: float = CLOSE_SECONDS) -> None:
    """Close a client in good order, or at least within the time given."""
    closing = asyncio.ensure_future(client.stop())
    await asyncio.wait([closing], timeout=seconds)
    if closing.done():
        if not closing.cancelled():
            closing.exception()  # whatever went wrong has been reported where it mattered
        return
    closing.cancel()
    for task in _background_tasks(client):
        task.cancel()
    with contextlib.suppress(Exception):
        async with asyncio.timeout(seconds):
            await (client.client if isinstance(client, AIOKafkaProducer) else client._client).close()


def _background_tasks(client: AIOKafkaConsumer | AIOKafkaProducer) -> list[asyncio.Task[None]]:
    """What a client whose stop() was cut short would leave running, trying a dead broker for ever."""
    owners = [getattr(client, name, None) for name in ("_coordinator", "_fetcher", "_sender")]
    names = ("_heartbeat_task", "_coordination_task", "_commit_refresh_task", "_fetch_task", "_sender_task")
    found = [getattr(owner, name, None) for owner in owners for name in names]
    return [task for task in found if task is not None]


async def partitions_of(consumer: AIOKafkaConsumer, topic: str) -> list[TopicPartition]:
    """Every partition of a topic, in order; an empty list when there is no such topic."""
    # All topics are asked for at once: asking for one by name may make it, on careless clusters. The answer is not
    # what the consumer itself knows, which is nothing before it has been assigned anything.
    cluster = await consumer._client.fetch_all_metadata()
    return [TopicPartition(topic, number) for number in sorted(cluster.partitions_for_topic(topic) or ())]


async def committed_with_metadata(
    consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]
) -> dict[TopicPartition, tuple[int | None, str]]:
    """Partition -> what the consumer's group has committed (None: nothing), and its metadata. Raises KafkaError."""
    # consumer.committed() asks the same, one partition at a time, and throws the metadata away.
    found = await consumer._coordinator.fetch_committed_offsets(list(partitions))
    return {one: (found[one].offset, found[one].metadata) if one in found else (None, "") for one in partitions}


async def committed_offsets(settings: Settings, group: str, partitions: list[TopicPartition]) -> dict[int, int]:
    """Partition number -> what a group has committed; 0 where it has committed nothing. Raises KafkaError."""
    consumer = reader(settings, "offsets", group_id=group)
    try:
        await consumer.start()
        return {one.partition: await consumer.committed(one) or 0 for one in partitions}
    finally:
        await close(consumer)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
