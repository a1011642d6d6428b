"""How far `broadsheet publish` is: a bar on a terminal, plain lines anywhere else. All on standard error."""

import sys
import time
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from workers.cli.printable import printable

_LINE_EVERY_SECONDS = 5.0
"""Plain lines end up in log files; a bar is drawn over and over in one place."""


class PublishProgress(Protocol):
    """What is shown while pages are published."""

    def advance(self, pages: int, failed: int, behind: int) -> None:
        """Pages written and failed in all, and bytes of the inputs that are behind."""

    def complain(self, where: str, reason: str) -> None:
        """Name something that could not be published."""

    def close(self) -> None:
        """Nothing more is shown."""


def make_progress(total_bytes: int | None) -> PublishProgress:
    """total_bytes: of all inputs; None when nobody knows (standard input)."""
    return Bar(total_bytes) if sys.stderr.isatty() else PlainLines(total_bytes)


class Bar:
    """A bar with pages, pages a second and the time that is left."""

    def __init__(self, total_bytes: int | None) -> None:
        self._started = time.monotonic()
        self._progress = Progress(
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %" if total_bytes else ""),
            TextColumn("{task.fields[pages]:,} pages"),
            TextColumn("{task.fields[rate]:,.0f} a second"),
            TextColumn("{task.fields[failed]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("", total=total_bytes, pages=0, rate=0.0, failed="")
        self._progress.start()

    def advance(self, pages: int, failed: int, behind: int) -> None:
        rate = pages / max(time.monotonic() - self._started, 0.001)
        told = f"[red]{failed} failed[/red]" if failed else ""
        self._progress.update(self._task, completed=behind, pages=pages, rate=rate, failed=told)

    def complain(self, where: str, reason: str) -> None:
        self._progress.console.print(printable(f"{where}: {reason}"), markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        self._progress.stop()


class PlainLines:
    """A line now and then."""

    def __init__(self, total_bytes: int | None) -> None:
        self._total = total_bytes
        self._started = self._told = time.monotonic()

    def advance(self, pages: int, failed: int, behind: int) -> None:
        now = time.monotonic()
        if now - self._told < _LINE_EVERY_SECONDS:
            return
        self._told = now
        seconds = now - self._started
        words = [f"{pages} pages, {pages / seconds:.0f} a second"]
        if failed:
            words.append(f"{failed} failed")
        if self._total and behind:
            words.append(f"{100 * behind / self._total:.0f} %, {_left(seconds, behind, self._total)} left")
        click.echo(", ".join(words), err=True)

    def complain(self, where: str, reason: str) -> None:
        click.echo(printable(f"{where}: {reason}"), err=True)

    def close(self) -> None:
        """Lines need no end."""


def _left(seconds: float, behind: int, total: int) -> str:
    left = round(seconds * max(0, total - behind) / behind)
    return f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
