"""Grafana's dashboard without Grafana: what it asks for is there, and what it shows is legible."""

import re
from itertools import combinations
from typing import Any

from tests.deploy.dashboard import GRAFANA, dashboard, filled, panels, queries, variables
from tests.deploy.deployment import (
    PROMETHEUS,
    TARGET_LABELS,
    alerts,
    exported_series,
    labels_of,
    rules,
    series_of,
    yaml_document,
)


def test_panels_ask_only_for_series_and_labels_that_there_are() -> None:
    exported = exported_series()
    known = exported.keys() | {rule["record"] for rule in rules() if "record" in rule} | {"up"}
    labels = (TARGET_LABELS | {"alertstate"}).union(*exported.values())
    for title, expression in queries():
        assert series_of(expression) <= known, title
        assert series_of(expression) or "ALERTS" in expression, title
        assert set(labels_of(expression)) <= labels, title


def test_every_series_that_workers_export_is_shown_or_watched() -> None:
    expressions = [expression for _, expression in queries()] + [rule["expr"] for rule in rules()]
    read = set().union(*(series_of(expression) for expression in expressions))
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in read}
    exported = {re.sub(r"_(bucket|count|sum)$", "", name) for name in exported_series()}
    assert exported <= families


def test_every_recorded_series_is_used() -> None:
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    expressions = [expression for _, expression in queries()] + [rule["expr"] for rule in rules()]
    assert recorded <= set().union(*(series_of(expression) for expression in expressions))


def test_every_variable_in_a_query_is_one_of_the_dashboard() -> None:
    named = {variable["name"] for variable in dashboard()["templating"]["list"]}
    assert named == {"datasource", "job", "instance"}
    for title, expression in queries():
        assert "$" not in filled(expression, "1m"), title
    assert {name for name, _, _ in variables()} == named - {"datasource"}


def test_no_panel_covers_another_and_each_says_what_it_shows() -> None:
    everything = dashboard()["panels"]
    assert len({panel["id"] for panel in everything}) == len(everything)
    for one, other in combinations(everything, 2):
        assert not _overlap(one["gridPos"], other["gridPos"]), (one["title"], other["title"])
    for panel in everything:
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24, panel["title"]
    titles = [panel["title"] for panel in panels()]
    assert len(set(titles)) == len(titles)


def test_every_panel_and_query_goes_through_the_variable_of_the_data_source() -> None:
    wanted = {"type": "prometheus", "uid": "${datasource}"}
    for panel in panels():
        assert panel["datasource"] == wanted, panel["title"]
        assert all(target["datasource"] == wanted for target in panel["targets"]), panel["title"]
        references = [target["refId"] for target in panel["targets"]]
        assert len(set(references)) == len(references), panel["title"]


def test_the_thresholds_of_the_stats_are_those_of_the_alerts() -> None:
    steps = {
        panel["title"]: {step["value"] for step in panel["fieldConfig"]["defaults"]["thresholds"]["steps"]}
        for panel in panels()
        if panel["type"] == "stat"
    }
    expressions = {alert["alert"]: alert["expr"] for alert in alerts()}
    for alert, title in {
        "BroadsheetDeadLetters": "Dead letters",
        "BroadsheetEndToEndSlow": "99 of 100 pages within",
    }.items():
        assert float(expressions[alert].rpartition(">")[2]) in steps[title]


def test_grafana_is_provisioned_with_the_data_source_that_the_dashboard_begins_with() -> None:
    (source,) = yaml_document(GRAFANA / "provisioning" / "datasources" / "prometheus.yml")["datasources"]
    chosen = next(one for one in dashboard()["templating"]["list"] if one["name"] == "datasource")["current"]
    assert (source["name"], source["uid"]) == (chosen["text"], chosen["value"])
    interval = yaml_document(PROMETHEUS / "prometheus.yml")["global"]["scrape_interval"]
    assert source["jsonData"]["timeInterval"] == interval
    (provider,) = yaml_document(GRAFANA / "provisioning" / "dashboards" / "broadsheet.yml")["providers"]
    assert provider["options"]["path"] == "/etc/grafana/dashboards"


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )
