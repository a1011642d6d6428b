"""The trends worker on a real broker: exact without faults, never too little with them; what it does not count."""

import asyncio
import json
import os
import re
import signal
import time
import urllib.error
import urllib.request
from collections import Counter
from itertools import pairwise

import confluent_kafka

from schemas import Trends
from schemas.codec import decode
from tests.commands import command
from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, publish, read_committed
from tests.trends_replay import START, Counts, Window, counts, page, published, replay
from tests.unreadable_record import publish_unreadable
from tests.waiting import until
from tests.workers_as_processes import WorkerProcess
from workers.settings import Settings

REPLAYED = 5000
GROUP_SECONDS = 3.0
"""The session: a worker that is killed or frozen has lost its partitions after that."""


def read(worker: WorkerProcess) -> float:
    """Sightings that a worker has counted."""
    return worker.metrics().get('broadsheet_trends_sightings_total{result="counted"}', 0)


def view(worker: WorkerProcess, site: str) -> tuple[int, dict[str, object]]:
    (line,) = [line for line in worker.log_lines() if line.get("event") == "view_listening"]
    try:
        url = f"http://{line['host']}:{line['port']}/sites/{site}/trends"
        with urllib.request.urlopen(url, timeout=5) as answer:  # the loopback
            assert answer.headers["content-type"] == "application/json"
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_without_faults_every_count_is_exact_and_every_window_is_published_once(
    topics: Topics, start_worker: StartWorker
) -> None:
    settings = topics(partitions=4)
    worker = start_worker("trends", settings)
    given = replay(REPLAYED)
    publish(settings, given.records, topic="sightings")
    until(lambda: read(worker) == REPLAYED * 5)
    held = sum(len(tally) for (_, _, seconds), tally in given.truth.items() if seconds == 600)
    until(lambda: worker.metrics()["broadsheet_trends_entries"] == held)
    status, shown = view(worker, "site3.example")
    assert status == 200
    windows = [decode(json.dumps(one).encode(), Trends) for one in shown["windows"]]  # type: ignore[attr-defined]
    assert [(one.window_seconds, one.window_end) for one in windows] == [
        (600, "2025-03-04T08:40:00+00:00"), (3600, "2025-03-04T08:40:00+00:00")
    ]  # fmt: skip
    assert windows[0].sighting_count == sum(given.truth["site3.example", START + 2400, 600].values())
    assert view(worker, "nowhere.example")[0] == 404

    publish(settings, given.closing, topic="sightings")
    until(lambda: len(counts(settings)) == len(given.truth))
    assert counts(settings) == given.truth
    places = [place for place, _, _ in published(settings)]
    assert len(set(places)) == len(places)
    for (site, _, _), window, record in published(settings):
        assert record.key == site.encode()
        assert record.header("schema") == "trends/1"
        assert record.header("source").startswith(settings.topic("sightings"))
        assert [one.rank for one in window.trends] == list(range(1, len(window.trends) + 1))
        assert all(one.sightings >= other.sightings for one, other in pairwise(window.trends))
    until(lambda: worker.metrics()["broadsheet_trends_entries"] == 0)
    assert worker.get("/healthz")[0] == 200

    lines = command(settings, "tail", "trends", "--no-follow", "--site", "site3.example").stdout.decode().splitlines()
    assert any(re.match(r" +1\. +new  Story \d\d  \[\d+ sightings on \d+ pages, list 0\]", line) for line in lines)
    assert worker.stop() == 0


def test_killed_and_frozen_workers_lose_nothing_and_count_hardly_anything_twice(
    topics: Topics, start_worker: StartWorker
) -> None:
    settings = topics(partitions=4, session_timeout_seconds=GROUP_SECONDS)
    workers = [start_worker("trends", settings, ready_within=0) for _ in range(2)]
    for worker in workers:
        worker.wait_until_ready(60)
    given = replay(REPLAYED)
    pieces = [given.records[begin : begin + 500] for begin in range(0, REPLAYED, 500)]
    for number, piece in enumerate(pieces):
        publish(settings, piece, topic="sightings")
        time.sleep(0.3)  # some of it is counted, some is being written, some is not
        if number in (1, 7):
            workers[0].kill()
            workers[0] = start_worker("trends", settings, ready_within=0)
        if number == 3:
            os.kill(workers[1].pid, signal.SIGSTOP)
            time.sleep(GROUP_SECONDS + 2)
        if number == 5:
            os.kill(workers[1].pid, signal.SIGCONT)
    publish(settings, given.closing, topic="sightings")
    until(lambda: counts(settings).keys() >= given.truth.keys(), within=90, what="the close of every window")
    assert below(given.truth, counts(settings)) == []
    assert too_much(given.truth, counts(settings)) <= 0.01
    assert [worker.process.poll() for worker in workers] == [None, None]


def below(truth: Counts, found: Counts) -> list[tuple[Window, str]]:
    """Windows and teasers that were counted too little."""
    return [
        (window, one)
        for window, tally in truth.items()
        for one, count in tally.items()
        if found.get(window, Counter())[one] < count
    ]


def too_much(truth: Counts, found: Counts) -> float:
    """By what share the sightings of all windows together are more than they should be."""
    wanted = sum(sum(tally.values()) for tally in truth.values())
    return sum(sum(tally.values()) for tally in found.values()) / wanted - 1


def test_what_is_no_sightings_record_is_a_dead_letter_and_what_is_not_committed_does_not_count(
    topics: Topics, start_worker: StartWorker
) -> None:
    settings = topics(partitions=1)
    worker = start_worker("trends", settings)
    bad: list[Page] = [(b"k", b"{", []), (b"k", b"", []), (None, b'{"teasers": [{"id": "short"}]}', [("x", b"\xff")])]
    good = page("a.example", START, [f"{1:032x}"], "/")
    publish(settings, [good, *bad], topic="sightings")
    asyncio.run(publish_unreadable(settings, "sightings"))
    publish_and_abort(settings, [page("a.example", START + 1, [f"{2:032x}"], "/"), good])
    publish(settings, [good, page("a.example", START + 86_400, [], "/")], topic="sightings")
    until(lambda: len(counts(settings)) == 7)
    assert all(tally == {f"{1:032x}": 2} for tally in counts(settings).values())
    *letters, unreadable = read_committed(settings, "dead-letters")
    assert unreadable.header("dead-letter-source") == f"{settings.topic('sightings')}:0:4"
    assert unreadable.header("dead-letter-cut").startswith("the record cannot be read")
    assert [(letter.key, letter.value) for letter in letters] == [(key, value) for key, value, _ in bad]
    assert {letter.header("dead-letter-reason") for letter in letters} == {"bad-envelope"}
    assert {letter.header("dead-letter-stage") for letter in letters} == {"trends"}
    metrics = worker.metrics()
    assert metrics['broadsheet_trends_sightings_total{result="counted"}'] == 2
    assert metrics['broadsheet_records_total{kind="trends"}'] == 7
    assert metrics['broadsheet_dead_letters_total{reason="bad-envelope"}'] == 4


def publish_and_abort(settings: Settings, pages: list[Page]) -> None:
    """What a segment worker has written that was killed before it committed."""
    producer = confluent_kafka.Producer(
        {"bootstrap.servers": settings.kafka_bootstrap_servers, "transactional.id": f"{settings.topic_prefix}aborted"}
    )
    producer.init_transactions(60)
    producer.begin_transaction()
    for key, value, headers in pages:
        producer.produce(settings.topic("sightings"), key=key, value=value, headers=list(headers))
    producer.flush(60)
    producer.abort_transaction(60)
