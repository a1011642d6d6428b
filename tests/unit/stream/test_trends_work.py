"""Records that Faust skips in a rebalance are waited for: what comes behind them is not counted in their stead."""

import asyncio
import io
from types import SimpleNamespace
from typing import Any

import pytest

from schemas import Sightings, Teaser
from schemas.codec import encode
from workers.observe.events import Observer
from workers.observe.logs import open_log
from workers.observe.metrics import Metrics
from workers.settings import Settings
from workers.stream import trends_gaps
from workers.stream.health import Health
from workers.stream.partition import Scene
from workers.stream.trends_gaps import Gaps
from workers.stream.trends_links import PREVIOUS, SkippedError
from workers.stream.trends_work import TrendsWork
from workers.trends.state import State


def message(offset: int, previous: int) -> Any:
    record = Sightings(site="a.example", source=None, teasers=[Teaser(id="a" * 32, site="a.example", headline="A")])
    return SimpleNamespace(
        topic="news.sightings",
        partition=0,
        offset=offset,
        key=b"a.example",
        value=encode(record),
        timestamp=1_741_075_200.0,
        headers=((PREVIOUS, str(previous).encode()),),
    )


Told = tuple[Gaps, io.StringIO]


def gaps() -> Told:
    """A worker's, and its log."""
    log = io.StringIO()
    return Gaps(Observer(Metrics(), open_log("info", "w", log))), log


def taken(*messages: tuple[int, int], told: Told) -> int:
    """The offset that is applied at the end of a membership."""
    state = State(600)
    app: Any = SimpleNamespace(bytes_of=lambda _: None)
    table: Any = SimpleNamespace(states=SimpleNamespace(data={0: state}))
    scene = Scene(Settings(), Observer(Metrics(), open_log("info", "w", told[1])), Health(), "g", "trends")

    async def main() -> None:
        work = TrendsWork(scene, app, table, told[0])
        work.owned({0}, {0})
        for offset, previous in messages:
            await work.take(message(offset, previous))

    asyncio.run(main())
    told[0].look("news.sightings", [0])
    assert state.current("a.example")[0].sighting_count > 0
    return state.clock.applied


def test_offsets_may_have_gaps_and_records_may_come_again() -> None:
    assert taken((0, -1), (2, 0), (3, 2), (0, -1), (2, 0), (3, 2), (7, 3), told=gaps()) == 7


def test_what_follows_a_skipped_record_is_counted_when_that_has_come() -> None:
    assert taken((0, -1), (2, 1), (3, 2), told=gaps()) == 0
    assert taken((0, -1), (2, 1), (3, 2), (1, 0), (2, 1), told=gaps()) == 2


def test_what_never_comes_is_waited_for_in_one_membership_and_told_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trends_gaps, "_SKIPPED_SECONDS", -1.0)
    told = gaps()
    with pytest.raises(SkippedError):
        taken((0, -1), (9, 8), told=told)
    with pytest.raises(SkippedError):  # that others do not come is news
        taken((0, -1), (7, 6), told=told)
    assert "position_moved" not in told[1].getvalue()
    assert taken((0, -1), (9, 8), (10, 9), told=told) == 10
    assert "position_moved" in told[1].getvalue()
