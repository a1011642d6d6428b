"""A hundred thousand waiting pages stay on the broker. `make chaos` runs it; a smaller one is in every test run."""

import random
from pathlib import Path

import psutil
import pytest

from tests.chaos.conftest import FULL
from tests.conftest import Topics
from tests.foreign_client import Page, publish
from tests.integration.test_memory import BOUND, MEBIBYTE
from tests.odd_workers import start_odd_worker_process
from tests.waiting import until

WAITING = 100_000
LOOKED_AT = 4_000
"""Pages done until the memory is taken to be what it will be."""

SMALL = (b"do: sleep 0.001\n" + b"news " * 10_000, 96)
LARGE = (b"do: sleep 0.005\n" + b"news " * 1_000_000, 4)
"""50 kB and 5 MB; so many of a hundred."""


@pytest.mark.skipif(not FULL, reason="run by `make chaos`")
@pytest.mark.timeout(1200)
def test_a_hundred_thousand_waiting_pages_leave_memory_bounded(topics: Topics, tmp_path: Path) -> None:
    settings = topics(partitions=6, pool_processes=2, max_in_flight_bytes=64 * MEBIBYTE)
    mixed = random.Random(1)  # noqa: S311 (the same pages every time)
    hundred: list[Page] = [(None, value, []) for value, count in (SMALL, LARGE) for _ in range(count)]
    for _ in range(WAITING // len(hundred)):
        mixed.shuffle(hundred)
        publish(settings, hundred)
    worker = start_odd_worker_process("segment", settings, tmp_path / "segment.log")
    try:
        worker.wait_until_ready(90)
        process = psutil.Process(worker.pid)
        largest = 0

        def looked_at() -> bool:
            nonlocal largest
            largest = max(largest, process.memory_info().rss)
            done = [count for name, count in worker.metrics().items() if name.startswith("broadsheet_pages_total")]
            return sum(done) >= LOOKED_AT

        until(looked_at, within=600)
    finally:
        worker.kill()
    print(f"largest: {largest / MEBIBYTE:.0f} MiB")  # noqa: T201 (pytest -s shows it)
    assert largest < BOUND
