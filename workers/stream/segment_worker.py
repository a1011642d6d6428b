"""The segment worker: pages in; articles, sightings and dead letters out, each page exactly once."""

import os

from aiokafka import AIOKafkaConsumer, TopicPartition

from workers.observe.events import ChildDied, Observer
from workers.settings import Settings
from workers.stream.budget import Budget
from workers.stream.flood import FloodGuard
from workers.stream.membership import Membership
from workers.stream.partition import Partition, Scene, Signal, together
from workers.stream.pool import Pool
from workers.stream.refusals import Refusals
from workers.stream.segment_partition import SegmentPartition, Workshop
from workers.stream.service import run_worker

TASK = "workers.stream.segment_task:segment_page"

_LONGEST_LINGER_SECONDS = 0.5
"""Beyond, a transaction is full anyway, or has so much in it that another one costs next to nothing."""

TOPICS = ("pages", "articles", "sightings", "dead-letters")


async def run_segment_worker(settings: Settings, task: str = TASK) -> int:
    """Run until told to stop; returns the exit code. task: what children do with a page (tests break it)."""

    async def work(scene: Scene) -> None:
        await segment_pages(scene, task)

    return await run_worker(settings, "segment", settings.segment_group, TOPICS, work)


async def segment_pages(scene: Scene, task: str = TASK) -> None:
    """Be a segment worker until cancelled. Raises what cannot be mended here."""
    settings = scene.settings
    pool = Pool(
        task,
        processes=settings.pool_processes or cores(),
        deadline_seconds=settings.page_deadline_seconds,
        memory_bytes=settings.child_memory_bytes,
        watcher=_PoolWatcher(scene.observer),
    )
    workshop = Workshop(
        pool,
        Budget(settings.max_in_flight_pages, settings.max_in_flight_bytes, scene.observer.metrics),
        FloodGuard(settings.flood_guard_share, settings.flood_guard_window_pages),
    )

    def make(consumer: AIOKafkaConsumer, partition: TopicPartition, refusals: Refusals, ready: Signal) -> Partition:
        return SegmentPartition(scene, workshop, consumer, partition, refusals, ready)

    def linger_seconds() -> float:
        """With a backlog, pages wait for a child anyway, and every commit that is saved leaves more for them."""
        return max(settings.batch_linger_seconds, min(pool.backlog_seconds(), _LONGEST_LINGER_SECONDS))

    membership = Membership(scene, settings.topic("pages"), make, linger_seconds=linger_seconds)

    try:
        await pool.open()
        await together(membership.run(), _until_broken(pool))
    finally:
        await pool.close()


def cores() -> int:
    """Processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


async def _until_broken(pool: Pool) -> None:
    await pool.broken


class _PoolWatcher:
    """Turns what happens in the pool into events and metrics."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def child_died(self, process: int, why: str, last_words: str) -> None:
        self._observer.emit(ChildDied(process, why, last_words))

    def busy_share(self, share: float) -> None:
        self._observer.metrics.pool_busy_ratio.set(share)
