"""A worker as users run it: a process with settings in its environment, a log, and an HTTP port."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import msgspec

from workers.settings import Settings

_LISTENING = re.compile(rb'"port": (\d+), "event": "http_listening"')

STOP_SECONDS = 15.0
"""A worker promises to leave within 10 s of SIGTERM."""


class WorkerProcess:
    """A running `broadsheet worker …`."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log
        self._skipped = log.stat().st_size
        """What was in the log before this process."""
        self._url = ""

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def url(self) -> str:
        """Where it serves, as its log says; "" as long as it does not. A port chosen here might be taken by then."""
        if not self._url:
            with self.log.open("rb") as file:
                file.seek(self._skipped)
                found = _LISTENING.search(file.read())
            self._url = f"http://127.0.0.1:{int(found[1])}" if found else ""
        return self._url

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of /metrics, /healthz or /readyz; status 0 when nothing answers."""
        if not self.url:
            return 0, ""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310 # the loopback
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def metrics(self) -> dict[str, float]:
        """Sample (with labels, as the text format writes it) -> value."""
        lines = (line for line in self.get("/metrics")[1].splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}

    def log_lines(self) -> list[dict[str, Any]]:
        """The log so far, each JSON line decoded; anything that is no JSON stands under "not_json"."""
        result = []
        for line in self.log.read_text("utf-8", "replace").splitlines():
            try:
                result.append(json.loads(line))
            except ValueError:
                result.append({"not_json": line})
        return result

    def wait_until_ready(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the worker ended with {self.process.returncode}:\n{self.last_words()}")
            if self.get("/readyz")[0] == 200:
                return
            time.sleep(0.05)
        raise AssertionError(f"the worker is not ready after {seconds} s:\n{self.last_words()}")

    def stop(self) -> int:
        """SIGTERM; returns the exit code, and fails when the worker takes too long."""
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """SIGKILL, whatever state it is in; its children follow by themselves."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGCONT)
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def last_words(self) -> str:
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-30:])

    def show_log(self) -> None:
        """The end of the log into the report of a failed test."""
        sys.stdout.write(f"--- {self.log.name}\n{self.last_words()}\n")


def environment_of(settings: Settings) -> dict[str, str]:
    """BROADSHEET_* variables for every setting that is not the default."""
    plain = Settings()
    return {
        f"BROADSHEET_{name.upper()}": str(value)
        for name, value in msgspec.structs.asdict(settings).items()
        if value != getattr(plain, name)
    }


def start_worker_process(kind: str, settings: Settings, log: Path) -> WorkerProcess:
    """Start `broadsheet worker <kind>`; standard output and error go to the log. It may not be ready yet."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    environment = {**inherited, **environment_of(settings)}
    command = [str(Path(sys.executable).with_name("broadsheet")), "worker", kind]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    return WorkerProcess(process, log)
