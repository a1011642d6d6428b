"""What a page costs is pinned, counted instead of timed; tests/bench measures the seconds."""

import pytest

from tests.bench.work import PAGES, counted, pinned
from workers.segment.decode import Decoded
from workers.segment.page import Segmented
from workers.segment.segment import segment

MORE, LESS = 1.10, 0.75
"""Python's releases count a few per cent more or less than each other. What a change saves is to be pinned as well, or
the next one could waste it unseen."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_no_more_work_than_is_pinned(name: str) -> None:
    allowed = pinned()[name]
    counts = counted(PAGES[name])
    assert counts.keys() == allowed.keys()
    beyond = {what: (count, allowed[what]) for what, count in counts.items() if count > MORE * allowed[what]}
    assert not beyond, "more work than pinned: if it buys something, `python -m tests.bench.work --pin`"
    saved = {what: (count, allowed[what]) for what, count in counts.items() if count < LESS * allowed[what]}
    assert not saved, "less work than pinned: keep it by `python -m tests.bench.work --pin`"


def test_the_counts_are_the_same_each_time() -> None:
    first, second = (counted(PAGES["flattened story"]) for _ in range(2))
    assert (first["lines"], first["calls"]) == (second["lines"], second["calls"])


def test_a_wasteful_core_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(page: Decoded) -> Segmented:
        segment(page)
        return segment(page)

    monkeypatch.setattr("workers.pipeline.segment", twice)
    counts, allowed = counted(PAGES["story"]), pinned()["story"]
    assert counts["lines"] > MORE * allowed["lines"]
    assert counts["calls"] > MORE * allowed["calls"]
