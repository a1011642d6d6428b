"""Every query of the dashboard and of the rules, asked of a real Prometheus that scrapes a real pipeline."""

import math
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import StartWorker, Topics
from tests.deploy.dashboard import dashboard, filled, queries, variables
from tests.deploy.deployment import program, rules, selectors_of
from tests.deploy.prometheus_server import PrometheusServer, running_prometheus
from tests.foreign_client import Page, publish
from tests.odd_workers import start_odd_worker_process
from tests.waiting import until
from tests.workers_as_processes import WorkerProcess
from workers.settings import Settings

RATE_WINDOW = "1m"
STORY = "<!doctype html><title>Ferry stops</title><h1>Ferry stops</h1>" + 3 * (
    "<p>The ferry between the two shores has stopped for the winter, the harbour office said on Monday.</p>"
)


@pytest.fixture(autouse=True)
def prometheus_is_there() -> None:
    program("prometheus")


@pytest.fixture
def worker_that_crashes(tmp_path: Path) -> Iterator[list[WorkerProcess]]:
    """Filled by the test; killed at its end."""
    started: list[WorkerProcess] = []
    yield started
    for worker in started:
        worker.kill()


def pages(count: int) -> list[Page]:
    """Stories, pages with teasers, a page that kills its child (where the core obeys), and no page at all."""
    texts = [STORY.encode(), b"article: Bridge opens\nteaser: Ferry stops\nsnippet: Rain.", b"do: segfault"]
    made: list[Page] = []
    for number in range(count):
        headers = [("url", f"https://news.example/{number}".encode()), ("site", b"news.example")]
        made.append((str(number).encode(), texts[number % 3], headers))
    return [*made, (b"picture", b"\x89PNG\r\n\x1a\n", [("content-type", b"image/png")])]


def test_no_panel_is_empty_and_no_rule_asks_in_vain(
    topics: Topics,
    start_worker: StartWorker,
    worker_that_crashes: list[WorkerProcess],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = topics(partitions=4, pool_processes=1, flood_guard_share=1.0)
    segment, dedup, trends = (start_worker(kind, settings, ready_within=0) for kind in ("segment", "dedup", "trends"))
    for worker in (segment, dedup, trends):
        worker.wait_until_ready(60)
    # Beside the real core, one that dies when it is told to: what dead children leave must show, too.
    odd = start_odd_worker_process("segment", settings, tmp_path / "odd.log")
    worker_that_crashes.append(odd)
    odd.wait_until_ready(60)
    jobs = {
        "broadsheet-segment": [segment.url.removeprefix("http://"), odd.url.removeprefix("http://")],
        "broadsheet-dedup": [dedup.url.removeprefix("http://")],
        "broadsheet-trends": [trends.url.removeprefix("http://")],
    }
    with running_prometheus(tmp_path, jobs) as prometheus:
        shown = sorted(set(queries()))
        asked = {(title, filled(query, RATE_WINDOW)) for title, query in shown}
        for rule in rules():
            prometheus.values(rule["expr"])  # it parses; an alert that is silent returns nothing
            asked |= {(rule.get("alert") or rule["record"], selector) for selector in selectors_of(rule["expr"])}
        answers = answered(prometheus, settings, asked)
        for name, selector, label in variables():
            match = {"match[]": selector}
            found = prometheus.ask(f"label/{label}/values", **match)
            assert found, name
            answers[f"variable {name}", f"label_values({selector}, {label})"] = [float(len(found))]
        for annotation in dashboard()["annotations"]["list"]:
            prometheus.values(annotation["expr"])
    with capsys.disabled():
        sys.stdout.write("\n" + "".join(sorted(table(answers))))


def answered(
    prometheus: PrometheusServer, settings: Settings, asked: set[tuple[str, str]]
) -> dict[tuple[str, str], list[float]]:
    """Title and query -> what it returned. Pages are published meanwhile; a query that stays empty fails the test."""
    answers: dict[tuple[str, str], list[float]] = {}

    def all_answered() -> bool:
        publish(settings, pages(12))
        for title, query in sorted(asked - answers.keys()):
            values = [value for value in prometheus.values(query) if not math.isnan(value)]
            if values:
                answers[title, query] = values
        return asked == answers.keys()

    try:
        until(all_answered, within=90, what="an answer to each query")
    except AssertionError as error:
        raise AssertionError(f"{error}; empty: {sorted(asked - answers.keys())}") from error
    return answers


def table(answers: dict[tuple[str, str], list[float]]) -> Iterator[str]:
    """A line for each query: what it stands for, the query, the first few figures that came back."""
    for (title, query), values in answers.items():
        figures = ", ".join(f"{value:.3g}" for value in values[:4])
        more = f", … ({len(values)} series)" if len(values) > 4 else ""
        yield f"{title}: {' '.join(query.split())} = {figures}{more}\n"
