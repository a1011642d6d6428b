"""Does the broker serve? An open port is not enough: coordinators come up later. So do what a worker does, once."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError

PROBE = "broadsheet-broker-probe"
"""Topic, group and transactional id of the probe; outside any topic prefix."""

ATTEMPT_SECONDS = 15.0
"""One attempt; a broker that is about to serve answers in well under a second."""


async def serves(address: str) -> bool:
    """True when metadata, transaction and group coordinators answer: one record is written, read and committed."""
    with _quiet_client():
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                await _round_trip(address)
        except (KafkaError, OSError, TimeoutError):
            return False
    return True


async def _round_trip(address: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    await admin.start()
    try:
        with contextlib.suppress(TopicAlreadyExistsError):  # an earlier probe was cut short
            await admin.create_topics([NewTopic(PROBE, num_partitions=1, replication_factor=1)])
        position = await _produce(address)
        await _consume(address, position)
        await admin.delete_topics([PROBE])
    finally:
        await admin.close()


async def _produce(address: str) -> int:
    async with AIOKafkaProducer(bootstrap_servers=address, transactional_id=PROBE) as producer, producer.transaction():
        sent = await producer.send_and_wait(PROBE, b"probe", partition=0)
    return int(sent.offset)


async def _consume(address: str, position: int) -> None:
    partition = TopicPartition(PROBE, 0)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=address, group_id=PROBE, enable_auto_commit=False, isolation_level="read_committed"
    )
    await consumer.start()
    try:
        consumer.assign([partition])
        consumer.seek(partition, position)
        await consumer.getone()
        await consumer.commit({partition: position + 1})
    finally:
        await consumer.stop()


@contextlib.contextmanager
def _quiet_client() -> Iterator[None]:
    """A broker that is still starting is no news: the client's complaints about it are kept off the screen."""
    logger = logging.getLogger("aiokafka")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
