"""Faust's clients as Broadsheet connects: the same TLS and logins, and only what is committed is read.

Faust makes its clients itself and gives them `read_uncommitted` unless it works in transactions of its own, which are
not for production (upstream #323, #517).
"""

import socket
from collections.abc import Mapping
from typing import Any, ClassVar

import aiokafka
import faust
from faust.transport.drivers import aiokafka as driver

from workers.settings import Settings
from workers.stream.clients import group_consumer, plain_producer
from workers.stream.reading import poll
from workers.stream.trends_links import NOTHING, Links
from workers.stream.trends_view import TrendsWeb

ROLE = "trends"

_AT_ONCE = 500
"""Records that Faust takes in one go. Without a limit it takes, and decodes, all that has been fetched of a backlog."""

_LOOK_MS = 50
"""Records that have been fetched are there at once; a partition that is empty is not waited for."""


class _ConsumerThread(driver.AIOKafkaConsumerThread):
    """Runs the consumer in a thread of its own, so that heartbeats are sent whatever the agent does."""

    _links: Links

    def __post_init__(self) -> None:
        super().__post_init__()
        self._links = Links()

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        self._assignor = self.app.assignor
        return group_consumer(
            transport.settings,
            transport.settings.trends_group,
            ROLE,
            # It gives a worker a partition of the sightings and the same of the state.
            partition_assignment_strategy=[self._assignor],
            max_poll_records=_AT_ONCE,
        )

    async def seek_to_committed(self) -> Any:
        return await self.call_thread(self._seek_to_committed, self._ensure_consumer())

    async def _seek_to_committed(self, consumer: aiokafka.AIOKafkaConsumer) -> Mapping[aiokafka.TopicPartition, int]:
        """To the partition's beginning where nothing is committed: aiokafka would stay where it has read to."""
        transport: Any = self.transport
        sightings = transport.settings.topic("sightings")
        places = [place for place in consumer.assignment() if place.topic == sightings]
        beginnings = await consumer.beginning_offsets(places) if places else {}
        committed = {place: await consumer.committed(place) for place in places}
        offsets = {place: max(beginnings[place], committed[place] or 0) for place in places}
        # Nothing is awaited from here on, so nothing is fetched between a seek and what is to be said of it.
        for place, offset in offsets.items():
            if place in consumer.assignment():
                consumer.seek(place, offset)
                self._links.begin(place, offset - 1 if committed[place] else NOTHING)
        return offsets

    async def _seek_wait(self, consumer: aiokafka.AIOKafkaConsumer, partitions: Mapping[Any, int]) -> None:
        """Recovery's: what is before these offsets it has."""
        for place in partitions:
            self._links.begin(_plain(place), NOTHING)
        await super()._seek_wait(consumer, partitions)

    async def _fetch_records(
        self, consumer: aiokafka.AIOKafkaConsumer, active_partitions: Any, *arguments: Any, **options: Any
    ) -> Any:
        fetched = await self._fetch_readable(consumer, active_partitions, *arguments, **options)
        return {partition: self._links.link(_plain(partition), records) for partition, records in fetched.items()}

    async def _fetch_readable(
        self, consumer: aiokafka.AIOKafkaConsumer, active_partitions: Any, *arguments: Any, **options: Any
    ) -> Any:
        try:
            return await super()._fetch_records(consumer, active_partitions, *arguments, **options)
        except UnicodeDecodeError:
            # One record's header has a name that cannot be decoded, and nothing says which: look one by one.
            found = {}
            for one in active_partitions:
                partition = aiokafka.TopicPartition(one.topic, one.partition)
                if records := await poll(consumer, partition, timeout_ms=_LOOK_MS, most=1):
                    found[one] = records
            return found


def _plain(place: Any) -> aiokafka.TopicPartition:
    """Faust has a class of its own for it."""
    return aiokafka.TopicPartition(place.topic, place.partition)


class _Consumer(driver.Consumer):
    def _new_consumer_thread(self) -> driver.AIOKafkaConsumerThread:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)


class _Producer(driver.Producer):
    def _new_producer(self, transactional_id: str | None = None) -> aiokafka.AIOKafkaProducer:
        transport: Any = self.transport
        return plain_producer(transport.settings, ROLE)


class Transport(driver.Transport):
    """Makes the consumer and the producer of a trends worker. `settings` has to be set before either is made."""

    Consumer: ClassVar[Any] = _Consumer
    Producer: ClassVar[Any] = _Producer
    settings: Settings


class App(faust.App):
    """A Faust application that connects as the settings say, keeps no files and makes no topics.

    `settings` and `view_socket` have to be set before anything is asked of it.
    """

    settings: Settings
    view_socket: socket.socket

    def bytes_of(self, topic: str) -> faust.TopicT:
        """One of Broadsheet's topics ("sightings"), its keys and values as the bytes that they are.

        Without acks: Faust would commit what it has handed over, and not what has been written.
        """
        return self.topic(
            self.settings.topic(topic),
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            acks=False,
        )

    def _new_transport(self) -> Transport:
        transport = Transport(self.conf.broker_consumer, self)
        transport.settings = self.settings
        return transport

    def _new_producer_transport(self) -> Transport:
        return self._new_transport()

    def _new_web(self) -> TrendsWeb:
        web = TrendsWeb(self)
        web.socket = self.view_socket
        return web

    def _create_directories(self) -> None:
        """Faust would make a folder for tables on disk, in the working directory."""
