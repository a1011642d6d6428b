"""Prometheus's rules: they load, they fire when they should and only then, and every alert is explained."""

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.deploy.deployment import (
    DEPLOY,
    PROMETHEUS,
    TARGET_LABELS,
    alerts,
    exported_series,
    labels_of,
    program,
    rules,
    series_of,
    yaml_document,
)
from workers.cli.main import cli
from workers.observe import events
from workers.observe.events import name_of
from workers.settings import Settings

CASES = sorted((Path(__file__).parent / "promtool").glob("*.yml"))


def run(*command: str) -> None:
    result = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_prometheus_takes_the_configuration_and_the_rules() -> None:
    run(program("promtool"), "check", "config", str(PROMETHEUS / "prometheus.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_alerts_fire_when_they_should_and_only_then(case: Path) -> None:
    run(program("promtool"), "test", "rules", str(case))


def test_every_alert_is_tested_to_fire_and_to_be_silent() -> None:
    fires: set[str] = set()
    is_silent: set[str] = set()
    for case in CASES:
        for scene in yaml_document(case)["tests"]:
            for test in scene.get("alert_rule_test", []):
                (fires if test.get("exp_alerts") else is_silent).add(test["alertname"])
    names = {alert["alert"] for alert in alerts()}
    assert fires == names
    assert is_silent == names


def test_rules_ask_only_for_series_and_labels_that_there_are() -> None:
    exported = exported_series()
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    labels = TARGET_LABELS.union(*exported.values())
    for rule in rules():
        read = series_of(rule["expr"])
        assert read, rule
        assert read <= exported.keys() | recorded | {"up"}, rule
        assert set(labels_of(rule["expr"])) <= labels, rule


def test_no_recorded_series_is_recorded_twice() -> None:
    recorded = [rule["record"] for rule in rules() if "record" in rule]
    assert len(set(recorded)) == len(recorded)


def test_every_alert_says_how_urgent_it_is_and_where_to_read_on() -> None:
    for alert in alerts():
        assert alert["labels"]["severity"] in {"page", "ticket"}, alert
        assert alert["annotations"].keys() == {"summary", "description", "runbook"}, alert
        assert alert["annotations"]["runbook"] == f"runbook.md#{alert['alert'].lower()}"


def test_the_runbook_has_a_paragraph_for_each_alert_and_for_nothing_else() -> None:
    text = (DEPLOY / "runbook.md").read_text("utf-8")
    paragraphs = dict(re.findall(r"^## (Broadsheet\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert paragraphs.keys() == {alert["alert"] for alert in alerts()}
    for name, paragraph in paragraphs.items():
        for part in ("**It means**", "**Look at**", "**Do**"):
            assert part in " ".join(paragraph.split()), f"{name} lacks {part}"


def test_runbook_and_handbook_name_only_series_settings_and_events_that_there_are() -> None:
    text = (DEPLOY / "runbook.md").read_text("utf-8") + (DEPLOY / "README.md").read_text("utf-8")
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    series = set(re.findall(r"`((?:[a-z_]+:)?broadsheet[_:][a-z0-9_:]+)", text))
    assert series
    assert series <= exported_series().keys() | recorded
    settings = set(re.findall(r"BROADSHEET_([A-Z_]+)", text))
    assert settings
    assert settings <= {name.upper() for name in Settings.__struct_fields__}
    events_named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", text))
    events_named -= series
    assert events_named
    assert events_named <= {name_of(kind) for kind in vars(events)}


def test_commands_in_runbook_and_handbook_are_ones_that_there_are() -> None:
    text = (DEPLOY / "runbook.md").read_text("utf-8") + (DEPLOY / "README.md").read_text("utf-8")
    lines = re.findall(r"`(?:[A-Z_]+=\d+ )?broadsheet ([a-z][^`#\n]*)`", text)
    assert len(lines) > 10
    for line in lines:
        words = line.split()
        command = [word for word in words[:2] if word.isalpha()]
        shown = CliRunner().invoke(cli, [*command, "--help"])
        if shown.exit_code:
            shown = CliRunner().invoke(cli, [command[0], "--help"])
        assert shown.exit_code == 0, line
        assert all(flag in shown.output for flag in words if flag.startswith("--")), line
