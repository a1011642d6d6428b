"""Flags and environment variables: precedence, names, help."""

import click
import pytest
from click.testing import CliRunner

from workers.cli.main import cli
from workers.cli.settings import described_settings, settings_from
from workers.settings import Settings


def test_a_flag_wins_over_a_variable_and_that_over_the_default() -> None:
    environment = {"BROADSHEET_PARTITIONS": "3", "BROADSHEET_LOG_LEVEL": "debug"}
    settings = settings_from({"partitions": "5"}, environment)
    assert (settings.partitions, settings.log_level, settings.topic_prefix) == (5, "debug", "news.")


def test_an_empty_variable_counts_as_unset() -> None:
    assert settings_from({}, {"BROADSHEET_PARTITIONS": ""}).partitions == 12


def test_a_worker_has_a_name_even_if_nobody_gave_it_one() -> None:
    assert settings_from({}, {}).worker_id
    assert settings_from({}, {"BROADSHEET_WORKER_ID": "left"}).worker_id == "left"


@pytest.mark.parametrize(
    ("flags", "environment", "name"),
    [
        ({"partitions": "x"}, {}, "--partitions: "),
        ({}, {"BROADSHEET_PARTITIONS": "x"}, "BROADSHEET_PARTITIONS: "),
        (
            {},
            {"BROADSHEET_KAFKA_SECURITY_PROTOCOL": "SASL_SSL"},
            "--kafka-sasl-username (BROADSHEET_KAFKA_SASL_USERNAME)",
        ),
    ],
)
def test_a_wrong_value_is_told_under_the_name_it_was_given_by(
    flags: dict[str, str | None], environment: dict[str, str], name: str
) -> None:
    with pytest.raises(click.UsageError) as refused:
        settings_from(flags, environment)
    assert name in refused.value.message


def test_every_setting_of_a_worker_stands_in_its_help() -> None:
    runner = CliRunner()
    shown = {
        kind: " ".join(runner.invoke(cli, ["worker", kind, "--help"], terminal_width=200).output.split())
        for kind in ("segment", "dedup", "trends")
    }
    groups = {
        "segment": "kafka records segment worker",
        "dedup": "kafka topics records dedup worker",
        "trends": "kafka records trends worker",
    }
    for setting in described_settings():
        pages = [text for kind, text in shown.items() if setting.group in groups[kind].split()]
        assert pages, setting.name
        for text in pages:
            assert f"{setting.flag} " in text
            assert setting.variable in text
            assert setting.description in text


def test_every_setting_is_described_once() -> None:
    assert [setting.name for setting in described_settings()] == list(Settings.__struct_fields__)
