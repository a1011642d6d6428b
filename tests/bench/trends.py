"""Trends: sightings a second in one process, its memory, and its recovery: `python -m tests.bench.trends`.

A backlog of sightings is counted by a worker until its open windows hold 200,000 teasers; then the worker is killed,
and another has to read back what they hold. A broker of its own; what others do on the machine makes times longer.
"""

import argparse
import asyncio
import time
from collections.abc import Sequence

import psutil

from tests.bench.figures import Figure, show
from tests.chaos.own_broker import running_broker
from tests.foreign_client import Page, publish
from tests.trends_replay import START, page
from tests.waiting import until
from tests.workers_as_processes import WorkerProcess, start_worker_process
from workers.settings import Settings
from workers.stream.topics import create_topics

_SITES = 200
_TEASERS_A_PAGE = 10
_SHOWN = 5
"""On so many pages every teaser stands."""
_LONGEST_SECONDS = 900.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run once and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teasers", type=int, default=200_000)
    show(figures(parser.parse_args(arguments).teasers))


def figures(teasers: int = 200_000) -> list[Figure]:
    """Throughput, memory, recovery."""
    with running_broker("bench", short_lived=False) as (broker, folder):
        workers: list[WorkerProcess] = []
        try:
            settings = Settings(kafka_bootstrap_servers=broker.address, partitions=12)
            asyncio.run(create_topics(settings))
            backlog = _backlog(teasers)
            publish(settings, backlog, topic="sightings")
            workers.append(start_worker_process("trends", settings, folder / "first.log"))
            counted = [*_count(workers[0], len(backlog)), _memory(workers[0], "at a backlog")]
            workers[0].kill()
            workers.append(start_worker_process("trends", settings, folder / "second.log"))
            recovery = [*_recover(workers[1], teasers), _memory(workers[1], f"with {teasers:,} teasers")]
        finally:
            for worker in workers:
                worker.kill()
    return [*counted, *recovery]


def _memory(worker: WorkerProcess, when: str) -> Figure:
    return Figure(f"trends: memory {when}", psutil.Process(worker.pid).memory_info().rss / 2**20, "MiB")


def _count(worker: WorkerProcess, pages: int) -> list[Figure]:
    worker.wait_until_ready(60)
    begun, spent = time.monotonic(), _processor_seconds(worker)
    until(lambda: _counted(worker) == pages * _TEASERS_A_PAGE, within=_LONGEST_SECONDS)
    seconds, spent = time.monotonic() - begun, _processor_seconds(worker) - spent
    return [
        Figure(
            "trends: pages counted", pages / seconds, "/s", note=f"{1e3 * spent / pages:.2f} ms of processor time each"
        ),
        Figure("trends: sightings counted", pages * _TEASERS_A_PAGE / seconds, "/s"),
    ]


def _recover(worker: WorkerProcess, teasers: int) -> list[Figure]:
    """From the first line of the log to the last partition that is there again."""
    begun = time.monotonic()
    until(lambda: len(_recovered(worker)) == 12, within=_LONGEST_SECONDS)
    seconds = time.monotonic() - begun
    assert sum(_recovered(worker)) == teasers, "not all of it was read back"
    spent = _processor_seconds(worker)
    return [Figure(f"trends: {teasers:,} teasers read back", seconds, "s", note=f"{spent:.1f} s of processor time")]


def _recovered(worker: WorkerProcess) -> list[int]:
    return [line["entries"] for line in worker.log_lines() if line.get("event") == "trends_recovered"]


def _counted(worker: WorkerProcess) -> float:
    return worker.metrics().get('broadsheet_trends_sightings_total{result="counted"}', 0)


def _processor_seconds(worker: WorkerProcess) -> float:
    times = psutil.Process(worker.pid).cpu_times()
    return float(times.user + times.system)


def _backlog(teasers: int) -> list[Page]:
    """Pages of ten minutes; a site's come together, as a crawl brings them."""
    pages = teasers * _SHOWN // _TEASERS_A_PAGE
    groups = teasers // _TEASERS_A_PAGE
    return [
        page(
            f"site{number % groups % _SITES}.example",
            START + number * 590 / pages,
            [f"{number % groups * _TEASERS_A_PAGE + place:032x}" for place in range(_TEASERS_A_PAGE)],
            f"/{number}",
        )
        for number in range(pages)
    ]


if __name__ == "__main__":
    main()
