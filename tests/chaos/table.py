"""What the faults did, as the table in the README."""

from dataclasses import dataclass

from tests.chaos.flow import Outcome


@dataclass(frozen=True)
class Row:
    """One fault, done several times to one flow."""

    fault: str
    times: int
    outcome: Outcome


ROWS: list[Row] = []
"""Of this test run."""


def table(rows: list[Row]) -> list[str]:
    """Lines in Markdown, and the seed of each."""
    lines = ["| fault | times | pages | lost | twice |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.fault} | {row.times} | {row.outcome.pages:,} | {row.outcome.lost} | {row.outcome.twice} |"
        for row in rows
    ]
    return [*lines, "", "seeds: " + ", ".join(str(row.outcome.seed) for row in rows)]
