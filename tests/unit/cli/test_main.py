"""The command line as a whole: help, exit codes, errors without tracebacks, nothing heavy imported."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from workers.cli.main import SUBCOMMANDS, cli, run


@pytest.mark.parametrize("name", sorted(SUBCOMMANDS))
def test_the_list_of_commands_says_what_the_command_says(name: str) -> None:
    context = cli.make_context("broadsheet", [], resilient_parsing=True)
    command = cli.get_command(context, name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=200) == SUBCOMMANDS[name].help


@pytest.mark.parametrize("name", sorted(SUBCOMMANDS))
def test_every_command_has_help(name: str) -> None:
    shown = CliRunner().invoke(cli, [name, "--help"])
    assert shown.exit_code == 0
    assert SUBCOMMANDS[name].help in " ".join(shown.output.split())


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """The full name of each command, groups included, and the command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


@pytest.mark.parametrize("name", [name for name, _ in every_command(cli)])
def test_every_command_shows_examples_of_itself_and_whole_sentences(name: str) -> None:
    shown = CliRunner().invoke(cli, [*name.split(), "--help"], terminal_width=80)
    examples = re.findall(rf"^  (?:.*\| |eval \"\$\(|[A-Z_]+=\S+ )?broadsheet {name}\b.*$", shown.output, re.MULTILINE)
    assert examples, f"`broadsheet {name} --help` has no example"
    assert "..." not in shown.output.replace("[ARGS]...", "")
    assert max(map(len, shown.output.splitlines())) <= max(80, *map(len, examples))


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from workers.cli.main import run; code = run(['--help']); "
        "heavy = {'aiokafka', 'numpy', 'turbohtml', 'rich', 'structlog', 'msgspec', 'asyncio'} & set(sys.modules); "
        "sys.exit(f'imported {heavy}' if heavy else code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["segment"], ["topics", "create", "--partitions", "x"], ["segment", "--format", "nonsense", "x"]],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_a_kafka_that_does_not_answer_is_told_with_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    # Port 1 of the loopback: nobody listens there.
    assert run(["topics", "check", "--kafka-bootstrap-servers", "127.0.0.1:1"]) == 1
    told = capsys.readouterr().err
    assert "127.0.0.1:1 does not answer" in told
    assert "broadsheet broker start" in told
    assert "Traceback" not in told


def test_a_certificate_that_cannot_be_read_is_told_by_its_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = str(tmp_path / "absent.pem")
    assert run(["topics", "check", "--kafka-security-protocol", "SSL", "--kafka-tls-ca-file", absent]) == 1
    assert "--kafka-tls-ca-file (BROADSHEET_KAFKA_TLS_CA_FILE)" in capsys.readouterr().err


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output.startswith("broadsheet ")


def test_a_reader_that_has_enough_causes_no_complaint(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("A line.\n" * 50)
    command = [sys.executable, "-m", "workers.cli.main", "segment", "--content-type", "text/plain", *[str(page)] * 400]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"path":')
        process.stdout.close()
        assert process.stderr.read() == b""
