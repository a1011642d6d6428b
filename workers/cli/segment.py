"""`broadsheet segment`: pages from files, taken apart here and now, without Kafka."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar, cast

import click

from workers.cli.page_view_look import SHOWN, Look, Shown, look_at
from workers.cli.page_views import VIEWS
from workers.cli.printable import printable
from workers.errors import PageError
from workers.readers import Item, Unreadable, find_inputs, read_input

Thing = TypeVar("Thing")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="PATH…")
@click.option("--url", help="Where plain pages were fetched: resolves their links and tells their site.")
@click.option(
    "--content-type",
    help='Of plain pages, as HTTP gave it ("text/html; charset=utf-8"); else the file name tells, and what is in it.',
)
@click.option("--site", help='Of pages that name none ("news.example"); else the URL tells.')
@click.option(
    "--format",
    "view",
    type=click.Choice(sorted(VIEWS)),
    default="json",
    show_default=True,
    help=". ".join(f"{name}: {view.help}" for name, view in VIEWS.items()) + ".",
)
@click.option(
    "--show",
    type=click.Choice(SHOWN),
    help="Which blocks text shows, and html at first: promos are teasers and snippets, chrome is navigation and the "
    "like.  [default: all]",
)
def segment(
    paths: tuple[str, ...], url: str | None, content_type: str | None, site: str | None, view: str, show: str | None
) -> int:
    """Take pages apart here and now, without Kafka.

    A PATH is a file, a folder (all files in it), or - for standard input. Files that end in .jsonl hold a page a line
    (an envelope, or {"url": …, "html": …}), in .warc or .wet a crawl; everything else is one page. All may be
    compressed (.gz, .zst; pages also .br). A page that cannot be read is named on standard error with the reason, and
    the exit code is 1.

    \b
    broadsheet segment page.html --url https://news.example/story
    curl -s https://news.example/story | broadsheet segment - | jq .article.headline
    broadsheet segment page.html --format html > look.html
    broadsheet segment front-pages/ --format text --show promos | less -R
    broadsheet segment crawl.warc.gz | jq -r '.teasers[] | [.placement, .position, .headline, .url] | @tsv'
    """
    chosen = VIEWS[view]
    if show is not None and not chosen.chooses:
        raise click.UsageError(f"--show is for --format html and text; {view} holds everything, and jq takes it apart.")
    tally = _Tally()
    looks = _looks(_items(paths, tally, content_type, url, site), tally, explain=chosen.explains)
    for piece in chosen.show(looks, cast(Shown, show or "all")):
        click.echo(piece, nl=False)
    if not tally.pages and not tally.failed:
        click.echo(f"There is no page in {' '.join(paths)}: hidden files are left out.", err=True)
    return 1 if tally.failed else 0


class _Tally:
    """What has been read; what could not be is named at once."""

    def __init__(self) -> None:
        self.failed = 0
        self.pages = 0
        """That there were, whatever has become of them."""

    def tell(self, where: str, reason: str) -> None:
        self.failed += 1
        click.echo(f"{printable(where)}: {printable(reason)}", err=True)


def _items(
    paths: tuple[str, ...], tally: _Tally, content_type: str | None, url: str | None, site: str | None
) -> Iterator[Item]:
    """Every page that the paths hold, one at a time."""
    for path in paths:
        for source in _telling(find_inputs([path]), tally, path):
            pages = read_input(source, standard_input=sys.stdin.buffer, content_type=content_type, url=url, site=site)
            yield from _telling(pages, tally, source.path)


def _telling(things: Iterator[Thing], tally: _Tally, path: str) -> Iterator[Thing]:
    """The same, up to where reading ends in an error."""
    try:
        yield from things
    except OSError as error:
        tally.tell(str(error.filename or path), error.strerror or str(error))


def _looks(items: Iterator[Item], tally: _Tally, *, explain: bool) -> Iterator[Look]:
    for item in items:
        tally.pages += 1
        if isinstance(item, Unreadable):
            tally.tell(item.where, item.reason)
            continue
        try:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            yield look_at(item.page, item.where, segmented_at=now, explain=explain)
        except PageError as error:
            tally.tell(item.where, f"{error.reason} ({error})")
