"""Another implementation of Kafka's protocol (librdkafka): what crawlers and readers really use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import confluent_kafka as kafka
from confluent_kafka import admin

from workers.settings import Settings
from workers.stream.headers import Header

Page = tuple[bytes | None, bytes | None, Sequence[Header]]
"""Key, value, headers."""

_LARGEST_BYTES = 100 * 2**20
_SECONDS = 60.0


@dataclass(frozen=True)
class Record:
    """A record as librdkafka reads it."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]

    def header(self, name: str) -> str:
        return (dict(self.headers)[name] or b"").decode()


def publish(settings: Settings, pages: Iterable[Page], *, topic: str = "pages", at: float | None = None) -> list[str]:
    """Write pages; returns topic:partition:offset of each, in order. at: their Kafka timestamp in seconds, else now."""
    stamped: dict[str, Any] = {} if at is None else {"timestamp": round(at * 1000)}
    producer = kafka.Producer(
        {
            "bootstrap.servers": settings.kafka_bootstrap_servers,
            "message.max.bytes": _LARGEST_BYTES,
            "compression.type": "zstd",
            "partitioner": "murmur2_random",
            "linger.ms": 5,
            "log_level": 2,  # a broker that a test has killed is no news
            # A broker that is killed may have written what it has not answered: sent again, it must not be there twice.
            "enable.idempotence": True,
        }
    )
    places: dict[int, str] = {}
    for number, (key, value, headers) in enumerate(pages):

        def written(error: object, message: "kafka.Message", number: int = number) -> None:
            assert error is None, error
            places[number] = f"{message.topic()}:{message.partition()}:{message.offset()}"

        producer.produce(
            settings.topic(topic), key=key, value=value, headers=list(headers), on_delivery=written, **stamped
        )
        producer.poll(0)
    assert producer.flush(_SECONDS) == 0
    return [places[number] for number in sorted(places)]


def read_committed(settings: Settings, topic: str) -> list[Record]:
    """Every committed record on the topic, by partition and offset."""
    consumer = kafka.Consumer(
        {
            "bootstrap.servers": settings.kafka_bootstrap_servers,
            "group.id": "not-used",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "enable.partition.eof": True,
            "fetch.message.max.bytes": _LARGEST_BYTES,
        }
    )
    try:
        name = settings.topic(topic)
        partitions = consumer.list_topics(name, timeout=_SECONDS).topics[name].partitions
        consumer.assign([kafka.TopicPartition(name, number, kafka.OFFSET_BEGINNING) for number in partitions])
        records: list[Record] = []
        open_partitions = set(partitions)
        while open_partitions:
            # What librdkafka's types leave open (no topic, no partition) does not happen to messages that were polled.
            message: Any = consumer.poll(_SECONDS)
            assert message is not None, "the broker does not answer"
            if message.error() is not None:
                assert message.error().code() == kafka.KafkaError._PARTITION_EOF, message.error()
                open_partitions.discard(message.partition())
                continue
            headers = [(name, _bytes(value)) for name, value in message.headers() or []]
            records.append(Record(message.partition(), message.offset(), message.key(), message.value(), headers))
        return sorted(records, key=lambda record: (record.partition, record.offset))
    finally:
        consumer.close()


def _bytes(value: str | bytes | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value


def limit_messages(settings: Settings, topic: str, most_bytes: int) -> None:
    """Set what the broker takes on a topic, compressed."""
    api: Any = admin
    entry = api.ConfigEntry("max.message.bytes", str(most_bytes), incremental_operation=api.AlterConfigOpType.SET)
    resource = api.ConfigResource(api.ConfigResource.Type.TOPIC, settings.topic(topic), incremental_configs=[entry])
    client = api.AdminClient({"bootstrap.servers": settings.kafka_bootstrap_servers})
    for future in client.incremental_alter_configs([resource]).values():
        future.result(_SECONDS)


def delete_topic(settings: Settings, topic: str) -> None:
    """Delete one of Broadsheet's topics with everything on it."""
    api: Any = admin
    client = api.AdminClient({"bootstrap.servers": settings.kafka_bootstrap_servers})
    for future in client.delete_topics([settings.topic(topic)]).values():
        future.result(_SECONDS)
