"""What a benchmark finds: a figure, what is wanted of it, and whether it is reached."""

from collections.abc import Iterable
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside its target. A figure without a target stands for comparison."""

    what: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.at_most is None and self.at_least is None:
            return None
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def wanted(self) -> str:
        if self.at_most is not None:
            return f"at most {_number(self.at_most)} {self.unit}".rstrip()
        return f"at least {_number(self.at_least)} {self.unit}".rstrip() if self.at_least is not None else ""

    def row(self) -> tuple[str, str, str, str]:
        """The figure, its value, its target, and whether it is reached."""
        verdict = {None: "", True: "yes", False: "NO"}[self.reached]
        return self.what, f"{_number(self.value)} {self.unit}".rstrip(), self.wanted, verdict


def _number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"


def show(figures: Iterable[Figure]) -> None:
    """Print a table of figures."""
    found = list(figures)
    rows = [("figure", "measured", "wanted", "reached"), *(figure.row() for figure in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    notes = ["", *(figure.note for figure in found)]
    for (what, value, wanted, verdict), note in zip(rows, notes, strict=True):
        click.echo(
            f"{what:{widths[0]}}  {value:>{widths[1]}}  {wanted:{widths[2]}}  {verdict:{widths[3]}}  {note}".rstrip()
        )
