"""Pages a second from `news.pages` to committed teasers, beside the bare core: `python -m tests.bench.pipeline FOLDER`.

Pages come from a folder (HTML, gzip or not) or from the corpora; without one a page of our own is used. First they
come as fast as they can be published; then at half the rate that was reached, for latency. The figure that counts is a
share: pages a second of what the core alone could do with the processor time that was there, that of the broker, of the
producer and of others on the machine taken off.
"""

import argparse
import asyncio
import gzip
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from confluent_kafka import Producer

from tests.bench.core import broadsheet
from tests.bench.figures import Figure, show
from tests.chaos.own_broker import running_broker
from tests.workers_as_processes import WorkerProcess, start_worker_process
from workers.settings import Settings
from workers.stream.topics import create_topics

_OWN_PAGE = (
    "<html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens after nine years</h1>"
    + "<p>The bridge over the river was opened on Monday, nine years after the first stone was laid.</p>" * 40
    + "</article><aside>"
    + "".join(f"<a href=/story/{number}><h3>Another story, number {number}</h3></a>" for number in range(30))
    + "</aside></body></html>"
).encode()
_WARMING = 200
"""Pages before the clock starts: children import the core and load the models."""
_MEASURED_SECONDS = 20.0
"""Of half load: the quantile is of some thousand pages."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run has cost."""

    pages: int
    seconds: float
    spent: dict[str, float]
    """Processor seconds of each process, and of others on the machine."""

    @property
    def rate(self) -> float:
        return self.pages / self.seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Run once and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="HTML pages, gzip or not")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--partitions", type=int, default=12)
    options = parser.parse_args(arguments)
    show(figures(options.folder, options.pages, options.partitions))


def figures(folder: Path | None = None, pages: int = 2000, partitions: int = 12) -> list[Figure]:
    """Throughput beside the bare core, latency at half load, memory."""
    bodies = _bodies(folder)
    with _flow(partitions) as (settings, workers, processes):
        _publish(settings, bodies, _WARMING, 0.0)
        _wait(workers["segment"], _WARMING)
        before_core = _core_seconds(bodies)
        full = _measure(settings, bodies, pages, 0.0, workers, processes)
        core_seconds = (before_core + _core_seconds(bodies)) / 2
        waited = _end_to_end(workers)
        rate = full.rate / 2
        committed = _commits(workers)
        half = _measure(settings, bodies, round(rate * _MEASURED_SECONDS), rate, workers, processes)
        commits = {kind: count - committed[kind] for kind, count in _commits(workers).items()}
        latency = {kind: _quantile(waited[kind], seen, 0.99) for kind, seen in _end_to_end(workers).items()}
        memory = {
            name: sum(process.memory_info().rss for process in family) / 2**20
            for name, family in _families(processes).items()
        }
    left = full.seconds * _cores() - sum(full.spent[name] for name in ("broker", "producer", "others"))
    costs = ", ".join(f"{name} {1e3 * spent / pages:.2f}" for name, spent in full.spent.items())
    found = [
        Figure("pipeline: pages", full.rate, "/s", note=f"ms of processor time a page: {costs}"),
        Figure(
            "pipeline / bare core", pages * core_seconds / left, at_least=0.8,
            note=f"the bare core takes {1e3 * core_seconds:.2f} ms a page",
        ),
    ]  # fmt: skip
    for kind, value in latency.items():
        note = (
            f"upper end of the histogram's bucket, from the page's timestamp, at {half.rate:.0f} pages/s "
            f"and {commits[kind] / half.seconds:.0f} commits/s"
        )
        found.append(Figure(f"latency p99 at half load, {kind}", 1e3 * value, "ms", at_most=250, note=note))
    found += [Figure(f"memory of {name}", value, "MiB") for name, value in memory.items()]
    return found


@contextmanager
def _flow(partitions: int) -> Iterator[tuple[Settings, dict[str, WorkerProcess], dict[str, psutil.Process]]]:
    """A broker of its own and both workers, ready."""
    with running_broker("bench", short_lived=False) as (broker, folder):
        workers: dict[str, WorkerProcess] = {}
        try:
            settings = Settings(kafka_bootstrap_servers=broker.address, partitions=partitions)
            asyncio.run(create_topics(settings))
            for kind in ("segment", "dedup"):
                workers[kind] = start_worker_process(kind, settings, folder / f"{kind}.log")
            for worker in workers.values():
                worker.wait_until_ready(60)
            processes = {kind: psutil.Process(worker.pid) for kind, worker in workers.items()}
            yield settings, workers, {**processes, "broker": psutil.Process(broker.pid)}
        finally:
            for worker in workers.values():
                worker.kill()


def _bodies(folder: Path | None) -> list[bytes]:
    if folder is None:
        return [_OWN_PAGE]
    corpus = folder / "body-fundus-html"
    files = sorted((corpus if corpus.is_dir() else folder).glob("*.htm*"))
    if not files:
        raise FileNotFoundError(f"{folder} holds no pages: neither *.html nor {corpus.name}")
    return [
        gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in (path.read_bytes() for path in files)
    ]


def _core_seconds(bodies: list[bytes]) -> float:
    """Processor time of the bare core for one of the pages, one after another, the better of two rounds."""
    rounds = []
    for _ in range(2):
        begun = time.process_time()
        for body in bodies:
            broadsheet("https://bench.example/story", body)
        rounds.append((time.process_time() - begun) / len(bodies))
    return min(rounds)


def _measure(
    settings: Settings,
    bodies: list[bytes],
    pages: int,
    rate: float,
    workers: dict[str, WorkerProcess],
    processes: dict[str, psutil.Process],
) -> Run:
    done = _pages(workers["segment"])
    before, machine, begun = _times(processes), _machine_seconds(), time.monotonic()
    _publish(settings, bodies, pages, rate)
    _wait(workers["segment"], done + pages)
    seconds = time.monotonic() - begun
    spent = {name: now - before[name] for name, now in _times(processes).items()}
    spent["others"] = max(0.0, _machine_seconds() - machine - sum(spent.values()))
    return Run(pages, seconds, spent)


def _publish(settings: Settings, bodies: list[bytes], count: int, rate: float) -> None:
    producer = Producer(
        {
            "bootstrap.servers": settings.kafka_bootstrap_servers,
            "compression.type": "zstd",
            "linger.ms": 5,
            "message.max.bytes": 10_000_000,
            "queue.buffering.max.kbytes": 65_536,
        }
    )
    begun = time.monotonic()
    for number in range(count):
        headers: dict[str, str | bytes | None] = {
            "url": f"https://site{number % 50}.example/{number}",
            "content-type": "text/html",
        }
        while True:
            try:
                producer.produce(settings.topic("pages"), bodies[number % len(bodies)], str(number), headers=headers)
                break
            except BufferError:
                producer.poll(0.1)
        producer.poll(0)
        if rate:
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
    producer.flush()


def _wait(worker: WorkerProcess, pages: float) -> None:
    while _pages(worker) < pages:
        time.sleep(0.1)


def _families(processes: dict[str, psutil.Process]) -> dict[str, list[psutil.Process]]:
    """Each process; the children of the segment worker on their own."""
    children = processes["segment"].children(recursive=True)
    return {**{name: [process] for name, process in processes.items()}, "children": children}


def _times(processes: dict[str, psutil.Process]) -> dict[str, float]:
    """Processor seconds of each process since it started, and of the producer in this one."""
    families = {**_families(processes), "producer": [psutil.Process()]}
    return {
        name: sum(times.user + times.system for times in (process.cpu_times() for process in family))
        for name, family in families.items()
    }


def _machine_seconds() -> float:
    """Processor seconds of everything on the machine."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _pages(worker: WorkerProcess) -> float:
    return sum(value for name, value in worker.metrics().items() if name.startswith("broadsheet_pages_total"))


def _commits(workers: dict[str, WorkerProcess]) -> dict[str, float]:
    return {
        kind: worker.metrics()['broadsheet_transactions_total{result="commit"}'] for kind, worker in workers.items()
    }


def _end_to_end(workers: dict[str, WorkerProcess]) -> dict[str, dict[float, float]]:
    """Of each worker, how many pages took at most so many seconds, from the page's timestamp to the commit."""
    name = "broadsheet_end_to_end_seconds_bucket"
    return {
        kind: {
            float(sample.partition('le="')[2].rstrip('"}')): value
            for sample, value in worker.metrics().items()
            if sample.startswith(name)
        }
        for kind, worker in workers.items()
    }


def _quantile(before: dict[float, float], after: dict[float, float], share: float) -> float:
    """Of what came between two readings of a histogram."""
    counts = {most: count - before[most] for most, count in after.items()}
    wanted = share * max(counts.values())
    return next(most for most, count in sorted(counts.items()) if count >= wanted)


if __name__ == "__main__":
    main()
