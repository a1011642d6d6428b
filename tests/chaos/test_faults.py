"""Nothing lost and nothing twice, whatever is done to the pipeline. Every flow ends with a clean audit.

`make chaos` runs each fault alone, many times, over 3,000 pages; otherwise all of them are done once to two flows.
"""

import pytest

from tests.chaos import faults
from tests.chaos.conftest import FULL, MakeFlow
from tests.chaos.faults import Fault
from tests.chaos.flow import Flow
from tests.chaos.own_broker import OwnBroker
from tests.chaos.table import ROWS, Row

PAGES = 3000

TABLE: tuple[tuple[str, Fault, int], ...] = (
    ("kill -9 of a segment worker", faults.kill_segment_workers, 20),
    ("kill -9 of a dedup worker", faults.kill_dedup_workers, 20),
    ("segment worker frozen for longer than its session", faults.freeze_segment_workers, 5),
    ("dedup worker frozen for longer than its session", faults.freeze_dedup_workers, 5),
    ("rolling restart by SIGTERM", faults.restart_in_good_order, 4),
    ("workers join and leave", faults.join_and_leave, 6),
    ("pages that crash, hang or fill their child", faults.break_children, 40),
    ("articles larger than their topic takes", faults.overfill_topics, 10),
    ("pages that fail while the dead-letter topic is missing", faults.lose_the_dead_letter_topic, 12),
)
"""What, how, and how often in the full round."""

full_round = pytest.mark.skipif(not FULL, reason="the full round is run by `make chaos`")
short_round = pytest.mark.skipif(FULL, reason="`make chaos` does every fault on its own")


def finish(name: str, flow: Flow) -> None:
    """Every outcome gets into the table, and none but a clean one is right."""
    outcome = flow.finish()
    ROWS.append(Row(name, flow.faults, outcome))
    assert (outcome.lost, outcome.twice) == (0, 0)


@full_round
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("name", "fault", "times"), TABLE, ids=[name for name, _, _ in TABLE])
def test_a_fault_done_many_times(name: str, fault: Fault, times: int, make_flow: MakeFlow) -> None:
    flow = make_flow(pages=PAGES, seconds=60.0)
    fault(flow, times)
    finish(name, flow)


@full_round
@pytest.mark.timeout(1200)
def test_the_broker_is_killed_many_times(make_flow: MakeFlow, own_broker: OwnBroker) -> None:
    flow = make_flow(pages=PAGES, seconds=60.0, broker=own_broker)
    faults.kill_the_broker(flow, 5)
    finish("kill -9 of the broker", flow)


@short_round
@pytest.mark.timeout(400)
def test_every_fault_of_workers_and_pages_once(make_flow: MakeFlow) -> None:
    flow = make_flow(pages=400, seconds=30.0, pace=0.3)
    # First, since letters that were on the topic would be gone with it.
    faults.lose_the_dead_letter_topic(flow, 2)
    faults.kill_segment_workers(flow, 2)
    faults.kill_dedup_workers(flow, 2)
    faults.freeze_one_of_each(flow, 1)
    faults.restart_in_good_order(flow, 1)
    faults.join_and_leave(flow, 1)
    faults.break_children(flow, 4)
    faults.overfill_topics(flow, 1)
    finish("all of them", flow)


@short_round
@pytest.mark.timeout(400)
def test_the_broker_is_killed_once(make_flow: MakeFlow, own_broker: OwnBroker) -> None:
    flow = make_flow(pages=200, seconds=15.0, pace=0.3, broker=own_broker)
    faults.kill_the_broker(flow, 1)
    finish("kill -9 of the broker", flow)
