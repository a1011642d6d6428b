"""`broadsheet demo`: the whole flow on this machine, from nothing to figures, and everything stopped again."""

import asyncio
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
from rich.console import Console

from workers.cli.demo_flow import Flow
from workers.cli.demo_report import ProgressReport, show_summary
from workers.cli.demo_samples import samples
from workers.cli.demo_tally import Tally
from workers.cli.demo_workers import Worker, running_workers
from workers.cli.folders import cache_folder, data_folder
from workers.settings import Settings
from workers.stream.topics import create_topics

# The broker is an extra; without it `demo --help` still works, and `demo` says what to install.
if TYPE_CHECKING:
    from workers.broker.configuration import BrokerOptions

PARTITIONS = 4
"""Enough for a laptop's cores to share the work."""

GENTLE_ROUNDS = 2
"""How often each sample is published while latency is measured."""


@click.command()
@click.option(
    "--rounds", type=click.IntRange(1, 10_000), default=25, show_default=True, help="How often each page is crawled."
)
@click.option("--keep", is_flag=True, help="Leave the broker running and its records in place, to look at afterwards.")
def demo(rounds: int, keep: bool) -> None:
    """Show the whole flow on this machine, start to end.

    Starts a Kafka of its own and one worker of each kind, publishes the sample pages that Broadsheet ships, again and
    again as a crawler would, shows what comes out, and stops what it started. The first run fetches Kafka.

    \b
    broadsheet demo
    broadsheet demo --keep
    """
    from workers.broker.broker import start, stop

    console = Console()
    folder = data_folder() / "demo"
    with _told_to_stop():
        _emptied(folder)
        try:
            running = start(_options(folder), lambda line: console.print(f"  {line}", highlight=False))
            settings = Settings(kafka_bootstrap_servers=running.address, partitions=PARTITIONS)
            _run(settings, folder, console, rounds)
        finally:
            if not keep:
                stop(folder / "broker")
                shutil.rmtree(folder / "broker", ignore_errors=True)
    _where_next(console, folder, running.address if keep else None)


def _run(settings: Settings, folder: Path, console: Console, rounds: int) -> None:
    asyncio.run(create_topics(settings))
    environment = {
        "BROADSHEET_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "BROADSHEET_PARTITIONS": str(settings.partitions),
        "BROADSHEET_TOPIC_PREFIX": settings.topic_prefix,
        "BROADSHEET_HTTP_PORT": "0",
    }
    console.print("  Starting a segment worker and a dedup worker", highlight=False)
    with running_workers(["segment", "dedup"], environment, folder) as workers:
        pages = samples()
        tally = Tally()
        total = len(pages) * (GENTLE_ROUNDS + rounds)
        console.print(f"  Publishing {len(pages)} sample pages, {GENTLE_ROUNDS + rounds} times each", highlight=False)
        with ProgressReport(console, tally, total) as progress:
            flow = Flow(settings, pages, tally, progress.update, lambda: _check(workers))
            gentle, fast = asyncio.run(flow.run(GENTLE_ROUNDS, rounds))
    show_summary(console, tally, gentle, fast)


def _check(workers: list[Worker]) -> None:
    for worker in workers:
        worker.check()


def _options(folder: Path) -> "BrokerOptions":
    from workers.broker.broker import free_port
    from workers.broker.configuration import BrokerOptions

    # Never 9092: whatever listens there, or is about to, is none of the demo's business.
    return BrokerOptions(data=folder / "broker", cache=cache_folder(), port=free_port(), short_lived=True)


def _emptied(folder: Path) -> None:
    """Away with what an earlier demo left, a broker that it kept running included."""
    from workers.broker.broker import stop

    stop(folder / "broker")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _where_next(console: Console, folder: Path, address: str | None) -> None:
    lines = [f"The workers' logs are in {folder}"]
    if address is not None:
        lines += [
            f"Kafka goes on serving on {address}:",
            f"  broadsheet tail articles --no-follow --kafka-bootstrap-servers {address}",
            f"  broadsheet deadletters list --kafka-bootstrap-servers {address}",
            f"  broadsheet audit --kafka-bootstrap-servers {address}",
            f"Stop it with: broadsheet broker stop --data {folder / 'broker'}",
        ]
    else:
        lines += ["Look at the records yourself: broadsheet demo --keep"]
    lines += [
        "One page, no Kafka: broadsheet segment PAGE.html",
        "Your own pages: broadsheet broker start, broadsheet topics create, broadsheet worker segment, "
        "broadsheet worker dedup; the README says how a crawler publishes",
    ]
    console.print("\n[bold]Where to look next[/bold]")
    for line in lines:
        console.print(f"  {line}", highlight=False, soft_wrap=True)


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """SIGTERM ends the demo like Ctrl-C: what it started must not stay behind."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
