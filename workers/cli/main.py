"""The command `broadsheet`: finds the subcommand, turns errors into sentences and exit codes.

Subcommands are imported when they run: `broadsheet --help` must not wait for Kafka clients and models.
Exit codes: 0 done, 1 something failed (some pages, a broker that does not answer), 2 wrong usage.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

import click


class Subcommand(NamedTuple):
    """Where a subcommand is, and its line in the list; a test compares the line with the command's own help."""

    module: str
    attribute: str
    help: str


SUBCOMMANDS = {
    "demo": Subcommand("workers.cli.demo", "demo", "Show the whole flow on this machine, start to end."),
    "segment": Subcommand("workers.cli.segment", "segment", "Take pages apart here and now, without Kafka."),
    "publish": Subcommand("workers.cli.publish", "publish", "Publish pages from files to Kafka."),
    "worker": Subcommand("workers.cli.worker", "worker", "Run a worker until it is told to stop."),
    "tail": Subcommand("workers.cli.tail", "tail", "Show what goes over a topic, one line a record."),
    "deadletters": Subcommand(
        "workers.cli.deadletters", "deadletters", "Look at the pages that failed, and try them once more."
    ),
    "audit": Subcommand(
        "workers.cli.audit",
        "audit",
        "Read all topics and tell what is lost or doubled: exit code 0 if nothing is, 1 if anything.",
    ),
    "topics": Subcommand("workers.cli.topics", "topics", "Make the topics, or tell what differs."),
    "settings": Subcommand(
        "workers.cli.settings_table",
        "settings",
        "Show every setting: its value here and now, its variable and its meaning.",
    ),
    "broker": Subcommand("workers.cli.broker", "broker", "Run an Apache Kafka for trying out, developing and testing."),
    "completion": Subcommand(
        "workers.cli.completion", "completion", "Print what makes a shell complete this program's commands."
    ),
}


class LazyGroup(click.Group):
    """A group that knows its subcommands' names and help lines without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = SUBCOMMANDS.get(cmd_name)
        if found is None:
            return None
        command = getattr(import_module(found.module), found.attribute)
        assert isinstance(command, click.Command)  # noqa: S101 # a slip in the table above
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, subcommand.help) for name, subcommand in SUBCOMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"broadsheet {version('broadsheet')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Every setting is a flag of the commands that use it and an environment variable BROADSHEET_*; "
    "`broadsheet settings` lists them all. Exit codes: 0 done, 1 some pages failed, 2 wrong usage.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Show the version."
)
def cli() -> None:
    """Take news pages apart: the article, the teasers that promote other stories, the snippets of feeds.

    \b
    Try it, without any other installation:
      broadsheet demo                        broker, workers and sample pages, start to end
      broadsheet segment page.html           one page, no Kafka
      broadsheet COMMAND --help              what a command does, with examples
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (without the program's name; None: the process's) and return its exit code."""
    try:
        result = cli.main(args=arguments, prog_name="broadsheet", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return 1
    except BrokenPipeError:
        # Who read our output has enough (`| head`). Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        from workers.cli.failures import sentence

        told = sentence(error)
        if told is None:
            raise
        click.echo(f"Error: {told}", err=True)
        return 1
    return result if isinstance(result, int) else 0


def main() -> None:
    """The console command."""
    sys.exit(run())


if __name__ == "__main__":
    main()
