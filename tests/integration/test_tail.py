"""`broadsheet tail` against a real broker, as a user runs it."""

import asyncio
import json
import signal
import subprocess
import time
from typing import Any

import msgspec

from schemas import Teaser
from schemas.codec import encode
from tests.command_processes import broadsheet, command, environment
from tests.conftest import Topics
from tests.kafka_records import publish


def teaser(number: int, site: str = "daily.example", **fields: Any) -> Teaser:
    return Teaser(id=f"{number:032x}", site=site, headline=f"Story {number}", **fields)


def on_topic(record: Teaser, form: Any = "json") -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    content_type = b"application/json" if form == "json" else b"application/vnd.msgpack"
    return record.id.encode(), encode(record, form), [("schema", b"teaser/1"), ("content-type", content_type)]


def test_tail_shows_what_is_there_and_stops(topics: Topics) -> None:
    settings = topics(partitions=3)
    records = [on_topic(teaser(number), "msgpack" if number % 2 else "json") for number in range(20)]
    asyncio.run(publish(settings, records, topic="teasers"))
    done = broadsheet(["tail", "teasers", "--no-follow", "--json"], settings)
    assert done.returncode == 0
    shown = [msgspec.json.decode(line, type=Teaser) for line in done.stdout.splitlines()]
    assert sorted(shown, key=lambda one: one.id) == [teaser(number) for number in range(20)]


def test_tail_shows_only_the_site_that_was_asked_for(topics: Topics) -> None:
    settings = topics(partitions=2)
    records = [on_topic(teaser(number, site=f"{'ab'[number % 2]}.example")) for number in range(10)]
    asyncio.run(publish(settings, records, topic="teasers"))
    done = broadsheet(["tail", settings.topic("teasers"), "--no-follow", "--site", "a.example"], settings)
    lines = done.stdout.decode().splitlines()
    assert [line.count("a.example") for line in lines] == [1] * 5
    assert all("Story" in line for line in lines)


def test_tail_shows_what_is_no_record(topics: Topics) -> None:
    settings = topics(partitions=1)
    dead = [
        ("dead-letter-reason", b"too-large"),
        ("url", b"https://www.daily.example/a"),
        ("dead-letter-detail", b"60 MB"),
    ]
    asyncio.run(publish(settings, [(b"k", b"xyz", dead), (b"k2", None, []), (None, b"\xff", [])], topic="dead-letters"))
    done = broadsheet(["tail", "dead-letters", "--no-follow"], settings)
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 3
    assert all(word in lines[0] for word in ("daily.example", "too-large", "60 MB", "dead-letters:0:0"))
    assert "deleted: k2" in lines[1]
    done = broadsheet(["tail", "dead-letters", "--no-follow", "--json"], settings)
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    assert facts[0]["headers"]["dead-letter-reason"] == "too-large"
    assert [fact["deleted"] for fact in facts] == [False, True, False]


def test_tail_ignores_what_was_never_committed_and_stops_behind_it(topics: Topics) -> None:
    settings = topics(partitions=1)

    async def scenario() -> None:
        from workers.stream.clients import transactional_producer

        producer = transactional_producer(settings, "tail-test", "test")
        async with producer:
            for number, commit in ((1, True), (2, False), (3, True), (4, False)):
                await producer.begin_transaction()
                key, value, headers = on_topic(teaser(number))
                await producer.send_and_wait(settings.topic("teasers"), value, key=key, headers=headers)
                await (producer.commit_transaction() if commit else producer.abort_transaction())

    asyncio.run(scenario())
    done = broadsheet(["tail", "teasers", "--no-follow", "--json"], settings)
    assert [json.loads(line)["headline"] for line in done.stdout.splitlines()] == ["Story 1", "Story 3"]


def test_tail_follows_from_a_point_in_time(topics: Topics) -> None:
    settings = topics(partitions=1)
    asyncio.run(publish(settings, [on_topic(teaser(1))], topic="teasers"))
    time.sleep(2.5)
    asyncio.run(publish(settings, [on_topic(teaser(2))], topic="teasers"))
    following = subprocess.Popen(
        command(["tail", "teasers", "--since", "2s", "--json"]),
        env=environment(settings),
        stdout=subprocess.PIPE,
        # A shell starts what it runs in the background with this signal ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert following.stdout is not None
    assert b"Story 2" in following.stdout.readline()
    asyncio.run(publish(settings, [on_topic(teaser(3))], topic="teasers"))
    assert b"Story 3" in following.stdout.readline()
    following.send_signal(signal.SIGINT)
    assert following.wait(20) == 0


def test_nothing_from_a_page_drives_the_terminal(topics: Topics) -> None:
    settings = topics(partitions=1)
    hostile = teaser(1, summary="a\x1b[31mb\x9b2Jc\u202ed\ne", url="https://daily.example/\u2066")
    asyncio.run(publish(settings, [on_topic(hostile)], topic="teasers"))
    line = broadsheet(["tail", "teasers", "--no-follow"], settings).stdout.decode()
    assert line.count("\n") == 1
    assert not any(character in line for character in "\x1b\x9b\u202e\u2066")


def test_tail_waits_for_as_many_records_as_it_was_asked_for(topics: Topics) -> None:
    settings = topics(partitions=1)
    asyncio.run(publish(settings, [on_topic(teaser(number)) for number in range(5)], topic="teasers"))
    done = broadsheet(["tail", "teasers", "--since", "1h", "--count", "2"], settings)
    assert done.returncode == 0
    assert [line.split()[3:5] for line in done.stdout.decode().splitlines()] == [["Story", "0"], ["Story", "1"]]
