"""`broadsheet segment`: pages from files, taken apart here and now, without Kafka."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from schemas import RawPage
from workers.cli.page_view_look import look_at
from workers.cli.page_views import VIEWS
from workers.errors import PageError

STANDARD_INPUT = "-"

ENCODINGS = {".gz": "gzip", ".br": "br", ".zst": "zstd"}
"""File name endings of compressed pages, and the content encoding they stand for."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--url", help="Where the page was fetched: resolves its links and tells its site.")
@click.option("--content-type", help='As HTTP gave it, "text/html; charset=utf-8"; else the page is looked at.')
@click.option(
    "--format",
    "view",
    type=click.Choice(sorted(VIEWS)),
    default="json",
    show_default=True,
    help=". ".join(f"{name}: {view.help}" for name, view in VIEWS.items()) + ".",
)
def segment(paths: tuple[str, ...], url: str | None, content_type: str | None, view: str) -> int:
    """Take pages apart here and now, without Kafka.

    A PATH is a file, a folder (all files in it), or - for standard input. A page that cannot be read is named on
    standard error with the reason, and the exit code is 1.

    \b
    broadsheet segment page.html --url https://news.example/story
    curl -s https://news.example/story | broadsheet segment - | jq .article.headline
    broadsheet segment --content-type text/plain flattened/
    broadsheet segment page.html --format html > look.html
    broadsheet segment page.html --format text | less -R
    """
    chosen = VIEWS[view]
    expanded = _expanded(paths)
    if chosen.one_page:
        expanded = iter(_only_one(list(expanded), view))
    failed = 0
    for path in expanded:
        try:
            body = _read(path)
        except OSError as error:
            failed += 1
            click.echo(f"{path}: {error.strerror}", err=True)
            continue
        encoding = ENCODINGS.get(Path(path).suffix)
        page = RawPage(body=body, url=url, content_type=content_type, content_encoding=encoding)
        try:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            look = look_at(page, path, segmented_at=now, explain=chosen.explains)
        except PageError as error:
            failed += 1
            click.echo(f"{path}: {error.reason} ({error})", err=True)
            continue
        click.echo(chosen.show(look), nl=False)
    return 1 if failed else 0


def _only_one(paths: list[str], view: str) -> list[str]:
    if len(paths) > 1:
        raise click.UsageError(f"--format {view} shows one page, and here are {len(paths)}: name one of them.")
    return paths


def _read(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()


def _expanded(paths: tuple[str, ...]) -> Iterator[str]:
    """Files as given; of a folder every file in it, in name order, hidden ones left out."""
    for path in paths:
        if path == STANDARD_INPUT or not Path(path).is_dir():
            yield path
            continue
        for found in sorted(Path(path).rglob("*")):
            hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
            if found.is_file() and not hidden:
                yield str(found)
