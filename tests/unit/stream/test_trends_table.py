"""A state that has not been read back whole is not counted into, whatever Faust believes to have handed over."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
from faust.types import TP

from workers.stream.trends_links import NOTHING, PREVIOUS, SkippedError
from workers.stream.trends_table import CLOCK_KEY, States
from workers.trends.state import Clock, State

CHANGELOG = TP("news.trends-state", 0)
END = 3
"""The offset of the changelog's last record."""


class Recovery:
    """What a worker's recovery does with its states, and what they tell."""

    def __init__(self) -> None:
        self.failures: list[BaseException] = []
        self.owned: list[tuple[set[int], set[int]]] = []
        self.changing = False
        recovery = SimpleNamespace(
            signal_recovery_start=SimpleNamespace(is_set=lambda: self.changing), active_highwaters={CHANGELOG: END}
        )
        app: Any = SimpleNamespace(tables=SimpleNamespace(recovery=recovery))
        table: Any = SimpleNamespace(
            name="trends",
            new_state=lambda: State(600),
            observer=SimpleNamespace(emit=lambda event: None),
            progress=lambda words: None,
            recovered=lambda partitions, rebuilt: self.owned.append((partitions, rebuilt)),
            failed=self.failures.append,
        )
        self.states = States("memory://", app, table)

    def read(self, *records: tuple[int, int]) -> None:
        """Clocks at these offsets, each with the offset before it."""
        self.states.apply_changelog_batch(map(_clock, records), None, None)  # type: ignore[arg-type] # not asked

    def rebalance(self, *, revoked: bool = False, assigned: bool = False) -> None:
        gone, come = ({CHANGELOG} if changed else set() for changed in (revoked, assigned))
        asyncio.run(self.states.on_rebalance(set(), gone, come))

    def complete(self) -> None:
        asyncio.run(self.states.on_recovery_completed({CHANGELOG}, set()))

    def applied(self) -> Iterator[int]:
        return (state.clock.applied for state in self.states.data.values())


def _clock(place: tuple[int, int]) -> Any:
    offset, previous = place
    message = SimpleNamespace(
        topic=CHANGELOG.topic,
        partition=CHANGELOG.partition,
        offset=offset,
        key=CLOCK_KEY,
        value=msgspec.msgpack.encode(Clock(applied=100 + offset)),
        headers=((PREVIOUS, str(previous).encode()),),
    )
    return SimpleNamespace(message=message)


def test_a_state_is_there_when_its_changelog_has_been_read_to_the_end() -> None:
    recovery = Recovery()
    recovery.read((0, NOTHING), (1, 0))
    assert recovery.states.data == {}
    recovery.read((3, 1))
    recovery.complete()
    assert list(recovery.applied()) == [103]
    assert recovery.owned == [({0}, {0})]
    recovery.complete()
    assert recovery.owned[1:] == [({0}, set())]
    assert recovery.failures == []


def test_a_record_of_the_changelog_that_does_not_come_is_missed() -> None:
    for records in ([(0, NOTHING), (3, 2)], [(3, 2)]):
        recovery = Recovery()
        recovery.read(*records)
        assert [type(failure) for failure in recovery.failures] == [SkippedError]


def test_a_state_that_falls_short_of_the_end_is_not_taken_for_whole() -> None:
    recovery = Recovery()
    recovery.read((0, NOTHING), (1, 0))
    recovery.complete()
    assert [type(failure) for failure in recovery.failures] == [SkippedError]
    assert recovery.states.data == {}
    assert recovery.owned == []


def test_of_a_partition_that_was_somebody_elses_all_is_read_again() -> None:
    recovery = Recovery()
    recovery.read((0, NOTHING), (1, 0), (3, 1))
    recovery.complete()
    assert recovery.states.persisted_offset(CHANGELOG) == END
    recovery.rebalance()
    assert recovery.states.persisted_offset(CHANGELOG) == END
    assert list(recovery.applied()) == [103]
    recovery.rebalance(revoked=True)
    recovery.rebalance(assigned=True)
    assert recovery.states.persisted_offset(CHANGELOG) == NOTHING
    assert list(recovery.applied()) == []


def test_a_recovery_that_the_next_rebalance_overtook_completes_nothing() -> None:
    recovery = Recovery()
    recovery.read((0, NOTHING), (1, 0), (3, 1))
    recovery.changing = True
    recovery.complete()
    assert recovery.states.data == {}
    assert recovery.owned == []
    assert recovery.failures == []
