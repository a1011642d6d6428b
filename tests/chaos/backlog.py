"""`python -m tests.chaos.backlog`: 100,000 pages wait before any worker runs. How much memory do the workers take?

One page in a hundred has 50 kB to 5 MB, the others 2 to 6 kB. The segment worker takes all of them apart, then the
dedup worker finds all of their sightings waiting. Prints a line every ten seconds and the peaks at the end: of the
worker's own process what the system counted, of it and its children what half a second's looks found. Exit code 0 when
the own processes have stayed below the bound and the audit is clean.
"""

import argparse
import asyncio
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.auditing import audited, everything_is_done
from tests.bench.sizes import front_page, story
from tests.chaos.own_broker import OwnBroker, running_broker
from tests.chaos.soak import resident, say
from tests.foreign_client import Page, publish
from tests.waiting import until
from tests.workers_as_processes import WorkerProcess, start_worker_process
from workers.settings import Settings
from workers.stream.topics import create_topics

MEBIBYTE = 2**20

BOUND = 320 * MEBIBYTE
"""Of a worker's own process; tests/integration/test_memory.py says what it is made of."""

_LARGE_SHARE = 0.01
_LOOK_SECONDS = 0.5
_LINE_SECONDS = 10.0
_BATCH_PAGES = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; see above."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--children", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=60.0, help="of the segment worker, at most")
    options = parser.parse_args(arguments)
    with running_broker("backlog") as (broker, folder):
        return measured(broker, folder, options.pages, options.children, options.minutes * 60)


def measured(broker: OwnBroker, folder: Path, pages: int, children: int, seconds: float) -> int:
    """The run itself; returns the exit code."""
    settings = Settings(
        kafka_bootstrap_servers=broker.address,
        partitions=6,
        pool_processes=children,
        max_in_flight_bytes=64 * MEBIBYTE,
    )
    asyncio.run(create_topics(settings))
    written = 0
    for batch in _batches(pages):
        publish(settings, batch)
        written += sum(len(value or b"") for _, value, _ in batch)
    say(f"{pages:,} pages of {written / MEBIBYTE:,.0f} MiB wait")
    highest, left = drained("segment", settings, folder, seconds)
    if left:
        say(f"{left:,.0f} pages still wait after {seconds / 60:g} minutes; nothing else is looked at")
        return 0 if highest <= BOUND else 1
    highest = max(highest, drained("dedup", settings, folder, seconds)[0])
    until(lambda: everything_is_done(settings), what="the last commit")
    report = audited(settings, pages=pages)
    say("the audit is clean" if report.clean else f"the audit is not clean: {report}")
    return 0 if report.clean and highest <= BOUND else 1


def drained(kind: str, settings: Settings, folder: Path, most_seconds: float) -> tuple[int, float]:
    """Let a worker do what waits; returns the most memory that its own process has had, in bytes, and what is left."""
    worker = start_worker_process(kind, settings, folder / f"{kind}.log")
    try:
        worker.wait_until_ready(60)
        started, told, family, lag = time.monotonic(), 0.0, 0, float("inf")
        while lag > 0 and time.monotonic() - started < most_seconds:
            time.sleep(_LOOK_SECONDS)
            assert worker.process.poll() is None, worker.last_words()
            family, lag = max(family, resident(worker.pid)), _lag(worker)
            if time.monotonic() - told > _LINE_SECONDS:
                told = time.monotonic()
                own = _highest(worker.pid)
                say(f"{kind}: {lag:,.0f} wait; at most {own / MEBIBYTE:.0f} MiB alone, {family / MEBIBYTE:.0f} in all")
        own, seconds = _highest(worker.pid), time.monotonic() - started
        say(
            f"{kind}: {lag:,.0f} left after {seconds:.0f} s; at most {own / MEBIBYTE:.0f} MiB resident in its own "
            f"process, {family / MEBIBYTE:.0f} MiB with its children (what they share counted once)"
        )
        return own, lag
    finally:
        worker.stop()


def _lag(worker: WorkerProcess) -> float:
    """Records that wait for the worker; infinite until it has looked."""
    found = [value for name, value in worker.metrics().items() if name.startswith("broadsheet_consumer_lag")]
    return sum(found) if found else float("inf")


def _highest(process: int) -> int:
    """The most resident memory that a process has had, as the system counts it, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def _batches(pages: int) -> Iterator[list[Page]]:
    chance = random.Random(1)  # noqa: S311 (the same pages every time)
    small = [make(kilobytes).body for make in (story, front_page) for kilobytes in range(1, 5)]
    for start in range(0, pages, _BATCH_PAGES):
        yield [_page(number, small, chance) for number in range(start, min(pages, start + _BATCH_PAGES))]


def _page(number: int, small: list[bytes], chance: random.Random) -> Page:
    if chance.random() < _LARGE_SHARE:
        # As many of each order of magnitude.
        kilobytes = round(50 * 100 ** chance.random())
        body = chance.choice((story, front_page))(kilobytes).body
    else:
        body = chance.choice(small)
    site = f"site{number % 97}.example"
    return None, body, [("url", f"https://{site}/{number}".encode()), ("content-type", b"text/html")]


if __name__ == "__main__":
    sys.exit(main())
