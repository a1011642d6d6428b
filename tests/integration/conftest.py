"""Workers with the stand-in core, as processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import StartWorker
from tests.odd_workers import start_odd_worker_process
from tests.workers_as_processes import WorkerProcess
from workers.settings import Settings


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
