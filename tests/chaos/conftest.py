"""Flows under faults: short ones in every test run, the full table by `make chaos` (BROADSHEET_CHAOS=full)."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chaos.flow import Flow
from tests.chaos.own_broker import OwnBroker
from tests.chaos.table import ROWS, table
from tests.conftest import Topics, missing
from workers.settings import Settings

FULL = os.environ.get("BROADSHEET_CHAOS") == "full"

MakeFlow = Callable[..., Flow]


@pytest.fixture
def make_flow(topics: Topics, tmp_path: Path) -> Iterator[MakeFlow]:
    """make_flow(pages=…, seconds=…) starts a flow on topics of its own; it is ended with the test."""
    flows: list[Flow] = []

    def make(*, pages: int, seconds: float, pace: float = 1.0, broker: OwnBroker | None = None) -> Flow:
        seed = int(os.environ.get("BROADSHEET_CHAOS_SEED") or random.SystemRandom().randrange(2**32))
        print(f"BROADSHEET_CHAOS_SEED={seed}")  # noqa: T201 (pytest shows it when the test fails)
        own = {} if broker is None else {"kafka_bootstrap_servers": broker.address}
        settings: Settings = topics(
            partitions=6,
            pool_processes=1,
            session_timeout_seconds=6.0,
            transaction_timeout_seconds=10.0,
            page_deadline_seconds=3.0,
            child_memory_bytes=2**28,
            batch_pages=20,
            **own,
        )
        flow = Flow(settings, tmp_path, seed, pages=pages, seconds=seconds, pace=pace)
        flow.broker = broker
        flows.append(flow)
        flow.start()
        return flow

    yield make
    for flow in flows:
        flow.close()
        for worker in flow.workers.values():
            worker.show_log()


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[OwnBroker]:
    """A broker that may be killed."""
    from workers.broker.errors import BrokerError
    from workers.cli.folders import cache_folder

    broker = OwnBroker(tmp_path / "broker", Path(os.environ.get("BROADSHEET_BROKER_CACHE") or cache_folder()))
    try:
        broker.start()
    except BrokerError as error:
        missing(f"no Kafka: {error}")
    yield broker
    broker.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table, after a run that made it."""
    if ROWS:
        terminalreporter.write_line("")
        for line in table(ROWS):
            terminalreporter.write_line(line)
