"""Commands as users type them, run in this process: a process of their own takes half a second only to load."""

from dataclasses import dataclass

from click.testing import CliRunner

from tests.workers_as_processes import environment_of
from workers.cli.main import run
from workers.settings import Settings


@dataclass(frozen=True)
class Done:
    """What a command has done."""

    returncode: int
    stdout: bytes
    stderr: bytes


def command(settings: Settings, *arguments: str) -> Done:
    """Run `broadsheet …` with the settings in its environment. Not inside a running event loop."""
    with CliRunner().isolation(env=environment_of(settings)) as (stdout, stderr, _):
        code = run(arguments)
        return Done(code, stdout.getvalue(), stderr.getvalue())
