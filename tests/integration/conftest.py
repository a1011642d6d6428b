"""Workers with the stand-in core, as processes."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import StartBoth, StartWorker
from tests.odd_workers import start_odd_worker_process
from tests.workers_as_processes import WorkerProcess
from workers.settings import Settings


@pytest.fixture(autouse=True)
def nothing_is_left_to_be_collected() -> Iterator[None]:
    """Futures that nobody looked at complain when they are collected. In the middle of an import, which pytest has
    rewritten, that makes Python 3.11 fail: the traceback of the complaint is parsed inside another parse."""
    yield
    gc.collect()


@pytest.fixture
def start_odd_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """start_odd_worker("segment", settings): like start_worker, but pages say what becomes of them."""
    started: list[WorkerProcess] = []

    def start(kind: str, settings: Settings, *, ready_within: float = 60.0) -> WorkerProcess:
        worker = start_odd_worker_process(kind, settings, tmp_path / f"odd-{kind}-{len(started)}.log")
        started.append(worker)
        if ready_within:
            worker.wait_until_ready(ready_within)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.show_log()


@pytest.fixture
def start_both(start_odd_worker: StartWorker) -> StartBoth:
    """start_both(settings) returns a segment worker and a dedup worker, which have started side by side."""

    def start(settings: Settings) -> tuple[WorkerProcess, WorkerProcess]:
        segment, dedup = (start_odd_worker(kind, settings, ready_within=0) for kind in ("segment", "dedup"))
        for worker in (segment, dedup):
            worker.wait_until_ready(60)
        return segment, dedup

    return start
