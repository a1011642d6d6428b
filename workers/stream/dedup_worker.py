"""The dedup worker: sightings in; each teaser and snippet once in its window out."""

from aiokafka import AIOKafkaConsumer, TopicPartition

from workers.settings import Settings
from workers.stream.dedup_partition import DedupPartition
from workers.stream.membership import Membership
from workers.stream.memory import Memory
from workers.stream.partition import Partition, Scene, Signal
from workers.stream.refusals import Refusals
from workers.stream.service import run_worker

_LINGER_SECONDS = 0.025
"""How long a transaction waits for more sightings. They come in bursts, with the commits of the segment workers."""

TOPICS = ("sightings", "teasers", "snippets", "dead-letters")


async def run_dedup_worker(settings: Settings) -> int:
    """Run until told to stop; returns the exit code."""
    return await run_worker(settings, "dedup", settings.dedup_group, TOPICS, deduplicate)


async def deduplicate(scene: Scene) -> None:
    """Be a dedup worker until cancelled. Raises what cannot be mended here."""
    memories: dict[int, Memory] = {}

    def make(consumer: AIOKafkaConsumer, partition: TopicPartition, refusals: Refusals, ready: Signal) -> Partition:
        return DedupPartition(scene, memories, consumer, partition, refusals, ready)

    def keep_only(partitions: set[int]) -> None:
        """What stays with this worker is not read again; what has gone elsewhere is not remembered for ever."""
        for number in set(memories) - partitions:
            del memories[number]

    topic = scene.settings.topic("sightings")
    await Membership(scene, topic, make, linger_seconds=lambda: _LINGER_SECONDS, assigned=keep_only).run()
