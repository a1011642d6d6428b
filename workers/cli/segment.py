"""`broadsheet segment`: pages from files, taken apart here and now, without Kafka."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from schemas import RawPage
from workers.cli.page_views import VIEWS
from workers.errors import PageError
from workers.pipeline import process_page

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
    help="json: one line a page with path, article, teasers and snippets.",
)
def segment(paths: tuple[str, ...], url: str | None, content_type: str | None, view: str) -> int:
    """Take pages apart here and now, without Kafka.

    A PATH is a file, a folder (all files in it), or - for standard input. A page that cannot be read is named on
    standard error with the reason, and the exit code is 1.

    \b
    broadsheet segment page.html --url https://news.example/story
    curl -s https://news.example/story | broadsheet segment - | jq .article.headline
    broadsheet segment --content-type text/plain flattened/
    """
    failed = 0
    for path in _expanded(paths):
        try:
            body = _read(path)
        except OSError as error:
            failed += 1
            click.echo(f"{path}: {error.strerror}", err=True)
            continue
        encoding = ENCODINGS.get(Path(path).suffix)
        page = RawPage(body=body, url=url, content_type=content_type, content_encoding=encoding)
        try:
            records = process_page(page, segmented_at=datetime.now(UTC).isoformat(timespec="milliseconds"))
        except PageError as error:
            failed += 1
            click.echo(f"{path}: {error.reason} ({error})", err=True)
            continue
        click.echo(VIEWS[view](path, records), nl=False)
    return 1 if failed else 0


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
