"""Rank, rank change, and what a record says of a teaser."""

import pytest

from tests.unit.trends.sightings import START, identity, sighted
from workers.trends.entry import Entry, first_entry
from workers.trends.pages import with_page
from workers.trends.ranking import MOST_TRENDS, window_of
from workers.trends.reading import Shown
from workers.trends.state import State

END = START // 1000 + 600


def entry(called: str, **changes: object) -> dict[bytes, Entry]:
    made = first_entry([Shown(id="", headline=called, placement="rail", position=5)], "/", START, 0)
    for name, value in changes.items():
        setattr(made, name, value)
    return {identity(called): made}


def pages(count: int) -> bytes:
    sketch = b""
    for number in range(count):
        sketch = with_page(sketch, str(number))
    return sketch


@pytest.mark.parametrize("better", [
    {"sightings": 2},
    {"pages": pages(2)},
    {"placement": "list", "position": 9},
    {"position": 4},
    {"first": START - 1},
])  # fmt: skip
def test_what_makes_the_higher_rank(better: dict[str, object]) -> None:
    window = window_of("a.example", END, 600, [entry("A") | entry("Z", **better)], [])
    assert window is not None
    assert [one.headline for one in window.trends] == ["Z", "A"]


def test_ranks_change_against_the_window_before() -> None:
    before = entry("A", sightings=9) | entry("B", sightings=8) | entry("gone", sightings=7) | entry("C")
    now = entry("A", sightings=1) | entry("C", sightings=5) | entry("new", sightings=3)
    window = window_of("a.example", END, 600, [now], [before])
    assert window is not None
    assert [(one.headline, one.rank, one.rank_change) for one in window.trends] == [
        ("C", 1, 3), ("new", 2, None), ("A", 3, -2)
    ]  # fmt: skip


def test_an_hour_is_the_panes_together() -> None:
    panes = [
        entry("A", first=START, last=START + 5, headline="A", url="https://a.example/old"),
        entry("A", first=START + 700, last=START + 900, headline="a", url="https://a.example/new", placement="list"),
        entry("A", pages=with_page(with_page(b"", "/"), "/x"), first=START + 300, last=START + 300, sightings=4),
    ]
    window = window_of("a.example", END, 3600, panes, [])
    assert window is not None
    (one,) = window.trends
    assert (one.sightings, one.pages, one.placement, one.position) == (6, 2, "list", 5)
    assert (one.headline, one.url) == ("a", "https://a.example/new")
    assert one.first_seen_at == "2025-03-04T08:00:00+00:00"
    assert one.last_seen_at == "2025-03-04T08:00:00.900+00:00"


def test_a_record_holds_the_first_fifty_and_says_how_many_there_are() -> None:
    state = State(0)
    state.add(0, sighted(0, *(f"{number:03}" for number in range(70))))
    (window, _) = state.current("a.example")
    assert len(window.trends) == MOST_TRENDS
    assert [one.rank for one in window.trends] == list(range(1, MOST_TRENDS + 1))
    assert (window.teaser_count, window.sighting_count) == (70, 70)
    assert window.trends[0].headline == "000"


def test_the_best_place_is_kept_and_the_newest_words() -> None:
    state = State(0)
    state.add(0, sighted(0, "x", "A"))
    state.add(1, sighted(1, "x", "y", "A", page="/b"))
    (window, _) = state.current("a.example")
    places = {one.headline: (one.position, one.pages) for one in window.trends}
    assert places == {"x": (0, 2), "A": (1, 2), "y": (1, 1)}


def test_a_placement_of_a_later_release_comes_out_as_unknown() -> None:
    window = window_of("a.example", END, 600, [entry("A", placement="hologram")], [])
    assert window is not None
    assert window.trends[0].placement is None


def test_a_site_without_sightings_has_no_window() -> None:
    assert window_of("a.example", END, 600, [], [entry("A")]) is None
    assert State(0).current("a.example") == []
