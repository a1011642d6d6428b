"""A backlog of large pages does not end up in the worker's memory."""

import random

import psutil

from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, publish
from tests.waiting import until

MEBIBYTE = 2**20

BOUND = 320 * MEBIBYTE
"""Resident memory of the worker's own process: 80 MiB to begin with, 64 for the pages in flight, as much again while
they are written to children, and what the client holds of each of 6 partitions: a fetch, and the batch unpacked."""


def test_a_backlog_of_large_pages_leaves_memory_bounded(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=6, pool_processes=2, max_in_flight_bytes=64 * MEBIBYTE)
    sizes = random.Random(1)  # noqa: S311 (the same pages every time)
    count = 0
    for _ in range(20):
        # From 50 kB to 5 MB, as many of each order of magnitude.
        pages: list[Page] = [
            (None, b"do: sleep 0.005\n" + b"news " * round(10_000 * 100 ** sizes.random()), []) for _ in range(25)
        ]
        publish(settings, pages)
        count += len(pages)
    worker = start_odd_worker("segment", settings)
    process = psutil.Process(worker.pid)
    largest = 0

    def done() -> bool:
        nonlocal largest
        largest = max(largest, process.memory_info().rss)
        metrics = worker.metrics()
        return sum(value for name, value in metrics.items() if name.startswith("broadsheet_pages_total")) >= count

    until(done, within=120)
    assert largest < BOUND
