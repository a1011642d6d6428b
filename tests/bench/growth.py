"""Processor time of every family of bad pages at one size and at four times the size: `python -m tests.bench.growth`.

Four times the page should cost four times the time. More than eight times is told as suspicious: quadratic growth
gives sixteen.
"""

import time

import click

from tests.bench.figures import Figure, show
from tests.hostile.families import FAMILIES, Family
from workers.errors import PageError
from workers.pipeline import process_page

SIZE_BYTES = 60_000
"""Of the smaller page: large enough to outweigh what every page costs."""

SUSPICIOUS_RATIO = 8.0
_RUNS = 2


def figures() -> list[Figure]:
    """The families that grow most."""
    growth = sorted(((_growth(family), name) for name, family in FAMILIES.items()), reverse=True)
    (worst, name), *others = growth
    note = f"of {len(FAMILIES)} families; then " + ", ".join(f"{other} {ratio:.1f}" for ratio, other in others[:3])
    return [Figure(f"four times of {name}", worst, "times the time", at_most=SUSPICIOUS_RATIO, note=note)]


def _growth(family: Family) -> float:
    count = _count_for(family, SIZE_BYTES)
    return _seconds(family, 4 * count) / _seconds(family, count)


def _count_for(family: Family, size: int) -> int:
    per_item = (len(family(1000).body) - len(family(0).body)) / 1000
    return max(10, round(size / max(per_item, 0.1)))


def _seconds(family: Family, count: int) -> float:
    page = family(count)
    best = float("inf")
    for _ in range(_RUNS):
        started = time.thread_time()
        try:
            process_page(page)
        except PageError as error:
            click.echo(f"{error.reason}: {error}")
        best = min(best, time.thread_time() - started)
    return best


if __name__ == "__main__":
    show(figures())
