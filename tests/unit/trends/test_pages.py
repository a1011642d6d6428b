"""Sketches of distinct pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.trends.pages import distinct_pages, with_page


def sketch(pages: list[str]) -> bytes:
    found = b""
    for page in pages:
        found = with_page(found, page)
    return found


@pytest.mark.parametrize("count", [0, 1, 8, 9, 100, 700])
def test_hundreds_of_pages_are_counted_exactly_however_often_each_comes(count: int) -> None:
    pages = [f"https://news.example/{number}" for number in range(count)]
    assert distinct_pages([sketch(pages + pages[::-1])]) == count


def test_many_pages_are_counted_within_a_few_per_cent_in_four_kilobytes() -> None:
    found = sketch([f"https://news.example/{number}" for number in range(20_000)])
    assert distinct_pages([found]) == pytest.approx(20_000, rel=0.05)
    assert len(found) < 4_500


def test_a_page_takes_a_dozen_bytes() -> None:
    assert len(sketch(["https://news.example/"])) <= 12


@given(st.lists(st.lists(st.integers(0, 60).map(str), max_size=30), max_size=8))
def test_sketches_together_count_what_is_in_any_of_them(panes: list[list[str]]) -> None:
    assert distinct_pages(map(sketch, panes)) == len({page for pane in panes for page in pane})
