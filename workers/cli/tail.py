"""`broadsheet tail`: what goes over a topic, as it comes."""

import asyncio
import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import click

from workers.cli.settings import with_settings
from workers.settings import Settings

TOPICS = ("pages", "articles", "sightings", "teasers", "snippets", "dead-letters", "trends")

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Wanted:
    """What the user wants to see of a topic."""

    site: str | None
    since: float | None
    """Seconds back."""
    follow: bool
    count: int | None


class Duration(click.ParamType):
    """A number with a unit (90s, 10m, 2h, 7d), in seconds."""

    name = "duration"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Raises click.BadParameter through fail."""
        if not isinstance(value, str):
            return float(value)
        parts = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)([smhd])", value.strip())
        if parts is None:
            self.fail(f"{value!r} is no length of time; 90s, 10m, 2h and 7d are some.", param, ctx)
        return float(parts[1]) * _UNITS[parts[2]]


def _topics(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    return [topic for topic in TOPICS if topic.startswith(incomplete)]


@click.command()
@click.argument("topic", metavar="TOPIC", shell_complete=_topics)
@click.option("--site", help='Only records of this site ("news.example").')
@click.option("--since", type=Duration(), metavar="TIME", help="Begin with records as old as this: 90s, 10m, 2h, 7d.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of readable ones.")
@click.option(
    "--follow/--no-follow",
    default=True,
    show_default=True,
    help="Wait for more; else stop at what is there now, and begin at the beginning unless --since is given.",
)
@click.option("--count", type=click.IntRange(min=1), help="Stop after so many records.")
@with_settings("kafka", "topics")
def tail(
    topic: str,
    site: str | None,
    since: float | None,
    as_json: bool,
    follow: bool,
    count: int | None,
    settings: Settings,
) -> int:
    """Show what goes over a topic, one line a record.

    TOPIC is one of pages, articles, sightings, teasers, snippets, dead-letters, trends, or the full name of any topic.
    Only committed records are shown. Ctrl-C ends it.

    \b
    broadsheet tail teasers --site news.example --since 10m
    broadsheet tail articles --since 10m --count 1
    broadsheet tail articles --no-follow --json | jq -r .headline
    """
    from workers.cli.record_lines import json_line, readable_line

    line = json_line if as_json else readable_line
    name = settings.topic(topic) if topic in TOPICS else topic
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_show(settings, name, Wanted(site, since, follow, count), line))
    return 0


async def _show(settings: Settings, topic: str, wanted: Wanted, line: Callable[..., str]) -> None:
    from workers.cli.record_lines import Shown
    from workers.stream.tail import tail as records_of

    left = wanted.count
    found = records_of(settings, topic, since_seconds=wanted.since, follow=wanted.follow)
    async with contextlib.aclosing(found) as records:
        async for record in records:
            shown = Shown(record)
            if wanted.site is not None and shown.site != wanted.site:
                continue
            click.echo(line(shown))
            left = None if left is None else left - 1
            if left == 0:
                return
