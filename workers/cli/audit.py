"""`broadsheet audit`: is every page accounted for exactly once?"""

import asyncio
import json
from typing import TYPE_CHECKING

import click
import msgspec

from workers.cli.printable import printable
from workers.cli.settings import with_settings
from workers.settings import Settings

if TYPE_CHECKING:
    from workers.stream.audit import AuditReport, Faults


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
@with_settings("kafka", "topics", "segment", "dedup")
def audit(settings: Settings, as_json: bool) -> int:
    """Read all topics and tell what is lost or doubled: exit code 0 if nothing is, 1 if anything.

    Every page that the segment group has committed must have sightings or a dead letter, once; every teaser and snippet
    that the dedup group has committed must be published, once in its window. The groups and windows must be those of
    the workers. It reads everything that the topics hold, and may run beside the workers.

    \b
    broadsheet audit
    broadsheet audit --json | jq .unaccounted
    """
    from workers.stream.audit import audit as read_and_compare

    report = asyncio.run(read_and_compare(settings))
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(report) | {"clean": report.clean}))
    else:
        _tell(report)
    return 0 if report.clean else 1


def _tell(report: "AuditReport") -> None:
    click.echo(
        f"{report.pages} pages judged, {report.waiting} waiting, {report.too_old} too old to judge; "
        f"{report.sightings} sightings ({report.sightings_waiting} waiting), {report.dead_letters} dead letters "
        f"({report.replayed} replayed), {report.teasers} teasers, {report.snippets} snippets."
    )
    _tell_faults("pages unaccounted for", report.unaccounted)
    _tell_faults("pages accounted for twice", report.accounted_twice)
    _tell_faults("ids repeated within their window", report.repeated)
    _tell_faults("teasers and snippets seen and never published", report.unpublished)
    if report.promos_too_old:
        click.echo(f"{report.promos_too_old} sightings are too old to tell whether they were published.")


def _tell_faults(what: str, faults: "Faults") -> None:
    click.secho(f"{faults.count} {what}", fg="red" if faults.count else "green")
    for example in faults.examples:
        click.echo(f"  {printable(example)}")
    if faults.count > len(faults.examples):
        click.echo(f"  … and {faults.count - len(faults.examples)} more")
