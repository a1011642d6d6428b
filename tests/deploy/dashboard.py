"""Grafana's dashboard as the tests read it: panels, and every query with its variables filled in."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.deploy.deployment import DEPLOY

GRAFANA = DEPLOY / "grafana"

_LABEL_VALUES = re.compile(r"label_values\((.+), (\w+)\)")


def dashboard() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((GRAFANA / "dashboards" / "broadsheet.json").read_text("utf-8"))
    return document


def panels() -> list[dict[str, Any]]:
    """Every panel that shows something; rows are headings."""
    return [panel for panel in dashboard()["panels"] if panel["type"] != "row"]


def queries() -> Iterator[tuple[str, str]]:
    """Title and expression of every query, as they stand in the file."""
    for panel in panels():
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


def filled(expression: str, rate_window: str) -> str:
    """An expression as Grafana sends it with all variables at All."""
    for name, value in {"$job": ".+", "$instance": ".+", "$__rate_interval": rate_window}.items():
        expression = expression.replace(name, value)
    return expression


def variables() -> Iterator[tuple[str, str, str]]:
    """Name, selector and label of every variable that asks Prometheus."""
    for variable in dashboard()["templating"]["list"]:
        if variable["type"] == "query":
            found = _LABEL_VALUES.fullmatch(variable["query"]["query"])
            assert found is not None, variable["query"]
            yield variable["name"], filled(found[1], "1m"), found[2]
