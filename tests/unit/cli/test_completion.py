"""Shell completion: what the README tells to put into a shell's start-up file, in every shell that is here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import REPOSITORY
from workers.cli.completion import SHELLS
from workers.cli.main import cli

OFFERED = {
    "broadsheet se": ["segment", "settings"],
    "broadsheet segment --for": ["--format"],
    "broadsheet segment --format ": ["html", "json", "text"],
    "broadsheet tail tea": ["teasers"],
    "broadsheet topics rights re": ["read", "replay"],
}
"""What stands on the line -> what fits its last word."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the command in it: the shell calls it by its name."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "broadsheet"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m workers.cli.main "$@"\n')
    command.chmod(0o755)
    return folder


def in_shell(shell: str, script: str, program: Path) -> list[str]:
    """The lines that a shell without start-up files prints."""
    path = shutil.which(shell)
    if path is None:
        # No service: what the others show of the protocol, they show of this one.
        pytest.skip(f"no {shell}, `make browser` installs it where apt-get is")
    options = {"bash": ["--norc", "-c"], "zsh": ["-f", "-c"], "fish": ["--no-config", "-c"]}[shell]
    environment = {**os.environ, "PATH": f"{program}:{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        [path, *options, script], env=environment, capture_output=True, text=True, timeout=60, cwd=program
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def by_line(printed: list[str]) -> dict[str, list[str]]:
    """Lines that begin with "=" are the cases, those after each what was offered."""
    found: dict[str, list[str]] = {}
    for line in printed:
        if line.startswith("="):
            offered = found.setdefault(line[1:], [])
        else:
            offered.append(line.partition("\t")[0])
    return {line: sorted(offered) for line, offered in found.items()}


def test_bash_completes(program: Path) -> None:
    script = 'eval "$(broadsheet completion bash)"; complete -p broadsheet >/dev/null\n'
    for line in OFFERED:
        words = line.split(" ")
        script += f"""
            echo '={line}'
            COMPREPLY=() COMP_WORDS=({" ".join(word or "''" for word in words)}) COMP_CWORD={len(words) - 1}
            _broadsheet_completion broadsheet
            printf '%s\n' "${{COMPREPLY[@]}}"
        """
    assert by_line(in_shell("bash", script, program)) == OFFERED


def test_fish_completes(program: Path) -> None:
    script = "broadsheet completion fish | source\n"
    script += "".join(f"echo '={line}'; complete --do-complete '{line}'\n" for line in OFFERED)
    assert by_line(in_shell("fish", script, program)) == OFFERED


def test_zsh_completes(program: Path) -> None:
    script = """
        autoload -Uz compinit && compinit -u -D
        eval "$(broadsheet completion zsh)"
        print -r -- $_comps[broadsheet]
        # Its own widgets need a terminal; these stand for them, and show what they would be given.
        _describe() { print -rl -- ${(P)2%%:*} }
        compadd() { print -rl -- ${@[(I)-a]:+${(P)@[-1]}} }
        words=(broadsheet tail tea) CURRENT=3
        _broadsheet_completion
    """
    assert in_shell("zsh", script, program) == ["_broadsheet_completion", "teasers"]


def test_paths_are_completed_by_the_shell(tmp_path: Path, program: Path) -> None:
    (tmp_path / "page.html").touch()
    script = f"""
        cd {tmp_path}
        eval "$(broadsheet completion bash)"
        COMP_WORDS=(broadsheet publish pa) COMP_CWORD=2
        compopt() {{ printf '%s %s\\n' "$1" "$2"; }}
        _broadsheet_completion broadsheet
    """
    assert in_shell("bash", script, program) == ["-o default"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_usual_shell_has_a_script(shell: str) -> None:
    done = CliRunner().invoke(cli, ["completion", shell], standalone_mode=False)
    assert done.return_value == 0
    assert f"{shell}_complete" in done.output
