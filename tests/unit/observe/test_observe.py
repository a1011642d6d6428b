"""Events write a line and move counters; the HTTP side serves what it should and nothing else."""

import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from prometheus_client.metrics import MetricWrapperBase

from workers.errors import PageError
from workers.observe import events
from workers.observe.bounded import BoundedLabel
from workers.observe.events import Event, Observer, PageDeadLettered, PageProcessed, name_of
from workers.observe.http import HttpServer
from workers.observe.logs import open_log
from workers.observe.metrics import Metrics

CONTRACT = {
    "broadsheet_pages_total": {"format", "outcome"},
    "broadsheet_records_total": {"kind"},
    "broadsheet_page_bytes": set(),
    "broadsheet_stage_seconds": {"stage"},
    "broadsheet_end_to_end_seconds": set(),
    "broadsheet_dead_letters_total": {"reason"},
    "broadsheet_dedup_total": {"kind", "result"},
    "broadsheet_dedup_keys": {"kind"},
    "broadsheet_transactions_total": {"result"},
    "broadsheet_consumer_lag": {"topic", "partition"},
    "broadsheet_pool_busy_ratio": set(),
    "broadsheet_rebalances_total": set(),
}

DEAD = PageDeadLettered(
    source="news.pages:0:1",
    url="https://news.example/\u2028",
    reason="timeout",
    stage="pool",
    detail="not done after 5 s",
    attempts=1,
    bytes=10,
    cut=False,
)


def test_the_contracts_metrics_have_their_names_and_labels() -> None:
    metrics = Metrics()
    names: dict[str, set[str]] = {}
    for collector in vars(metrics).values():
        if isinstance(collector, MetricWrapperBase):
            (family,) = collector.describe()
            name = family.name + ("_total" if family.type == "counter" else "")
            names[name] = set(collector._labelnames)
    assert CONTRACT.items() <= names.items()
    assert metrics.registry.get_sample_value("broadsheet_build_info", _build_labels(metrics)) == 1


def test_a_counter_is_there_before_it_counts_for_the_first_time() -> None:
    registry = Metrics().registry
    assert registry.get_sample_value("broadsheet_transactions_total", {"result": "fenced"}) == 0
    assert registry.get_sample_value("broadsheet_dedup_total", {"kind": "snippet", "result": "new"}) == 0
    for error in PageError.__subclasses__():
        assert registry.get_sample_value("broadsheet_dead_letters_total", {"reason": error.reason}) == 0


def _build_labels(metrics: Metrics) -> dict[str, str]:
    (sample,) = next(iter(metrics.build_info.collect())).samples
    assert set(sample.labels) == {"version", "python"}
    return dict(sample.labels)


def test_an_event_writes_a_line_and_moves_its_counters() -> None:
    stream = io.StringIO()
    observer = Observer(Metrics(), open_log("info", "w-1", stream))
    observer.emit(DEAD)
    line = json.loads(stream.getvalue())
    assert line | {"timestamp": ""} == {
        "event": "page_dead_lettered",
        "level": "warning",
        "worker": "w-1",
        "timestamp": "",
        "source": "news.pages:0:1",
        "url": "https://news.example/\u2028",
        "reason": "timeout",
        "stage": "pool",
        "detail": "not done after 5 s",
        "attempts": 1,
        "bytes": 10,
        "cut": False,
    }
    registry = observer.metrics.registry
    assert registry.get_sample_value("broadsheet_dead_letters_total", {"reason": "timeout"}) == 1
    assert registry.get_sample_value("broadsheet_pages_total", {"format": "unknown", "outcome": "dead_letter"}) == 1


def test_below_the_level_nothing_is_written_but_everything_is_counted() -> None:
    stream = io.StringIO()
    observer = Observer(Metrics(), open_log("info", "w-1", stream))
    observer.emit(
        PageProcessed(
            source="news.pages:0:1",
            url=None,
            format="html",
            outcome="article",
            teasers=3,
            snippets=0,
            bytes=1000,
            end_to_end_seconds=0.2,
            stages={"encode": 0.001},
            site="news.example",
            language="de",
        )
    )
    assert stream.getvalue() == ""
    registry = observer.metrics.registry
    assert registry.get_sample_value("broadsheet_pages_total", {"format": "html", "outcome": "article"}) == 1
    assert registry.get_sample_value("broadsheet_stage_seconds_count", {"stage": "encode"}) == 1
    assert registry.get_sample_value("broadsheet_articles_total", {"language": "de"}) == 1
    assert registry.get_sample_value("broadsheet_site_teasers_total", {"site": "news.example"}) == 3


def test_labels_that_come_from_pages_are_bounded() -> None:
    sites = BoundedLabel(2)
    assert [sites.value(site) for site in ("a.example", "b.example", "c.example", "a.example", None)] == [
        "a.example",
        "b.example",
        "other",
        "a.example",
        "unknown",
    ]
    assert BoundedLabel(2).value("x" * 1000) == "other"


def test_every_event_has_a_name_of_its_own() -> None:
    kinds = [kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Event)]
    names = {name_of(kind.__name__) for kind in kinds}
    assert len(names) == len(kinds) > 15
    assert "page_dead_lettered" in names


class Probes:
    well = True

    def health(self) -> tuple[bool, str]:
        return self.well, "alive" if self.well else "stuck"

    def readiness(self) -> tuple[bool, str]:
        return False, "joining the group"


@pytest.fixture
def served() -> Iterator[tuple[str, Probes]]:
    probes = Probes()
    server = HttpServer("127.0.0.1", 0, Metrics().registry, probes.health, probes.readiness)
    yield f"http://127.0.0.1:{server.port}", probes
    server.close()


def get(url: str, **request: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, **request), timeout=5) as answer:  # type: ignore[arg-type]  # noqa: S310 # the loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_metrics_and_probes_are_served(served: tuple[str, Probes]) -> None:
    address, probes = served
    status, body = get(f"{address}/metrics")
    assert status == 200
    assert "broadsheet_build_info{" in body
    assert get(f"{address}/healthz") == (200, "alive\n")
    probes.well = False
    assert get(f"{address}/healthz") == (503, "stuck\n")
    assert get(f"{address}/readyz") == (503, "joining the group\n")


@pytest.mark.parametrize("path", ["/", "/metrics/x", "/..", "/healthz/../metrics"])
def test_nothing_else_is_served(served: tuple[str, Probes], path: str) -> None:
    assert get(served[0] + path)[0] == 404


def test_only_reading_is_allowed(served: tuple[str, Probes]) -> None:
    assert get(f"{served[0]}/metrics", method="POST")[0] == 405
    assert get(f"{served[0]}/healthz", method="DELETE")[0] == 405


def test_an_address_in_use_is_an_error_at_once(served: tuple[str, Probes]) -> None:
    port = int(served[0].rpartition(":")[2])
    probes = Probes()
    with pytest.raises(OSError, match="in use"):
        HttpServer("127.0.0.1", port, Metrics().registry, probes.health, probes.readiness)
