"""Shell completion: what the README tells to put into a shell's start-up file."""

import os
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


def complete(words: str, at: int) -> list[str]:
    """What bash would offer for the word at this place of the line."""
    variables = {"_BROADSHEET_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    command = [sys.executable, "-c", "from workers.cli.main import main; main()"]
    done = subprocess.run(
        command, env={**os.environ, **variables}, cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )
    return [line.split(",", 1)[1] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("words", "at", "offered"), [
    ("broadsheet se", 1, ["segment", "settings"]),
    ("broadsheet segment --for", 2, ["--format"]),
    ("broadsheet segment --format ", 3, ["html", "json", "text"]),
])  # fmt: skip
def test_commands_options_and_choices_are_completed(words: str, at: int, offered: list[str]) -> None:
    assert complete(words, at) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_usual_shell_has_a_script(shell: str) -> None:
    command = [sys.executable, "-c", "from workers.cli.main import main; main()"]
    variables = {**os.environ, "_BROADSHEET_COMPLETE": f"{shell}_source"}
    done = subprocess.run(command, env=variables, cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
    assert "_BROADSHEET_COMPLETE" in done.stdout
