"""What tests share: a real broker, topics of a test's own, workers as real processes, the evaluation data.

A service that cannot be had skips the test with a word, and fails it under CI=true: a run on CI proves something.
"""

import asyncio
import os
import shutil
import signal
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from hatch_build import stale
from tests.doors import Doors, build_doors
from tests.waiting import until
from tests.workers_as_processes import WorkerProcess, start_worker_process
from workers.settings import Settings

REPOSITORY = Path(__file__).parent.parent

Topics = Callable[..., Settings]
StartWorker = Callable[..., WorkerProcess]
StartBoth = Callable[[Settings], tuple[WorkerProcess, WorkerProcess]]


def pytest_sessionstart() -> None:
    """A compiled module stands before its source: tests of an old one would prove nothing."""
    if names := stale():
        raise pytest.UsageError(f"{', '.join(names)}: not compiled since the last change; `make setup` does it")


class Kafka:
    """The session's broker."""

    def __init__(self, bootstrap: str, data: Path, doors: Doors) -> None:
        self.bootstrap = bootstrap
        """host:port, without TLS or login"""
        self.data = data
        self.doors = doors


def missing(what: str) -> NoReturn:
    """A service is not there: skip with a word, or fail where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} (CI=true, so this must be there)")
    pytest.skip(what)


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kafka]:
    """One Apache Kafka for the session, on a free port, its data in a temporary folder."""
    from workers.broker.errors import BrokerError
    from workers.cli.folders import cache_folder

    data = tmp_path_factory.mktemp("kafka")
    doors, properties = build_doors(tmp_path_factory.mktemp("doors"))
    cache = Path(os.environ.get("BROADSHEET_BROKER_CACHE") or cache_folder())
    try:
        from workers.broker.broker import free_port, start, status
        from workers.broker.configuration import BrokerOptions

        running = start(
            BrokerOptions(data=data, cache=cache, port=free_port(), properties=properties, short_lived=True)
        )
    except BrokerError as error:
        missing(f"no Kafka: {error}")
    yield Kafka(running.address, data, doors)
    # In good order it takes seconds, and many when clients are still around; nothing on it is needed any more.
    os.kill(running.pid, signal.SIGKILL)
    until(lambda: status(data) is None, what="the end of the broker")
    # pytest keeps the folders of three sessions; nobody wants three sessions' records.
    shutil.rmtree(data, ignore_errors=True)


@pytest.fixture
def topics(kafka: Kafka) -> Topics:
    """topics(partitions=2, **settings) makes all topics under a prefix of its own, and returns the Settings for them.

    The consumer groups are the test's own too. Not to be called inside a running event loop.
    """

    def make(partitions: int = 2, **settings: Any) -> Settings:
        from workers.stream.topics import create_topics

        name = uuid.uuid4().hex[:8]
        own = {
            "kafka_bootstrap_servers": kafka.bootstrap,
            "topic_prefix": f"t{name}.",
            "segment_group": f"segment-{name}",
            "dedup_group": f"dedup-{name}",
            "trends_group": f"trends-{name}",
            "partitions": partitions,
        }
        made = Settings(**{**own, **settings})
        asyncio.run(create_topics(made))
        return made

    return make


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    """start_worker("segment", settings) runs `broadsheet worker segment` and returns when /readyz says so, or at once.

    What is still running at the end of the test is killed; a test that cares how a worker ends calls stop() itself.
    """
    started: list[WorkerProcess] = []

    def start(kind: str, settings: Settings, *, ready_within: float = 60.0) -> WorkerProcess:
        worker = start_worker_process(kind, settings, tmp_path / f"{kind}-{len(started)}.log")
        started.append(worker)
        if ready_within:
            worker.wait_until_ready(ready_within)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.show_log()


@pytest.fixture(scope="session")
def eval_folder() -> Path:
    """The labelled pages, which the project does not ship: BROADSHEET_EVAL, else beside the repository."""
    folder = Path(os.environ.get("BROADSHEET_EVAL") or REPOSITORY.parent / "shared" / "eval")
    if not folder.is_dir():
        pytest.skip(f"no evaluation data at {folder}; BROADSHEET_EVAL can name another folder")
    return folder
