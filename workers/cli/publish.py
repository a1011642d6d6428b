"""`broadsheet publish`: pages from files, folders, JSON lines and archives onto the pages' topic."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from workers.cli.folders import data_folder
from workers.cli.publish_batches import Batch, read_batches
from workers.cli.publish_journal import Journal
from workers.cli.publish_progress import PublishProgress, make_progress
from workers.cli.settings import with_settings
from workers.readers import find_inputs, read_input
from workers.readers.inputs import STANDARD_INPUT
from workers.settings import Settings


@dataclass(slots=True)
class Tally:
    """What this run has done."""

    pages: int = 0
    failed: int = 0


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="PATH…")
@click.option("--url", help="Where the page was fetched, for a single page in a file or on standard input.")
@click.option(
    "--content-type", help='Of plain pages, as HTTP gave it; else the file name tells ("page.html", "a.txt").'
)
@click.option("--site", help="Of pages that name none: what their teasers and snippets are deduplicated by.")
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps how far an unfinished run has come.  [default: a folder of the user's data]",
)
@click.option("--restart", is_flag=True, help="Begin anew, whatever an unfinished run has done.")
@with_settings("kafka", "topics")
def publish(
    paths: tuple[str, ...],
    url: str | None,
    content_type: str | None,
    site: str | None,
    state: Path | None,
    restart: bool,
    settings: Settings,
) -> int:
    """Publish pages from files to Kafka.

    A PATH is a file, a folder (all files in it), or - for standard input. Files that end in .jsonl hold a page a line
    (an envelope, or {"url": …, "html": …}), in .warc or .wet a crawl; everything else is one page. All may be
    compressed (.gz, .zst; pages also .br).

    A run that was interrupted goes on where it stopped when the same command is given again. What cannot be read or
    written is named on standard error, and the exit code is 1.

    \b
    broadsheet publish pages/
    broadsheet publish story.html --url https://news.example/story
    broadsheet publish CC-MAIN-20240301.warc.wet.gz
    zcat items.jsonl.gz | broadsheet publish -
    """
    for path in paths:
        if path != STANDARD_INPUT and not Path(path).exists():
            raise click.BadParameter(f"there is no {path}", param_hint="PATH")
    if url is not None and (len(paths) > 1 or Path(paths[0]).is_dir()):
        raise click.UsageError("--url names one page's address; JSON lines and archives bring their own.")
    journal = journal_of(settings, paths, state, restart)
    read = partial(read_input, standard_input=sys.stdin.buffer, content_type=content_type, url=url, site=site)
    progress = make_progress(_total_bytes(paths))
    started, tally = time.monotonic(), Tally()
    try:
        asyncio.run(_publish(settings, read_batches(paths, journal, read), journal, progress, tally))
    finally:
        journal.close()
        progress.close()
    journal.discard()
    _tell(tally, settings.topic("pages"), time.monotonic() - started)
    return 1 if tally.failed else 0


def journal_of(settings: Settings, paths: Sequence[str], state: Path | None, restart: bool) -> Journal:
    """The journal of this command, with what an unfinished run has left in it."""
    inputs = [path if path == STANDARD_INPUT else str(Path(path).resolve()) for path in paths]
    key = [settings.kafka_bootstrap_servers, settings.topic("pages"), *inputs]
    journal = Journal(state or data_folder() / "publish", key)
    if restart:
        journal.discard()
    elif done := journal.load():
        click.echo(f"Going on after {done} pages of an unfinished run (--restart begins anew).", err=True)
    return journal


def _total_bytes(paths: Sequence[str]) -> int | None:
    return None if STANDARD_INPUT in paths else sum(source.size or 0 for source in find_inputs(paths))


async def _publish(
    settings: Settings, batches: Iterator[Batch], journal: Journal, progress: PublishProgress, tally: Tally
) -> None:
    from workers.stream.publish import PagePublisher
    from workers.stream.topics import require_topics

    await require_topics(settings, ["pages"])
    async with PagePublisher(settings) as publisher:
        reading = asyncio.ensure_future(asyncio.to_thread(next, batches, None))
        while (batch := await reading) is not None:
            reading = asyncio.ensure_future(asyncio.to_thread(next, batches, None))
            for item in batch.unreadable:
                progress.complain(item.where, item.reason)
            refused = await publisher.send([found.page for found in batch.found])
            for index, reason in refused.items():
                progress.complain(batch.found[index].where, reason)
            tally.pages += len(batch.found) - len(refused)
            tally.failed += len(batch.unreadable) + len(refused)
            journal.write(batch.marks.items())
            progress.advance(tally.pages, tally.failed, batch.behind)


def _tell(tally: Tally, topic: str, seconds: float) -> None:
    rate = tally.pages / seconds if seconds else 0
    pages = "1 page" if tally.pages == 1 else f"{tally.pages} pages"
    click.echo(f"Published {pages} to {topic} in {seconds:.1f} s ({rate:.0f} a second).")
    if tally.failed:
        click.echo(f"{tally.failed} could not be published; they are named above.", err=True)
