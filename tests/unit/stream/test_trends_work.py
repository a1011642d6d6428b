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
from workers.stream import trends_work
from workers.stream.health import Health
from workers.stream.partition import Scene
from workers.stream.trends_kafka import PREVIOUS
from workers.stream.trends_work import SkippedError, TrendsWork
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


def taken(*messages: tuple[int, int], tolerated: set[int]) -> tuple[int, str]:
    """The offset that is applied in the end, and the log."""
    log = io.StringIO()
    state = State(600)
    app: Any = SimpleNamespace(bytes_of=lambda _: None)
    table: Any = SimpleNamespace(of=lambda _: state)
    scene = Scene(Settings(), Observer(Metrics(), open_log("info", "w", log)), Health(), "g", "trends")

    async def main() -> None:
        work = TrendsWork(scene, app, table, tolerated)
        for offset, previous in messages:
            await work.take(message(offset, previous))
        work.look_for_what_was_skipped()

    asyncio.run(main())
    assert state.current("a.example")[0].sighting_count > 0
    return state.clock.applied, log.getvalue()


def test_offsets_may_have_gaps_and_records_may_come_again() -> None:
    assert taken((0, -1), (2, 0), (3, 2), (0, -1), (2, 0), (3, 2), (7, 3), tolerated=set())[0] == 7


def test_what_follows_a_skipped_record_is_counted_when_that_has_come() -> None:
    assert taken((0, -1), (2, 1), (3, 2), tolerated=set())[0] == 0
    assert taken((0, -1), (2, 1), (3, 2), (1, 0), (2, 1), tolerated=set())[0] == 2


def test_what_never_comes_is_waited_for_in_one_membership_and_told_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trends_work, "_SKIPPED_SECONDS", -1.0)
    tolerated: set[int] = set()
    with pytest.raises(SkippedError):
        taken((0, -1), (9, 8), tolerated=tolerated)
    applied, log = taken((0, -1), (9, 8), (10, 9), tolerated=tolerated)
    assert applied == 10
    assert "position_moved" in log
