"""`broadsheet settings`: every setting, what it is now, and how to change it."""

import os

import click

from workers.cli.settings import Described, described_settings, settings_from

HEADINGS = {
    "kafka": "Kafka",
    "topics": "Topics (`broadsheet topics`, dedup worker)",
    "records": "Records",
    "segment": "Segment worker",
    "dedup": "Dedup worker",
    "trends": "Trends worker",
    "worker": "Any worker",
}
"""Group of settings -> its heading."""


@click.command()
@click.option("--markdown", is_flag=True, help="The table of the README: names, defaults and meanings.")
def settings(markdown: bool) -> None:
    """Show every setting: its value here and now, its variable and its meaning.

    \b
    broadsheet settings
    BROADSHEET_PARTITIONS=24 broadsheet settings
    """
    if markdown:
        click.echo(markdown_tables(), nl=False)
        return
    now = settings_from({}, os.environ)
    for group, heading in HEADINGS.items():
        click.secho(heading.replace("`", ""), bold=True)
        for setting in (setting for setting in described_settings() if setting.group == group):
            value = "" if getattr(now, setting.name) is None else now.shown(setting.name).strip("'")
            changed = os.environ.get(setting.variable)
            click.echo(f"  {setting.variable}={value}{'  (set)' if changed else ''}")
            click.echo(f"      {_meaning(setting)}")


def markdown_tables() -> str:
    """A table a group, as they stand in the README."""
    parts = []
    for group, heading in HEADINGS.items():
        rows = [
            f"| `{setting.variable}` | {f'`{setting.default}`' if setting.default else ''} | {_meaning(setting)} |"
            for setting in described_settings()
            if setting.group == group
        ]
        parts.append(f"**{heading}**\n\n| variable | default | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _meaning(setting: Described) -> str:
    return f"{setting.description} One of: {', '.join(setting.choices)}." if setting.choices else setting.description
