"""What bounds a worker: the in-flight budget, the flood guard, health."""

import asyncio

import pytest

from workers.observe.metrics import Metrics
from workers.stream.budget import Budget
from workers.stream.flood import FloodError, FloodGuard
from workers.stream.health import STALL_SECONDS, Health


def test_a_full_budget_makes_readers_wait_until_something_is_given_back() -> None:
    async def main() -> None:
        metrics = Metrics()
        budget = Budget(2, 100, metrics)
        for _ in range(2):
            await asyncio.wait_for(budget.room(), 1)
            budget.take(10)
        waiting = asyncio.ensure_future(budget.room())
        await asyncio.sleep(0)
        assert not waiting.done()
        assert metrics.registry.get_sample_value("broadsheet_in_flight_pages") == 2
        budget.give_back(1, 10)
        await asyncio.wait_for(waiting, 1)
        assert metrics.registry.get_sample_value("broadsheet_in_flight_bytes") == 10

    asyncio.run(main())


def test_one_page_larger_than_the_whole_budget_gets_through() -> None:
    async def main() -> None:
        budget = Budget(10, 100, Metrics())
        await asyncio.wait_for(budget.room(), 1)
        budget.take(1000)
        assert budget.bytes_left == 0
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(budget.room(), 0.01)
        budget.give_back(1, 1000)
        await asyncio.wait_for(budget.room(), 1)

    asyncio.run(main())


def test_the_flood_guard_trips_when_the_share_is_exceeded_and_names_the_commonest_reason() -> None:
    guard = FloodGuard(0.5, 10)
    for reason in ("timeout", "bad-encoding", None, "bad-encoding", None, "bad-encoding", None, None, "timeout"):
        guard.note(reason)
    with pytest.raises(FloodError, match=r"6 of the latest 10 pages are dead letters \(most often bad-encoding\)"):
        guard.note("bad-encoding")


def test_the_flood_guard_lets_a_steady_trickle_pass() -> None:
    guard = FloodGuard(0.5, 10)
    for number in range(1000):
        guard.note("timeout" if number % 2 else None)


def test_a_share_of_one_lets_everything_pass() -> None:
    guard = FloodGuard(1.0, 10)
    for _ in range(100):
        guard.note("bug")


def test_health_is_judged_by_progress() -> None:
    now = [0.0]
    health = Health(clock=lambda: now[0])
    assert health.alive()[0]
    now[0] = STALL_SECONDS + 1
    assert health.alive() == (False, "stuck: nothing done for 61 s; last: starting")
    health.progress("a transaction was committed")
    assert health.alive() == (True, "alive: a transaction was committed 0 s ago")


def test_readiness_says_what_is_missing() -> None:
    health = Health()
    assert health.is_ready() == (False, "joining the group")
    health.ready()
    assert health.is_ready() == (True, "ready")
    health.not_ready("rebalancing")
    assert health.is_ready() == (False, "rebalancing")
