"""`python -m tests.chaos.soak`: a long run with all faults mixed. Memory has to stay flat, latency has not to drift.

Prints a line a minute (resident memory of each worker with its children, latency of the minute) and at the end the
audit. Exit code 0 when nothing is lost or doubled and nothing has grown.
"""

import argparse
import asyncio
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.chaos import faults
from tests.chaos.flow import Flow
from tests.chaos.own_broker import OwnBroker, running_broker
from workers.settings import Settings
from workers.stream.topics import create_topics

PAGES_A_SECOND = 40.0

MOST_GROWTH = 0.25
"""Of the memory of the last quarter over that of the second: the first is warm-up."""

MOST_DRIFT = 1.0
"""Of the median latency of the last quarter over that of the second, in seconds: kills and freezes cost some."""

_MIXED = (
    (faults.kill_segment_workers, 1),
    (faults.break_children, 4),
    (faults.kill_dedup_workers, 1),
    (faults.restart_in_good_order, 1),
    (faults.freeze_segment_workers, 1),
    (faults.join_and_leave, 1),
    (faults.freeze_dedup_workers, 1),
    (faults.kill_the_broker, 1),
    (faults.overfill_topics, 1),
)


@dataclass(frozen=True)
class Minute:
    """What a minute was like."""

    largest_bytes: int
    """Resident memory of the largest worker with its children."""
    seconds: float
    """Mean latency of the pages committed in it, as far as their workers still live."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; see above."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--quiet-minutes", type=float, default=0.0, help="of them without any fault, at the beginning")
    options = parser.parse_args(arguments)
    say(f"seed {options.seed}, {options.minutes:g} minutes")
    with running_broker("soak") as (broker, folder):
        return soak(broker, folder, options.seed, options.minutes * 60, options.quiet_minutes * 60)


def soak(broker: OwnBroker, folder: Path, seed: int, seconds: float, quiet_seconds: float) -> int:
    """The run itself; returns the exit code."""
    settings = Settings(
        kafka_bootstrap_servers=broker.address,
        partitions=6,
        pool_processes=1,
        session_timeout_seconds=6.0,
        transaction_timeout_seconds=10.0,
        page_deadline_seconds=3.0,
        child_memory_bytes=2**28,
    )
    asyncio.run(create_topics(settings))
    flow = Flow(settings, folder, seed, pages=1, seconds=1 / PAGES_A_SECOND, pace=1.0)
    flow.broker = broker
    minutes: list[Minute] = []
    stopped = threading.Event()
    watcher = threading.Thread(target=watch, args=(flow, minutes, stopped))
    try:
        flow.start()
        watcher.start()
        end = time.monotonic() + seconds
        time.sleep(quiet_seconds)
        while time.monotonic() < end:
            fault, times = flow.random.choice(_MIXED)
            fault(flow, times)
            flow.pause(2.0, 10.0)
        outcome = flow.finish()
    finally:
        stopped.set()
        flow.close()
    watcher.join()
    say(f"{outcome.pages} pages, {flow.faults} faults, {outcome.lost} lost, {outcome.twice} twice")
    return 1 if outcome.lost or outcome.twice else judge(minutes)


def watch(flow: Flow, minutes: list[Minute], stopped: threading.Event) -> None:
    """Take down every minute until stopped."""
    before: dict[str, tuple[float, float]] = {}
    while not stopped.wait(60.0):
        sizes = {name: resident(worker.pid) for name, worker in flow.workers.items()}
        total = count = 0.0
        for name, worker in flow.workers.items():
            metrics = worker.metrics()
            now = (
                metrics.get("broadsheet_end_to_end_seconds_sum", 0.0),
                metrics.get("broadsheet_end_to_end_seconds_count", 0.0),
            )
            then = before.get(name, (0.0, 0.0))
            then = then if then[1] <= now[1] else (0.0, 0.0)  # the worker is a new one
            before[name] = now
            total, count = total + now[0] - then[0], count + now[1] - then[1]
        minutes.append(Minute(max(sizes.values(), default=0), total / count if count else 0.0))
        shown = ", ".join(f"{name} {size / 2**20:.0f} MiB" for name, size in sorted(sizes.items()))
        say(f"{flow.published} pages, {flow.faults} faults, latency {minutes[-1].seconds:.2f} s; {shown}")


def resident(process: int) -> int:
    """Memory of a process and its children, what they share counted once."""
    try:
        family = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
        return sum(member.memory_full_info().pss for member in family)
    except psutil.Error:
        return 0


def judge(minutes: list[Minute]) -> int:
    """0 when the last quarter of the run was like the second."""
    quarter = len(minutes) // 4
    if quarter < 2:
        say("too short to judge memory and latency")
        return 0
    early, late = minutes[quarter : 2 * quarter], minutes[-quarter:]
    grown = statistics.median(minute.largest_bytes for minute in late) / max(
        1.0, statistics.median(minute.largest_bytes for minute in early)
    )
    drift = statistics.median(minute.seconds for minute in late) - statistics.median(minute.seconds for minute in early)
    say(f"memory x {grown:.2f}, latency {drift:+.2f} s")
    return 0 if grown <= 1 + MOST_GROWTH and drift <= MOST_DRIFT else 1


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
