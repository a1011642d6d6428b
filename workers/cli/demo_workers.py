"""The demo's worker processes: started as a user would start them, watched by their log, stopped in good order."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

READY_SECONDS = 60.0
"""Usually two; a machine busy with other things gets more."""

STOP_SECONDS = 15.0
"""A worker promises to leave within 10 s."""


class Worker:
    """One `broadsheet worker …` process."""

    def __init__(self, kind: str, environment: dict[str, str], folder: Path) -> None:
        self.kind = kind
        self.log = folder / f"{kind}.log"
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "workers.cli.main", "worker", kind],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the demo, which then stops its workers itself.
                start_new_session=True,
            )

    def check(self) -> None:
        """Raises click.ClickException when the worker has ended."""
        if (code := self._process.poll()) is not None:
            problem = next((f": {entry['problem']}" for entry in self._entries("worker_failed")), "")
            raise click.ClickException(f"The {self.kind} worker ended with exit code {code}{problem}. See {self.log}")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self.check()
            if self._ready():
                return
            time.sleep(0.05)
        raise click.ClickException(f"The {self.kind} worker is not ready after {READY_SECONDS:.0f} s; see {self.log}")

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _ready(self) -> bool:
        address = self._address()
        if address is None:
            return False
        try:
            with urllib.request.urlopen(f"http://{address}/readyz", timeout=2) as answer:  # the loopback
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _address(self) -> str | None:
        """Where the worker listens, as its log says."""
        return next((f"{entry['host']}:{entry['port']}" for entry in self._entries("http_listening")), None)

    def _entries(self, event: str) -> Iterator[dict[str, Any]]:
        """The log's lines of one event; what is no JSON (a crash's last words) is for the reader of the file."""
        for line in self.log.read_text("utf-8", "replace").splitlines():
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and entry.get("event") == event:
                    yield entry


@contextlib.contextmanager
def running_workers(kinds: list[str], environment: dict[str, str], folder: Path) -> Iterator[list[Worker]]:
    """Workers that are ready; stopped at the end, whatever happens in between."""
    workers: list[Worker] = []
    try:
        for kind in kinds:
            # One by one: when the second cannot be started, the first must be stopped.
            workers.append(Worker(kind, environment, folder))  # noqa: PERF401
        for worker in workers:
            worker.wait_until_ready()
        yield workers
    finally:
        for worker in workers:
            worker.stop()
