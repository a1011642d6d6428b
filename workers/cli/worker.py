"""`broadsheet worker`: run a worker until SIGTERM."""

import asyncio

import click

from workers.cli.groups import CommandGroup
from workers.cli.settings import with_settings
from workers.settings import Settings


@click.group(cls=CommandGroup)
def worker() -> None:
    """Run a worker until it is told to stop.

    Log lines are JSON on standard output. SIGTERM or Ctrl-C ends it in good order. Metrics and health are at /metrics,
    /healthz and /readyz of the address that the log names.

    \b
    broadsheet worker segment
    broadsheet worker dedup --http-port 9102
    """


@worker.command()
@with_settings("kafka", "records", "segment", "worker")
def segment(settings: Settings) -> int:
    """Take the pages on news.pages apart: articles, sightings and dead letters.

    Start as many as you like: they share the partitions of news.pages.

    \b
    broadsheet worker segment
    BROADSHEET_HTTP_PORT=9101 broadsheet worker segment --pool-processes 4
    """
    from workers.stream.segment_worker import run_segment_worker

    return asyncio.run(run_segment_worker(settings))


@worker.command()
@with_settings("kafka", "topics", "records", "dedup", "worker")
def dedup(settings: Settings) -> int:
    """Publish each teaser and snippet on news.sightings once in its window.

    Start as many as you like: they share the partitions of news.sightings.

    \b
    broadsheet worker dedup
    broadsheet worker dedup --teaser-window-days 14
    """
    from workers.stream.dedup_worker import run_dedup_worker

    return asyncio.run(run_dedup_worker(settings))


@worker.command()
@with_settings("kafka", "records", "trends", "worker")
def trends(settings: Settings) -> int:
    """Publish what each site pushes, where and for how long: a ranking for each window of ten minutes and of an hour.

    Start as many as you like: they share the partitions of news.sightings. What is open now is at /sites/SITE/trends
    of the address that the log names (view_listening).

    \b
    broadsheet worker trends
    broadsheet worker trends --trends-lateness-seconds 1800
    """
    try:
        from workers.stream.trends_worker import run_trends_worker
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library not in ("faust", "datasketches"):
            raise
        raise click.ClickException(
            f"The trends worker needs {library}, which is not installed: pip install 'broadsheet[trends]'"
        ) from error
    return asyncio.run(run_trends_worker(settings))
