"""What the tests of deploy/ share: its files, Prometheus's programs, and what a PromQL expression asks for."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client.metrics import MetricWrapperBase

from tests.conftest import REPOSITORY, missing
from workers.observe.metrics import Metrics

DEPLOY = REPOSITORY / "deploy"
PROMETHEUS = DEPLOY / "prometheus"

TARGET_LABELS = frozenset({"job", "instance", "alertname", "severity"})
"""Labels that Prometheus itself gives."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_SERIES = re.compile(r"[a-z_]*:?broadsheet[_:][a-z0-9_:]+|\bup\b")
_SELECTOR = re.compile(rf"({_SERIES.pattern})(\{{[^}}]*\}})?")
_MATCHER = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"')
_GROUPING = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")


def yaml_documents(path: Path) -> list[Any]:
    """The documents of a YAML file."""
    try:
        import yaml
    except ImportError:
        missing("no YAML: `make test` installs what judges deploy/")
    return list(yaml.safe_load_all(path.read_text("utf-8")))


def yaml_document(path: Path) -> Any:
    """The one document of a YAML file."""
    (document,) = yaml_documents(path)
    return document


def program(name: str) -> str:
    """Path of prometheus or promtool."""
    unpacked = REPOSITORY / ".venv" / "prometheus" / "usr" / "bin" / name
    if unpacked.exists():
        return str(unpacked)
    return shutil.which(name) or missing(f"no {name}: `make test` fetches it where there is apt-get")


def rules() -> list[dict[str, Any]]:
    """Every recording and alert rule."""
    files = [yaml_document(PROMETHEUS / f"{kind}_rules.yml") for kind in ("recording", "alert")]
    return [rule for file in files for group in file["groups"] for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def exported_series() -> dict[str, set[str]]:
    """Every series that a worker exports, by the names that samples have -> its labels."""
    endings: dict[str, tuple[str, ...]] = {
        "counter": ("_total",),
        "gauge": ("",),
        "histogram": ("_bucket", "_count", "_sum"),
        "info": ("_info",),
    }
    metrics = Metrics()
    series: dict[str, set[str]] = {}
    for collector in vars(metrics).values():
        if not isinstance(collector, MetricWrapperBase):
            continue
        (family,) = collector.describe()
        for ending in endings[family.type]:
            labels = set(collector._labelnames)
            if ending == "_bucket":
                labels.add("le")
            if ending == "_info":
                labels |= {"version", "python"}
            series[family.name + ending] = labels
    return series


def series_of(expression: str) -> set[str]:
    """The names of the series that an expression reads."""
    return set(_SERIES.findall(_STRING.sub('""', expression)))


def selectors_of(expression: str) -> set[str]:
    """The instant selectors of an expression, with their matchers."""
    plain = re.sub(r"#.*", "", expression)
    return {match.group(0) for match in _SELECTOR.finditer(plain) if not _inside_string(plain, match.start())}


def labels_of(expression: str) -> Iterator[str]:
    """Every label that an expression matches or groups by."""
    yield from _MATCHER.findall(expression)
    for group in _GROUPING.findall(expression):
        yield from (label.strip() for label in group.split(",") if label.strip())


def _inside_string(text: str, place: int) -> bool:
    return any(match.start() < place < match.end() for match in _STRING.finditer(text))
