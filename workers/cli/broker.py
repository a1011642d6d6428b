"""`broadsheet broker`: the embedded Kafka, for trying out, developing and testing."""

import asyncio
from pathlib import Path
from typing import Any

import click

from workers.cli.folders import cache_folder, data_folder
from workers.cli.groups import CommandGroup

_data = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="BROADSHEET_BROKER_DATA",
    help="Folder of the broker's records and logs; each broker needs its own.  "
    "[BROADSHEET_BROKER_DATA; default broker/ in the user's data folder]",
)


@click.group(cls=CommandGroup)
def broker() -> None:
    """Run an Apache Kafka for trying out, developing and testing.

    One node on this machine's loopback address, without Docker, Java or Maven installed: the first start fetches
    Kafka (45 MB). It is Apache Kafka itself and loses nothing, but it lets in everybody on this machine and keeps one
    copy of everything. For production use a cluster.

    \b
    broadsheet broker start
    broadsheet broker stop
    """


@broker.command()
@_data
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=9092,
    envvar="BROADSHEET_BROKER_PORT",
    help="Port on 127.0.0.1.  [BROADSHEET_BROKER_PORT; default 9092]",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="BROADSHEET_BROKER_CACHE",
    help="Folder of Kafka's jars.  [BROADSHEET_BROKER_CACHE; default: the user's cache folder]",
)
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="NAME=VALUE",
    help="A property of Kafka's, instead of the usual one (listeners: beside the usual); can be given several times.",
)
def start(data: Path | None, port: int, cache: Path | None, properties: tuple[str, ...]) -> None:
    """Start the broker and wait until it serves; a running one is left as it is.

    \b
    broadsheet broker start
    broadsheet broker start --port 9192 --data ./second
    """
    from workers.broker.broker import start as start_broker
    from workers.broker.configuration import BrokerOptions

    options = BrokerOptions(
        data=_resolved(data), cache=(cache or cache_folder()).resolve(), port=port, properties=_parsed(properties)
    )
    running = start_broker(options, lambda line: click.echo(line, err=True))
    click.echo(f"Apache Kafka serves on {running.address} (process {running.pid}, records and logs in {running.data})")


@broker.command()
@_data
def stop(data: Path | None) -> None:
    """Stop the broker; its records stay.

    \b
    broadsheet broker stop
    """
    from workers.broker.broker import stop as stop_broker

    stopped = stop_broker(_resolved(data))
    click.echo("Stopped." if stopped else "No broker runs with this data folder.")


@broker.command()
@_data
@click.pass_context
def status(ctx: click.Context, data: Path | None) -> None:
    """Tell whether the broker serves: exit code 0 if it does, 1 if not.

    \b
    broadsheet broker status
    """
    from workers.broker.broker import status as broker_status
    from workers.broker.readiness import serves

    running = broker_status(_resolved(data))
    if running is None:
        click.echo("No broker runs with this data folder. Start one with: broadsheet broker start")
        ctx.exit(1)
    if not asyncio.run(serves(running.address)):
        click.echo(
            f"The broker (process {running.pid}) runs but does not serve on {running.address}; see {running.log}"
        )
        ctx.exit(1)
    click.echo(f"Apache Kafka serves on {running.address} (process {running.pid}, records and logs in {running.data})")


def _resolved(data: Path | None) -> Path:
    return (data or data_folder() / "broker").resolve()


def _parsed(properties: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, Any] = {}
    for given in properties:
        name, separator, value = given.partition("=")
        if not separator or not name.strip():
            raise click.UsageError(f"--property {given}: it must be NAME=VALUE, as in Kafka's server.properties.")
        pairs[name.strip()] = value.strip()
    return pairs
