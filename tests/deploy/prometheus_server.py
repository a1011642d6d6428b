"""A real Prometheus with the project's own rules, at a second's pace, scraping what a test tells it."""

import contextlib
import json
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.deploy.deployment import PROMETHEUS, program
from tests.waiting import until
from workers.broker.broker import free_port


class PrometheusServer:
    """Asked as Grafana asks it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ask(self, path: str, **parameters: str) -> Any:
        """The data of an answer; AssertionError with Prometheus's own words when it refuses."""
        address = f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (the loopback)
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{parameters}: {error.read().decode()}") from error

    def values(self, expression: str) -> list[float]:
        """What an expression is now, one figure a series."""
        return [float(sample["value"][1]) for sample in self.ask("query", query=expression)["result"]]

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/-/ready", timeout=5) as answer:  # noqa: S310 (the loopback)
            return bool(answer.status == 200)
        return False


@contextlib.contextmanager
def running_prometheus(folder: Path, jobs: Mapping[str, Sequence[str]]) -> Iterator[PrometheusServer]:
    """jobs: name -> host:port of each target. Rules are the project's, evaluated every second."""
    executable = program("prometheus")
    names = []
    for rules in sorted(PROMETHEUS.glob("*_rules.yml")):
        names.append(rules.name)
        (folder / rules.name).write_text(re.sub(r"interval: \d+s", "interval: 1s", rules.read_text("utf-8")))
    scrapes = [
        {"job_name": job, "static_configs": [{"targets": list(targets)}]} for job, targets in jobs.items()
    ]  # JSON is YAML
    pace = {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
    configuration = folder / "prometheus.yml"
    configuration.write_text(json.dumps({"global": pace, "rule_files": names, "scrape_configs": scrapes}))
    address = f"127.0.0.1:{free_port()}"
    log = folder / "prometheus.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                executable,
                f"--config.file={configuration}",
                f"--storage.tsdb.path={folder / 'data'}",
                f"--web.listen-address={address}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = PrometheusServer(f"http://{address}")
    try:
        until(lambda: process.poll() is not None or server.is_ready(), what="Prometheus's start")
        assert process.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        yield server
    finally:
        process.terminate()
        process.wait(30)
