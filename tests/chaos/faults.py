"""What is done to a running pipeline. Each fault is done `times` times at random moments."""

import asyncio
import os
import signal
import time
from collections.abc import Callable

from tests.chaos.flow import Flow
from tests.foreign_client import delete_topic
from workers.stream.topics import create_topics

FROZEN_SECONDS_BEYOND_THE_SESSION = 3.0

Fault = Callable[[Flow, int], None]


def kill_segment_workers(flow: Flow, times: int) -> None:
    _kill(flow, "segment", times)


def kill_dedup_workers(flow: Flow, times: int) -> None:
    _kill(flow, "dedup", times)


def _kill(flow: Flow, kind: str, times: int) -> None:
    for _ in range(times):
        flow.pause(0.5, 3.0)
        name = flow.random.choice(flow.names(kind))
        flow.workers[name].kill()
        flow.faults += 1
        flow.pause(0.0, 1.0)
        flow.start_worker(name)


def freeze_segment_workers(flow: Flow, times: int) -> None:
    _freeze(flow, ("segment",), times)


def freeze_dedup_workers(flow: Flow, times: int) -> None:
    _freeze(flow, ("dedup",), times)


def freeze_one_of_each(flow: Flow, times: int) -> None:
    _freeze(flow, ("segment", "dedup"), times)


def _freeze(flow: Flow, kinds: tuple[str, ...], times: int) -> None:
    """Stopped for longer than the session: the group gives its partitions away, and then it wakes up."""
    for _ in range(times):
        flow.pause(0.5, 3.0)
        processes = [flow.workers[flow.random.choice(flow.names(kind))].pid for kind in kinds]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
            flow.faults += 1
        time.sleep(flow.settings.session_timeout_seconds + FROZEN_SECONDS_BEYOND_THE_SESSION)
        for process in processes:
            os.kill(process, signal.SIGCONT)
        flow.pause(1.0, 3.0)


def restart_in_good_order(flow: Flow, times: int) -> None:
    """A rolling restart by SIGTERM, as a deployment does it."""
    for _ in range(times):
        for name in list(flow.workers):
            flow.pause(0.2, 1.0)
            assert flow.workers[name].stop() == 0
            flow.faults += 1
            flow.start_worker(name)


def join_and_leave(flow: Flow, times: int) -> None:
    """Workers come and go, so that partitions move all the time."""
    for number in range(times):
        for kind in ("segment", "dedup"):
            name = f"{kind}-guest{number}"
            flow.start_worker(name)
            flow.pause(0.5, 2.0)
            assert flow.workers.pop(name).stop() == 0
            flow.faults += 2


def break_children(flow: Flow, times: int) -> None:
    """Pages that crash, hang or fill their child, among the others."""
    deeds = ("do: segfault", "do: hang", "do: eat", "do: raise")
    chosen = {flow.published + 20 + 12 * number: deeds[number % len(deeds)] for number in range(times)}
    flow.deed = lambda number: chosen.get(number, "")
    flow.faults += times
    _publish_beyond(flow, max(chosen))


def overfill_topics(flow: Flow, times: int) -> None:
    """Pages whose article is larger than its topic takes."""
    chosen = {flow.published + 20 + 25 * number for number in range(times)}
    flow.deed = lambda number: f"long-article: {17 * 2**20}" if number in chosen else ""
    flow.faults += times
    _publish_beyond(flow, max(chosen))


def _publish_beyond(flow: Flow, number: int) -> None:
    while flow.published <= number + 20:
        time.sleep(0.2)
    flow.deed = lambda _: ""


def lose_the_dead_letter_topic(flow: Flow, times: int) -> None:
    """The topic is gone while so many pages fail, and comes back later: none passes without its letter.

    Letters that were on it are gone with it, so this has to be the first that is done to a flow.
    """
    delete_topic(flow.settings, "dead-letters")
    chosen = {flow.published + 10 + 7 * number for number in range(times)}
    flow.deed = lambda number: "do: refuse" if number in chosen else ""
    flow.faults += times
    _publish_beyond(flow, max(chosen))
    flow.pause(2.0, 5.0)
    asyncio.run(create_topics(flow.settings))


def kill_the_broker(flow: Flow, times: int) -> None:
    """kill -9 of Kafka itself, and a restart with what it has on disk. Only for a broker of the test's own."""
    assert flow.broker is not None
    for _ in range(times):
        flow.pause(1.0, 4.0)
        flow.broker.kill()
        flow.faults += 1
        flow.pause(0.5, 3.0)
        flow.broker.start()
