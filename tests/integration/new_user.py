"""A new user: a shell, a fresh folder, and the README's blocks, one after the other as they stand there."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.auditing import everything_is_done
from tests.conftest import REPOSITORY
from tests.waiting import until
from workers.settings import Settings

BLOCK_SECONDS = 90.0
"""The slowest starts a Kafka, on a machine that others use too."""

_FENCE = re.compile(r"^```(sh|python)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A piece of the README that a user copies."""

    language: str
    code: str

    @property
    def name(self) -> str:
        """For the list of tests: the first line."""
        return self.code.partition("\n")[0].partition("#")[0].strip()


@dataclass(frozen=True)
class Transcript:
    """What a block has come to."""

    failed: str
    """The commands that ended with another exit code than 0."""
    shown: str
    """Standard output and standard error."""


def blocks(readme: Path) -> list[Block]:
    """Every block of commands and of Python, in order."""
    return [Block(*found) for found in _FENCE.findall(readme.read_text("utf-8"))]


class NewUser:
    """Types what the README says into one shell; nothing of the environment of the tests is on its path."""

    def __init__(self, folder: Path, todo: list[Block], settings: Settings, replace: dict[str, str]) -> None:
        """folder is empty; replace: words of the README -> what stands for them here."""
        self.folder = folder
        self.seen: list[Transcript] = []
        self._stuck: str | None = None
        """What has not come to an end: nothing can be typed any more."""
        self._todo = todo
        self._settings = settings
        self._replace = replace
        (folder / ".venv").symlink_to(sys.prefix)
        (folder / "examples").symlink_to(REPOSITORY / "examples")
        bash = shutil.which("bash")
        assert bash is not None, "the README's commands are for a shell"
        self._shell = subprocess.Popen(
            [bash, "--noprofile", "--norc"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=self._environment(),
            start_new_session=True,
            text=True,
        )
        self._type("set -o pipefail; trap 'failed=\"$failed$BASH_COMMAND; \"' ERR")

    def see(self, number: int) -> Transcript:
        """What the block of this number (from 0) comes to; those before it are run first, if they were not yet."""
        while len(self.seen) <= number and self._stuck is None:
            self.seen.append(self._run(self._todo[len(self.seen)]))
        return self.seen[number] if number < len(self.seen) else Transcript(f"nothing, after {self._stuck}", "")

    def leave(self) -> None:
        """End the shell, and what it has started."""
        for ending in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._shell.pid, ending)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._shell.wait(20)

    def _environment(self) -> dict[str, str]:
        port = self._settings.kafka_bootstrap_servers.rpartition(":")[2]
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "BROADSHEET_BROKER_CACHE") if name in os.environ}
        return {
            "PATH": os.defpath,
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
            "BROADSHEET_BROKER_PORT": port,
            "BROADSHEET_KAFKA_BOOTSTRAP_SERVERS": self._settings.kafka_bootstrap_servers,
            "PYTHONUNBUFFERED": "1",
            **kept,
        }

    def _run(self, block: Block) -> Transcript:
        number = len(self.seen)
        script, log, done = (self.folder / f".block-{number}{ending}" for ending in (".sh", ".log", ".done"))
        code = block.code
        for word, ours in self._replace.items():
            code = code.replace(word, ours)
        if block.language == "python":
            (self.folder / f".block-{number}.py").write_text(code)
            code = f"python .block-{number}.py\n"
        script.write_text(code)
        self._type(f'failed=; source {script.name} >{log.name} 2>&1 </dev/null; echo "$failed" >{done.name}')
        self._stuck = f"`{block.name}`, which has not come to an end"
        until(lambda: done.exists() and done.read_text().endswith("\n"), within=BLOCK_SECONDS, what=self._stuck)
        self._stuck = None
        typed = "".join(earlier.code for earlier in self._todo[: number + 1])
        if "broker start" in typed and "broker stop" not in typed:
            # A reader takes longer to the next block than workers take with a page.
            until(lambda: everything_is_done(self._settings), within=BLOCK_SECONDS, what="the end of the workers' work")
        return Transcript(done.read_text().strip(), log.read_text("utf-8", "replace"))

    def _type(self, line: str) -> None:
        assert self._shell.stdin is not None
        self._shell.stdin.write(line + "\n")
        self._shell.stdin.flush()
