"""Processor time of every family of bad pages at one size and at four times the size: `python -m tests.bench.growth`.

Four times the page should cost four times the time. More than eight times is told as suspicious: quadratic growth
gives sixteen.
"""

import time

from tests.hostile.families import FAMILIES, Family
from workers.errors import PageError
from workers.pipeline import process_page

SIZE_BYTES = 150_000
"""Of the smaller page: large enough to outweigh what every page costs."""

SUSPICIOUS_RATIO = 8.0


def main() -> None:
    """Print a line a family, the worst growth first."""
    results = []
    for name, family in FAMILIES.items():
        count = _count_for(family, SIZE_BYTES)
        small, large = _seconds(family, count), _seconds(family, 4 * count)
        results.append((large / small, name, count, small, large))
    for ratio, name, count, small, large in sorted(results, reverse=True):
        mark = "  <- suspicious" if ratio > SUSPICIOUS_RATIO else ""
        print(f"{name:36} n={count:<8} {1e3 * small:8.1f} ms {1e3 * large:8.1f} ms  x {ratio:4.1f}{mark}")  # noqa: T201


def _count_for(family: Family, size: int) -> int:
    per_item = (len(family(1000).body) - len(family(0).body)) / 1000
    return max(10, round(size / max(per_item, 0.1)))


def _seconds(family: Family, count: int) -> float:
    page = family(count)
    best = float("inf")
    for _ in range(3):
        started = time.thread_time()
        try:
            process_page(page)
        except PageError as error:
            print(f"{name_of(error)}")  # noqa: T201
        best = min(best, time.thread_time() - started)
    return best


def name_of(error: PageError) -> str:
    """What to print for a page error."""
    return f"{error.reason}: {error}"


if __name__ == "__main__":
    main()
