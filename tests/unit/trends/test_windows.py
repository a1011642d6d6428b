"""Windows of ten minutes, and of an hour every ten minutes."""

import pytest

from workers.trends.windows import PANE_SECONDS, WINDOW_SECONDS, ends_of_interest, pane_of, panes_in

DAY = 144 * PANE_SECONDS


@pytest.mark.parametrize(("milliseconds", "pane"), [
    (0, 0),
    (599_999, 0),
    (600_000, 600),
    (1_741_075_200_000, 1_741_075_200),
    (-1, -600),
])  # fmt: skip
def test_a_moment_is_in_the_pane_that_has_begun(milliseconds: int, pane: int) -> None:
    assert pane_of(milliseconds) == pane


def test_an_hour_is_six_panes_and_ends_before_its_end() -> None:
    assert list(panes_in(7200, WINDOW_SECONDS[1])) == [3600, 4200, 4800, 5400, 6000, 6600]
    assert list(panes_in(7200, WINDOW_SECONDS[0])) == [6600]


@pytest.mark.parametrize(("first", "last", "after", "until", "ends"), [
    (0, 0, -1, 599, []),
    (0, 0, -1, 600, [600]),
    (0, 0, -1, DAY, [600, 1200, 1800, 2400, 3000, 3600]),
    (0, 600, 600, 1800, [1200, 1800]),
    (600, 600, 3600, DAY, [4200]),
    (0, 0, 3600, DAY, []),
])  # fmt: skip
def test_only_windows_that_hold_a_pane_are_of_interest(
    first: int, last: int, after: int, until: int, ends: list[int]
) -> None:
    assert list(ends_of_interest(first, last, after, until)) == ends
