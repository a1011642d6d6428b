"""Taking partitions over: who had them before writes nothing any more, and who is no member cannot claim them."""

import asyncio
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.errors import CommitFailedError, KafkaError

from tests.conftest import Topics
from tests.foreign_client import publish, read_committed
from workers.settings import Settings
from workers.stream import clients
from workers.stream.carrier import Carrier, Output


async def member(settings: Settings) -> Any:
    """A consumer that has joined the segment group and has all partitions."""
    consumer = clients.group_consumer(settings, settings.segment_group, "segment")
    await consumer.start()
    consumer.subscribe([settings.topic("pages")])
    async with asyncio.timeout(60):
        await consumer.getmany(timeout_ms=0)  # waits for an assignment, as long as there has never been one
    return consumer


def freeze(consumer: Any) -> None:
    """Let the group believe that the member is dead; it does not learn of that itself."""
    for name in ("_heartbeat_task", "_coordination_task"):
        getattr(consumer._coordinator, name).cancel()


def carrier(settings: Settings, consumer: Any) -> Carrier:
    return Carrier(settings, settings.segment_group, "segment", consumer)


def output(settings: Settings, value: bytes) -> Output:
    return Output(settings.topic("sightings"), b"k", value, [])


def test_a_predecessor_in_the_middle_of_a_transaction_is_fenced(topics: Topics) -> None:
    settings = topics(partitions=1, session_timeout_seconds=3.0)
    partition = TopicPartition(settings.topic("pages"), 0)
    publish(settings, [(None, b"page", [])] * 10)

    async def main() -> None:
        first = await member(settings)
        zombie = carrier(settings, first)
        assert await zombie.take_over([partition]) == {partition: None}
        await zombie.claim({partition: 0})
        await zombie.commit([output(settings, b"before")], {partition: 4})
        freeze(first)
        assert zombie._producer is not None
        await zombie._producer.begin_transaction()
        await zombie._producer.send_and_wait(settings.topic("sightings"), b"in the middle", b"k")

        second = await member(settings)
        successor = carrier(settings, second)
        assert await successor.take_over([partition]) == {partition: 4}
        await successor.claim({partition: 4})
        with pytest.raises(KafkaError):
            await zombie._producer.send_offsets_to_transaction({partition: 10}, settings.segment_group)
        await successor.commit([output(settings, b"after")], {partition: 6})
        await zombie.close()
        await successor.close()

        third = carrier(settings, second)
        assert await third.take_over([partition]) == {partition: 6}
        await third.close()
        await clients.close(first)
        await clients.close(second)

    asyncio.run(main())
    assert [record.value for record in read_committed(settings, "sightings")] == [b"before", b"after"]


def test_a_predecessor_that_has_written_nothing_yet_is_fenced_too(topics: Topics) -> None:
    settings = topics(partitions=1, session_timeout_seconds=3.0)
    partition = TopicPartition(settings.topic("pages"), 0)

    async def main() -> None:
        first = await member(settings)
        zombie = carrier(settings, first)
        await zombie.take_over([partition])
        await zombie.claim({partition: 0})
        freeze(first)
        second = await member(settings)
        successor = carrier(settings, second)
        await successor.take_over([partition])
        await successor.claim({partition: 0})
        with pytest.raises(KafkaError):
            await zombie.commit([output(settings, b"too late")], {partition: 5})
        for one in (zombie, successor):
            await one.close()
        for consumer in (first, second):
            await clients.close(consumer)

    asyncio.run(main())
    assert read_committed(settings, "sightings") == []


def test_who_is_no_member_any_more_cannot_claim(topics: Topics) -> None:
    settings = topics(partitions=1, session_timeout_seconds=3.0)
    partition = TopicPartition(settings.topic("pages"), 0)

    async def main() -> None:
        first = await member(settings)
        zombie = carrier(settings, first)
        await zombie.take_over([partition])
        freeze(first)
        second = await member(settings)
        successor = carrier(settings, second)
        await successor.take_over([partition])
        await successor.claim({partition: 0})
        with pytest.raises(CommitFailedError):
            await zombie.claim({partition: 0})
        await successor.commit([output(settings, b"mine")], {partition: 1})
        for one in (zombie, successor):
            await one.close()
        for consumer in (first, second):
            await clients.close(consumer)

    asyncio.run(main())
    assert [record.value for record in read_committed(settings, "sightings")] == [b"mine"]


def test_what_other_tools_write_beside_an_offset_is_nobody(topics: Topics) -> None:
    settings = topics(partitions=2)
    partitions = [TopicPartition(settings.topic("pages"), number) for number in range(2)]

    async def main() -> None:
        consumer = await member(settings)
        await consumer.commit({partitions[0]: (0, "owner somebody-else"), partitions[1]: (0, "reset by hand")})
        one = carrier(settings, consumer)
        assert await one.take_over(partitions) == {partitions[0]: 0, partitions[1]: 0}
        await one.close()
        await clients.close(consumer)

    asyncio.run(main())
