"""`broadsheet deadletters`: which pages failed and why, one of them in full, and all of them once more."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workers.cli.groups import CommandGroup
from workers.cli.printable import printable
from workers.cli.settings import with_settings
from workers.cli.tail import Duration
from workers.errors import PageError
from workers.settings import Settings

if TYPE_CHECKING:
    from workers.stream.replay import Letter, Wanted

REASONS = tuple(kind.reason for kind in PageError.__subclasses__())

_SHOWN_CHARACTERS = 2000

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group(cls=CommandGroup)
def deadletters() -> None:
    """Look at the pages that failed, and try them once more.

    A dead letter is the page as it came, with the reason beside it. Letters are named PARTITION:OFFSET.

    \b
    broadsheet deadletters list --since 2h
    broadsheet deadletters show 3:1041
    broadsheet deadletters replay --reason timeout
    """


def _with_filters(command: Command) -> Command:
    options = (
        click.option(
            "--reason",
            "reasons",
            multiple=True,
            type=click.Choice(REASONS),
            metavar="REASON",
            help=f"Only with this reason, one of {', '.join(REASONS)}; can be given several times.",
        ),
        click.option("--site", "sites", multiple=True, help='Only pages of this site ("news.example").'),
        click.option("--since", type=Duration(), metavar="TIME", help="Only letters younger than this: 10m, 2h, 7d."),
        click.option("--until", type=Duration(), metavar="TIME", help="Only letters older than this."),
        click.option("--below-attempts", type=click.IntRange(min=1), help="Only pages tried fewer times than this."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@deadletters.command("list")
@_with_filters
@click.option("--replayed", "replayed_too", is_flag=True, help="Also letters that have been replayed.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Show so many at most.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of readable ones.")
@with_settings("kafka", "topics")
def list_letters(settings: Settings, limit: int, as_json: bool, **filters: Any) -> int:
    """List dead letters: place, time, reason, attempts, site or URL, detail; then how many there are of each reason.

    \b
    broadsheet deadletters list --reason timeout --since 2h
    broadsheet deadletters list --json | jq -r .url
    """
    counts: Counter[str] = asyncio.run(_list(settings, _wanted(**filters), limit, as_json))
    if not as_json:
        total = ", ".join(f"{count} {reason}" for reason, count in counts.most_common()) or "none"
        more = f" ({limit} shown; --limit shows more)" if counts.total() > limit else ""
        click.echo(f"Dead letters: {total}{more}.", err=True)
    return 0


async def _list(settings: Settings, wanted: "Wanted", limit: int, as_json: bool) -> "Counter[str]":
    from workers.stream.replay import letters

    counts: Counter[str] = Counter()
    async for letter in letters(settings, wanted):
        counts[letter.reason] += 1
        if counts.total() <= limit:
            click.echo(json.dumps(_facts(letter)) if as_json else _line(letter))
    return counts


@deadletters.command()
@click.argument("place", metavar="PARTITION:OFFSET")
@click.option("--raw", is_flag=True, help="Only the page's bytes, as they came: for a file or another program.")
@with_settings("kafka", "topics")
def show(settings: Settings, place: str, raw: bool) -> int:
    """Show one dead letter: why it is one, the original's headers and the beginning of the page.

    \b
    broadsheet deadletters show 3:1041
    broadsheet deadletters show 3:1041 --raw > page.html
    """
    from workers.stream.replay import Wanted

    letter = asyncio.run(_first(settings, Wanted(places=frozenset({place}), replayed_too=True)))
    if letter is None:
        click.echo(
            f"There is no dead letter at {printable(place)}; `broadsheet deadletters list` shows some.", err=True
        )
        return 1
    value = letter.record.value or b""
    if raw:
        sys.stdout.buffer.write(value)
        return 0
    for name, fact in _facts(letter).items():
        click.echo(f"{name:10} {printable(str(fact))}")
    click.echo("headers")
    for name, content in letter.record.headers:
        click.echo(f"  {printable(name)}: {printable((content or b'').decode('utf-8', 'replace'))}")
    text = value.decode("utf-8", "replace")
    click.echo(f"page, {len(value)} bytes")
    click.echo("\n".join(printable(line) for line in text[:_SHOWN_CHARACTERS].splitlines()))
    if len(text) > _SHOWN_CHARACTERS:
        click.echo("… (--raw gives all of it)")
    return 0


async def _first(settings: Settings, wanted: "Wanted") -> "Letter | None":
    from workers.stream.replay import letters

    async for letter in letters(settings, wanted):
        return letter
    return None


@deadletters.command()
@_with_filters
@click.option("--again", "replayed_too", is_flag=True, help="Also letters that have been replayed before.")
@click.option("--dry-run", is_flag=True, help="Only count what would be replayed.")
@with_settings("kafka", "topics")
def replay(settings: Settings, dry_run: bool, **filters: Any) -> int:
    """Put pages back onto their topic, each once, after what made them fail has been mended.

    A page that fails again becomes a dead letter with one more attempt. Letters that come while this runs are left
    alone. What has been replayed is marked, so a replay that was cut short goes on where it was.

    \b
    broadsheet deadletters replay --reason timeout --dry-run
    broadsheet deadletters replay --site news.example --since 2d --below-attempts 3
    """
    from workers.stream.replay import replay as put_back

    wanted = _wanted(**filters)
    if dry_run:
        counts = asyncio.run(_counted(settings, wanted))
        click.echo(f"{counts.total()} would be replayed.")
        return 0
    done = asyncio.run(put_back(settings, wanted))
    click.echo(f"{done.put_back} replayed.")
    if done.cut:
        click.echo(f"{done.cut} left alone: too large for the dead-letter topic, so only a part was kept.", err=True)
    if done.strange:
        click.echo(f"{done.strange} left alone: they do not come from topics of this prefix.", err=True)
    return 0


async def _counted(settings: Settings, wanted: "Wanted") -> "Counter[str]":
    from workers.stream.replay import letters

    return Counter([letter.reason async for letter in letters(settings, wanted) if letter.cut is None])


def _wanted(
    reasons: tuple[str, ...],
    sites: tuple[str, ...],
    since: float | None,
    until: float | None,
    below_attempts: int | None,
    replayed_too: bool,
) -> "Wanted":
    from workers.stream.replay import Wanted

    now = datetime.now(UTC)
    return Wanted(
        reasons=frozenset(reasons),
        sites=frozenset(sites),
        since=None if since is None else now - timedelta(seconds=since),
        until=None if until is None else now - timedelta(seconds=until),
        below_attempts=below_attempts,
        replayed_too=replayed_too,
    )


def _facts(letter: "Letter") -> dict[str, Any]:
    return {
        "place": letter.place,
        "at": letter.at,
        "reason": letter.reason,
        "stage": letter.stage,
        "detail": letter.detail,
        "source": letter.source,
        "attempts": letter.attempts,
        "replayed": letter.replayed,
        "cut": letter.cut,
        "site": letter.site,
        "url": letter.url,
        "bytes": len(letter.record.value or b""),
    }


def _line(letter: "Letter") -> str:
    place, reason = click.style(letter.place.ljust(8), fg="cyan"), click.style(letter.reason.ljust(16), fg="yellow")
    page = printable(letter.url or letter.site or letter.source)
    again = " (replayed)" if letter.replayed else ""
    return f"{place} {printable(letter.at)} {reason} {letter.attempts}x  {page}  {printable(letter.detail)}{again}"
