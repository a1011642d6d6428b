"""Twice as much of a bad thing costs twice the work: counted in lines of our own code, so the same on every machine.

What libraries and regular expressions do inside one line is not counted here; tests/bench/growth.py measures that.
"""

import pytest

from tests.hostile.families import FAMILIES
from tests.hostile.work import lines_run
from workers.errors import PageError
from workers.pipeline import process_page
from workers.readers.http_messages import unchunked

START = 60
"""So many bad things at first; then twice and four times as many."""

SLACK = 400
"""In lines: rounding of batches, limits that are reached or not."""


def work(name: str, count: int) -> int:
    page = FAMILIES[name](count)

    def run() -> None:
        try:
            process_page(page)
        except PageError:
            return

    return lines_run(run)


def test_the_count_sees_every_turn_of_a_loop_and_is_the_same_each_time() -> None:
    counts = [lines_run(lambda turns=turns: unchunked(b"1\na\n" * turns)) for turns in (100, 200, 300, 300)]  # type: ignore[misc]
    assert counts[1] - counts[0] == counts[2] - counts[1] >= 100
    assert counts[2] == counts[3]


def grows_in_proportion(name: str, start: int) -> bool:
    """Does the second doubling add no more than linear growth lets it?

    It adds twice what the first adds when growth is linear, and four times when it is quadratic. Where the labeller
    judges a larger page otherwise, its first step may be one down.
    """
    first, second, third = (work(name, start * times) for times in (1, 2, 4))
    return third - second <= 3 * abs(second - first) + SLACK


@pytest.mark.parametrize("name", FAMILIES)
def test_work_grows_no_faster_than_the_page(name: str) -> None:
    work(name, START)  # what is loaded or learned once is known now
    # From some size on a page may be judged otherwise, and cost another sum a block: one step up. Quadratic growth
    # shows at either size.
    assert grows_in_proportion(name, START) or grows_in_proportion(name, 2 * START)
