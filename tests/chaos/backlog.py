"""`python -m tests.chaos.backlog`: 100,000 pages wait before any worker runs. How much memory do the workers take?

One page in a hundred has 50 kB to 5 MB, the others 4 to 10 kB. The segment worker takes all of them apart, then the
dedup worker finds all of their sightings waiting. Prints a line every ten seconds and the peaks at the end: of the
worker's own process what the system counted, of it and its children what half a second's looks found. Exit code 0 when
the own processes have stayed below the bound and the audit is clean.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.auditing import audited, everything_is_done
from tests.bench.sizes import front_page, story
from tests.chaos.own_broker import OwnBroker
from tests.chaos.soak import resident, say
from tests.foreign_client import Page, publish
from tests.workers_as_processes import WorkerProcess, start_worker_process
from workers.cli.folders import cache_folder
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
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="broadsheet-backlog-") as folder:
        broker = OwnBroker(Path(folder) / "broker", cache_folder())
        broker.start()
        try:
            return measured(broker, Path(folder), options.pages, options.children)
        finally:
            broker.stop()


def measured(broker: OwnBroker, folder: Path, pages: int, children: int) -> int:
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
    highest = [drained(kind, settings, folder, pages) for kind in ("segment", "dedup")]
    report = audited(settings, pages=pages)
    say("the audit is clean" if report.clean else f"the audit is not clean: {report}")
    return 0 if report.clean and max(highest) <= BOUND else 1


def drained(kind: str, settings: Settings, folder: Path, pages: int) -> int:
    """Let a worker do all that waits; returns the most memory that its own process has had, in bytes."""
    worker = start_worker_process(kind, settings, folder / f"{kind}.log")
    try:
        worker.wait_until_ready(60)
        started, told, family = time.monotonic(), 0.0, 0
        while (count := _done(worker, kind)) < pages:
            family = max(family, resident(worker.pid))
            if time.monotonic() - told > _LINE_SECONDS:
                told = time.monotonic()
                say(f"{kind}: {count:,.0f} done, own process {_highest(worker.pid) / MEBIBYTE:.0f} MiB at most")
            assert worker.process.poll() is None, worker.last_words()
            time.sleep(_LOOK_SECONDS)
        seconds = time.monotonic() - started
        while not _nothing_left(kind, settings):
            time.sleep(_LOOK_SECONDS)
        own = _highest(worker.pid)
        say(
            f"{kind}: {pages:,} in {seconds:.0f} s; at most {own / MEBIBYTE:.0f} MiB resident in its own process, "
            f"{family / MEBIBYTE:.0f} MiB with its children (what they share counted once)"
        )
        return own
    finally:
        worker.stop()


def _nothing_left(kind: str, settings: Settings) -> bool:
    return kind == "segment" or everything_is_done(settings)


def _done(worker: WorkerProcess, kind: str) -> float:
    """Pages taken apart, or sightings records read."""
    name = "broadsheet_pages_total" if kind == "segment" else "broadsheet_end_to_end_seconds_count"
    return sum(value for metric, value in worker.metrics().items() if metric.startswith(name))


def _highest(process: int) -> int:
    """The most resident memory that a process has had, as the system counts it, in bytes."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def _batches(pages: int) -> Iterator[list[Page]]:
    chance = random.Random(1)  # noqa: S311 (the same pages every time)
    small = [make(kilobytes).body for make in (story, front_page) for kilobytes in range(2, 9)]
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
