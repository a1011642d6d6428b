"""The README says what the program does: its settings table, commands and dependencies."""

import re
import tomllib
from importlib import metadata
from itertools import chain

from click.testing import CliRunner

from tests.conftest import REPOSITORY
from workers.cli.main import SUBCOMMANDS, cli
from workers.cli.settings_table import markdown_tables
from workers.settings import Settings
from workers.stream.rights import markdown_table

README = (REPOSITORY / "README.md").read_text("utf-8")


def test_the_settings_table_is_fresh() -> None:
    match = re.search(r"<!-- settings: .*? -->\n(.*)<!-- /settings -->", README, re.DOTALL)
    assert match is not None
    assert match.group(1) == markdown_tables(), "put the output of `broadsheet settings --markdown` between the marks"


def test_the_table_of_rights_is_fresh() -> None:
    match = re.search(r"<!-- rights: .*? -->\n(.*)<!-- /rights -->", README, re.DOTALL)
    assert match is not None
    assert match.group(1) == markdown_table(Settings()), (
        "put the output of `broadsheet topics rights` between the marks"
    )


def test_the_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"`broadsheet ([a-z]+)|^(?:\.venv/bin/)?broadsheet ([a-z]+)", README, re.MULTILINE))
    assert {one or other for one, other in named} == SUBCOMMANDS.keys()


def test_every_flag_in_a_command_line_of_the_readme_exists() -> None:
    lines = re.findall(r"^(?:\.venv/bin/)?broadsheet ([^#\n&]*)", README, re.MULTILINE)
    lines += re.findall(r"`broadsheet ([^`\n]*)`", README)
    assert len(lines) > 10
    for line in lines:
        words = line.split()
        flags = [word for word in words if word.startswith("--") and word != "--help"]
        command = [word for word in words[:2] if word.isalpha()]
        while flags:
            help_text = CliRunner().invoke(cli, [*command, "--help"])
            if help_text.exit_code == 0:
                assert all(f"{flag}" in help_text.output for flag in flags), line
                break
            command.pop()


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    required = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=;]", requirement)[0] for requirement in required}
    table = README[README.index("## Dependencies") : README.index("## Contributing")]
    explained = {name for row in re.findall(r"^\| ([a-z0-9, -]+) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert explained - {"package"} == names


def test_the_locked_versions_are_those_that_are_installed_here() -> None:
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", _lock(), re.MULTILINE))
    for name in ("aiokafka", "msgspec", "click", "turbohtml"):
        assert metadata.version(name) == locked[name]


def _lock() -> str:
    return (REPOSITORY / "deploy" / "requirements-dev.txt").read_text("utf-8")
