"""What the faults did, as the table in the README."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One fault, done several times to one flow."""

    fault: str
    times: int
    pages: int
    lost: int
    twice: int


ROWS: list[Row] = []
"""Of this test run."""


def table(rows: list[Row]) -> list[str]:
    """Lines in Markdown."""
    lines = ["| fault | times | pages | lost | twice |", "|---|---|---|---|---|"]
    return lines + [f"| {row.fault} | {row.times} | {row.pages:,} | {row.lost} | {row.twice} |" for row in rows]
