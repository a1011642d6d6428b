"""A partition's panes: what is counted, which windows close when, and what a changelog gives back."""

from collections import Counter
from datetime import datetime
from itertools import count

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Trends
from tests.unit.trends.sightings import counted, identity, sighted
from workers.trends import state as module
from workers.trends.reading import Sighted
from workers.trends.state import Clock, State

LATENESS = 600
Windows = dict[tuple[str, int, int], Counter[str]]


def closed(state: State) -> list[Trends]:
    records = list(state.closing())
    state.close()
    return records


def tallies(records: list[Trends]) -> Windows:
    return {
        (one.site, round(datetime.fromisoformat(one.window_end).timestamp()), one.window_seconds): Counter(
            {trend.id: trend.sightings for trend in one.trends}
        )
        for one in records
    }


Packs = list[tuple[bytes, bytes]]
_NUMBERS = count()


def unique() -> bytes:
    return f"pack {next(_NUMBERS)}".encode()


def written(state: State) -> tuple[Packs, Clock]:
    """What a changelog is told when all is written that has changed."""
    return state.packs(unique), msgspec.structs.replace(state.clock)


def recovered(packs: Packs, clock: Clock) -> State:
    state = State(LATENESS)
    for key, value in packs:
        state.recover_pack(key, value)
    state.recover_clock(msgspec.structs.replace(clock))
    state.recovered()
    return state


def test_a_window_closes_when_time_has_passed_its_end_by_the_lateness() -> None:
    state = State(LATENESS)
    state.add(0, sighted(1, "A", "B"))
    state.add(1, sighted(9, "A"))
    state.add(2, sighted(19.9, "C"))
    assert closed(state) == []
    state.add(3, sighted(20, "D"))
    assert state.is_due
    ten, hour = closed(state)
    assert (ten.window_start, ten.window_end) == ("2025-03-04T08:00:00+00:00", "2025-03-04T08:10:00+00:00")
    assert (hour.window_start, hour.window_end) == ("2025-03-04T07:10:00+00:00", "2025-03-04T08:10:00+00:00")
    for window in (ten, hour):
        assert [(one.headline, one.sightings, one.rank) for one in window.trends] == [("A", 2, 1), ("B", 1, 2)]
        assert (window.sighting_count, window.teaser_count) == (3, 2)
    assert not state.is_due
    assert closed(state) == []


def test_within_the_lateness_order_does_not_matter_and_beyond_it_nothing_is_counted() -> None:
    state = State(LATENESS)
    assert state.add(0, sighted(19, "A")) == {"counted": 1}
    assert state.add(1, sighted(1, "A")) == {"counted": 1}
    assert state.add(2, sighted(20, "A")) == {"counted": 1}
    assert state.add(3, sighted(9.99, "A", "B")) == {"late": 2}
    assert state.add(4, sighted(10, "A")) == {"counted": 1}
    ten, _ = closed(state)
    assert [(one.headline, one.sightings) for one in ten.trends] == [("A", 1)]


def test_pages_without_a_site_are_in_no_ranking_and_pages_without_teasers_pass_time() -> None:
    state = State(0)
    assert state.add(0, sighted(1, "A", site=None)) == {"no_site": 1}
    assert state.add(1, sighted(2, "A")) == {"counted": 1}
    assert state.add(2, sighted(30)) == {}
    assert [one.window_seconds for one in closed(state)] == [600, 3600, 3600, 3600]


def test_what_is_read_again_is_not_counted_again() -> None:
    state = State(LATENESS)
    for offset in (0, 1):
        state.add(offset, sighted(offset, "A", "A"))
    assert [state.is_applied(offset) for offset in (0, 1, 2)] == [True, True, False]
    packs, _ = written(state)
    # The packs were written, and the worker died before the clock was.
    again = recovered(packs, Clock())
    assert not again.is_applied(1)
    assert again.add(0, sighted(0, "A", "A")) == {"repeat": 2}
    assert again.add(1, sighted(1, "A", "A")) == {"repeat": 2}
    assert again.add(2, sighted(2, "A")) == {"counted": 1}
    (ten, _) = again.current("a.example")
    assert ten.trends[0].sightings == 5


def test_the_entry_that_has_counted_most_holds_whoever_wrote_it_last() -> None:
    state = State(LATENESS)
    state.add(0, sighted(0, "A"))
    old, _ = written(state)
    state.add(1, sighted(1, "A"))
    new, clock = written(state)
    late = State(LATENESS)
    for key, value in [*new, *old]:
        late.recover_pack(key, value)
    for one in (clock, Clock(0, clock.latest, clock.closed)):
        late.recover_clock(one)
    late.recovered()
    assert late.current("a.example")[0].trends[0].sightings == 2
    assert late.clock.applied == 1


def test_a_leap_of_months_closes_what_was_open_and_nothing_between() -> None:
    state = State(LATENESS)
    state.add(0, sighted(0, "A"))
    state.add(1, sighted(60 * 24 * 100, "B"))
    records = closed(state)
    assert len(records) == 1 + 6
    assert len(state.panes) == 1
    assert {one.window_start for one in state.current("a.example")} == {
        "2025-06-12T08:00:00+00:00", "2025-06-12T07:10:00+00:00"
    }  # fmt: skip


def test_panes_are_kept_as_long_as_an_hour_needs_them_and_no_longer() -> None:
    state = State(LATENESS)
    most = 0
    for offset, minute in enumerate(range(600)):
        state.add(offset, sighted(minute, f"{minute}"))
        if state.is_due:
            closed(state)
        most = max(most, len(state.panes))
    assert most <= 10


def test_while_nothing_comes_time_goes_on() -> None:
    state = State(LATENESS)
    state.idle(1e6)
    assert not state.is_due
    state.add(0, sighted(5, "A"))
    state.idle(14 * 60)
    assert closed(state) == []
    state.idle(15 * 60)
    assert [one.window_seconds for one in closed(state)] == [600, 3600]
    state.idle(90 * 60)
    assert [one.window_seconds for one in closed(state)] == [3600] * 5
    assert state.close() == []


def test_a_site_with_an_endless_archive_costs_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_TEASERS", 3)
    state = State(LATENESS)
    assert state.add(0, sighted(0, *"ABCDE")) == {"counted": 3, "overflow": 2}
    assert state.add(1, sighted(0, *"AXY", site="b.example")) == {"counted": 3}
    assert state.add(2, sighted(1, *"AXY")) == {"counted": 1, "overflow": 2}


def test_what_expires_is_named_once_so_that_the_changelog_can_forget_it() -> None:
    state = State(0)
    state.add(0, sighted(0, "A", "B"))
    (key, _), *_ = packs = written(state)[0]
    state.add(1, sighted(80, "C"))
    # Whoever comes after knows of it, too, and reading it twice is no harm.
    again = recovered(packs + packs, Clock())
    again.add(1, sighted(80, "C"))
    for one in (state, again):
        assert one.close() == [key]
        assert one.close() == []
        assert {place.identity for place in one.dirty} == {identity("C")}


def test_what_is_not_in_a_changelog_is_written_once_in_as_few_packs_as_it_fits_into() -> None:
    state = State(LATENESS)
    state.add(0, sighted(1, *"AB"))
    state.add(1, sighted(2, *"BC", site="b.example"))
    state.add(2, sighted(11, *"A"))
    packs, _ = written(state)
    assert len(packs) == 2
    assert written(state)[0] == []
    state.add(3, sighted(12, *(f"{number:05}" for number in range(9000))))
    many, _ = written(state)
    assert 1 < len(many) < 20
    assert max(len(value) for _, value in many) < 300_000
    assert recovered(packs + many, Clock()).size() == state.size()


@pytest.mark.parametrize(("key", "value"), [
    (b"", b"\x90"), (b"abcd", b"\x90"), (b"abcdefgh", b""), (b"abcdefgh", b"\x91\x01"), (b"abcdefgh", b"\x90\x90"),
])  # fmt: skip
def test_what_is_no_pack_is_told(key: bytes, value: bytes) -> None:
    with pytest.raises((ValueError, msgspec.DecodeError)):
        State(LATENESS).recover_pack(key, value)


minutes = st.floats(0, 150).map(lambda value: round(value, 2))
records = st.lists(
    st.builds(
        lambda minute, headlines, site: sighted(minute, *headlines, site=site),
        minutes,
        st.text("ABCD", max_size=4),
        st.sampled_from(["a.example", "b.example"]),
    ),
    max_size=40,
)


@given(records)
def test_every_window_holds_what_a_count_by_hand_gives(given_records: list[Sighted]) -> None:
    state = State(LATENESS)
    found: list[Trends] = []
    for offset, record in enumerate(given_records):
        state.add(offset, record)
        if offset % 3 == 0:
            found += closed(state)
    found += closed(state)
    assert len(tallies(found)) == len(found), "a window was published twice"
    assert tallies(found) == counted(given_records, LATENESS // 60)


@given(records, st.data())
def test_a_crash_between_any_two_writes_loses_nothing_and_counts_nothing_twice(
    given_records: list[Sighted], data: st.DataObject
) -> None:
    """The packs are written, then the windows, then the clock; after that, offsets may be committed."""
    changelog: Packs = []
    clock = Clock()
    published: Windows = {}
    committed = 0
    state = State(LATENESS)
    crashes = 0
    while committed < len(given_records):
        until = data.draw(st.integers(committed + 1, len(given_records)))
        for offset in range(committed, until):
            if not state.is_applied(offset):
                state.add(offset, given_records[offset])
        survives = data.draw(st.integers(0, 4 if crashes < 5 else 0))
        crashes += survives > 0
        if survives != 1:
            changelog += written(state)[0]
        if survives not in (1, 2):
            for window, tally in tallies(list(state.closing())).items():
                assert published.setdefault(window, tally) == tally, "published again with another content"
        if survives not in (1, 2, 3):
            state.close()
            clock = msgspec.structs.replace(state.clock)
        if survives == 0:
            committed = until
        else:
            state = recovered(changelog, clock)
    published |= tallies(list(state.closing()))
    assert published == counted(given_records, LATENESS // 60)
