"""Pages a second from `news.pages` to committed teasers, beside the bare core: `python -m tests.bench.pipeline`.

Pages come from a folder (HTML, gzip or not); without one a page of our own is used. The figures that count are shares:
processor time a page of every process, and pages a second as a share of what the core alone could do on these cores,
less what the broker takes. With --rate the same at a steady load, for latency.
"""

import argparse
import asyncio
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from confluent_kafka import Producer

from schemas import RawPage
from tests.chaos.own_broker import OwnBroker
from tests.workers_as_processes import WorkerProcess, start_worker_process
from workers.cli.folders import cache_folder
from workers.errors import PageError
from workers.pipeline import process_page
from workers.settings import Settings
from workers.stream.segment_worker import cores
from workers.stream.topics import create_topics

_OWN_PAGE = (
    "<html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens after nine years</h1>"
    + "<p>The bridge over the river was opened on Monday, nine years after the first stone was laid.</p>" * 40
    + "</article><aside>"
    + "".join(f"<a href=/story/{number}><h3>Another story, number {number}</h3></a>" for number in range(30))
    + "</aside></body></html>"
).encode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run once and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="HTML pages, gzip or not")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--partitions", type=int, default=12)
    parser.add_argument("--rate", type=float, default=0.0, help="pages a second; 0: all wait when the workers start")
    options = parser.parse_args(arguments)
    bodies = _bodies(options.folder)
    core_seconds = _core_seconds(bodies)
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        broker = OwnBroker(Path(folder) / "broker", cache_folder(), short_lived=False)
        broker.start()
        try:
            _run(broker, Path(folder), bodies, options, core_seconds)
        finally:
            broker.stop()


def _bodies(folder: Path | None) -> list[bytes]:
    if folder is None:
        return [_OWN_PAGE]
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [
        gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for data in (path.read_bytes() for path in files)
    ]


def _core_seconds(bodies: list[bytes]) -> float:
    """Processor time of the bare core for one of the pages, one after another, the best of three rounds."""
    rounds = []
    for _ in range(3):
        begun = time.process_time()
        for body in bodies:
            try:
                process_page(RawPage(body=body, url="https://bench.example/story", content_type="text/html"))
            except PageError:
                continue
        rounds.append((time.process_time() - begun) / len(bodies))
    return min(rounds)


def _run(
    broker: OwnBroker, folder: Path, bodies: list[bytes], options: argparse.Namespace, core_seconds: float
) -> None:
    settings = Settings(kafka_bootstrap_servers=broker.address, partitions=options.partitions)
    asyncio.run(create_topics(settings))
    if not options.rate:
        _publish(settings, bodies, options.pages, 0.0)
    workers = {kind: start_worker_process(kind, settings, folder / f"{kind}.log") for kind in ("segment", "dedup")}
    try:
        for worker in workers.values():
            worker.wait_until_ready(60)
        processes = {kind: psutil.Process(worker.pid) for kind, worker in workers.items()}
        processes["broker"] = psutil.Process(broker.pid)
        before, begun = _times(processes), time.monotonic()
        if options.rate:
            _publish(settings, bodies, options.pages, options.rate)
        while _pages(workers["segment"]) < options.pages:
            time.sleep(0.1)
        seconds = time.monotonic() - begun
        time.sleep(1.0)
        spent = {name: now - before[name] for name, now in _times(processes).items()}
        _tell(workers, options.pages, seconds, spent, core_seconds, statistics.fmean(map(len, bodies)))
    finally:
        for worker in workers.values():
            worker.kill()


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


def _times(processes: dict[str, psutil.Process]) -> dict[str, float]:
    """Processor seconds of each process; the children of the segment worker on their own."""
    spent = {}
    for name, process in processes.items():
        times = process.cpu_times()
        spent[name] = times.user + times.system
    children = [child.cpu_times() for child in processes["segment"].children(recursive=True)]
    return {**spent, "children": sum(times.user + times.system for times in children)}


def _pages(worker: WorkerProcess) -> float:
    return sum(value for name, value in worker.metrics().items() if name.startswith("broadsheet_pages_total"))


def _tell(
    workers: dict[str, WorkerProcess],
    pages: int,
    seconds: float,
    spent: dict[str, float],
    core_seconds: float,
    mean_bytes: float,
) -> None:
    lines = [f"{pages} pages of {mean_bytes / 1000:.0f} kB in {seconds:.1f} s: {pages / seconds:.0f} pages/s"]
    lines += [f"  {name:9} {1000 * used / pages:6.2f} ms of processor time a page" for name, used in spent.items()]
    left = cores() * seconds - spent["broker"]
    bare = left / core_seconds
    lines.append(
        f"  the bare core takes {1000 * core_seconds:.2f} ms: the pipeline does {pages / bare:.2f} of what it could"
    )
    for kind, worker in workers.items():
        metrics = worker.metrics()
        commits = metrics['broadsheet_transactions_total{result="commit"}']
        quantiles = ", ".join(f"p{round(100 * share)} ≤ {_quantile(metrics, share)} s" for share in (0.5, 0.99))
        memory = psutil.Process(worker.pid).memory_info().rss / 2**20
        lines.append(f"  {kind}: {commits:.0f} transactions, from the page's timestamp {quantiles}, {memory:.0f} MiB")
    print("\n".join(lines))  # noqa: T201


def _quantile(metrics: dict[str, float], share: float) -> str:
    name = "broadsheet_end_to_end_seconds"
    wanted = share * metrics[f"{name}_count"]
    for sample, value in metrics.items():
        if sample.startswith(f"{name}_bucket") and value >= wanted:
            return sample.partition('le="')[2].rstrip('"}')
    return "+Inf"


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main()
