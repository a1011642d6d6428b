"""`broadsheet audit` finds what is wrong; `broadsheet deadletters replay` puts pages back once."""

import asyncio
import json

import msgspec
import pytest

from schemas import Sightings, Teaser
from schemas.codec import encode
from tests.auditing import clean_audit, everything_is_done
from tests.commands import command
from tests.conftest import StartBoth, StartWorker, Topics
from tests.foreign_client import Page, publish, read_committed
from tests.waiting import until
from workers.settings import Settings
from workers.stream.audit import audit
from workers.stream.replay import Wanted, replay


def page(text: str, number: int) -> Page:
    return str(number).encode(), text.encode(), [("url", f"https://site{number % 3}.example/{number}".encode())]


def test_an_audit_is_clean_after_quiet_work_and_with_gaps_in_the_offsets(topics: Topics, start_both: StartBoth) -> None:
    settings = topics(partitions=2)
    start_both(settings)
    asyncio.run(_publish_in_transactions(settings, [page(f"teaser: {number}", number) for number in range(30)]))
    publish(settings, [page("do: refuse", 31)])
    until(lambda: everything_is_done(settings))
    report = clean_audit(settings, pages=31)
    assert (report.sightings, report.dead_letters, report.teasers) == (30, 1, 30)
    result = command(settings, "audit")
    assert result.returncode == 0
    assert b"31 pages judged" in result.stdout
    assert json.loads(command(settings, "audit", "--json").stdout)["clean"] is True


async def _publish_in_transactions(settings: Settings, pages: list[Page]) -> None:
    """Every second transaction is aborted and done again: offsets without records, and markers."""
    from aiokafka import AIOKafkaProducer

    async with AIOKafkaProducer(
        bootstrap_servers=settings.kafka_bootstrap_servers, transactional_id=f"{settings.topic_prefix}crawler"
    ) as producer:
        for number in range(0, len(pages), 5):
            for aborts in (True, False):
                await producer.begin_transaction()
                for key, value, headers in pages[number : number + 5]:
                    await producer.send_and_wait(settings.topic("pages"), value, key, headers=list(headers))
                await (producer.abort_transaction() if aborts else producer.commit_transaction())


def test_the_audit_finds_what_is_lost_and_what_is_doubled(topics: Topics, start_both: StartBoth) -> None:
    settings = topics(partitions=1)
    worker, dedup = start_both(settings)
    places = publish(settings, [page(f"article: {number}\nteaser: {number}", number) for number in range(10)])
    until(lambda: everything_is_done(settings))
    assert worker.stop() == 0
    assert dedup.stop() == 0
    # A page is accounted for twice and shows a teaser that nobody has published.
    teaser = Teaser(id="f" * 32, site="a.example", headline="H")
    record = Sightings(site="a.example", source=places[3], teasers=[teaser])
    publish(settings, [(b"a.example", encode(record), [("source", places[3].encode())])], topic="sightings")
    # A teaser is published twice.
    (first, *_) = read_committed(settings, "teasers")
    publish(settings, [(first.key, first.value, first.headers)], topic="teasers")
    # The groups claim to have done what nobody has done.
    publish(settings, [page("article: lost", 99)])
    asyncio.run(_commit_to_the_end(settings, settings.segment_group, "pages"))
    asyncio.run(_commit_to_the_end(settings, settings.dedup_group, "sightings"))
    report = asyncio.run(audit(settings))
    assert not report.clean
    assert report.unaccounted.examples == [f"{settings.topic('pages')}:0:10"]
    assert report.accounted_twice.examples == [f"{places[3]} (2 times)"]
    assert report.unpublished.examples == [f"{'f' * 32} of teasers"]
    assert report.repeated.count == 1
    result = command(settings, "audit")
    assert result.returncode == 1
    for words in (b"1 pages unaccounted for", b"1 pages accounted for twice", b"1 ids repeated", b"1 teasers and"):
        assert words in result.stdout


async def _commit_to_the_end(settings: Settings, group: str, topic: str) -> None:
    from aiokafka import AIOKafkaConsumer, TopicPartition

    partition = TopicPartition(settings.topic(topic), 0)
    async with AIOKafkaConsumer(
        bootstrap_servers=settings.kafka_bootstrap_servers, group_id=group, enable_auto_commit=False
    ) as consumer:
        consumer.assign([partition])
        await consumer.commit({partition: (await consumer.end_offsets([partition]))[partition]})


def test_replayed_pages_are_put_back_once_and_count_their_attempts(
    topics: Topics, start_both: StartBoth, start_odd_worker: StartWorker
) -> None:
    settings = topics(partitions=2, page_deadline_seconds=1.5)
    worker, _ = start_both(settings)
    deeds = ["do: refuse", "do: raise", "do: hang", "article: fine"]
    publish(settings, [page(deed, number) for number, deed in enumerate(deeds)])
    until(lambda: everything_is_done(settings))
    listed = command(settings, "deadletters", "list", "--json").stdout.splitlines()
    assert {json.loads(line)["reason"] for line in listed} == {"unsupported-type", "bug", "timeout"}
    assert command(settings, "deadletters", "replay", "--dry-run").stdout == b"3 would be replayed.\n"
    # The core is mended: what was refused is a page now.
    assert worker.stop() == 0
    mended = start_odd_worker("segment", settings)
    done = asyncio.run(replay(settings, Wanted(reasons=frozenset({"unsupported-type", "bug"}))))
    assert done.put_back == 2
    # They may have failed again by now: those are letters of their own.
    again = Wanted(reasons=frozenset({"unsupported-type", "bug"}), below_attempts=2)
    assert asyncio.run(replay(settings, again)).put_back == 0
    until(lambda: everything_is_done(settings))
    report = clean_audit(settings, pages=6)
    assert (report.dead_letters, report.replayed) == (5, 2)
    twice = [letter for letter in read_committed(settings, "dead-letters") if _attempts(letter.headers) == b"2"]
    assert sorted(letter.value or b"" for letter in twice) == [b"do: raise", b"do: refuse"]
    assert all(letter.header("url").startswith("https://site") for letter in twice)
    # Letters of replayed pages are letters of their own, and those tried twice can be left out.
    assert command(settings, "deadletters", "replay", "--below-attempts", "2").stdout == b"1 replayed.\n"
    until(lambda: everything_is_done(settings))
    assert mended.get("/healthz")[0] == 200


def _attempts(headers: list[tuple[str, bytes | None]]) -> bytes | None:
    return dict(headers).get("dead-letter-attempts")


def test_a_replayed_page_that_succeeds_is_published_once(
    topics: Topics, start_both: StartBoth, start_odd_worker: StartWorker
) -> None:
    settings = topics(partitions=2, page_deadline_seconds=0.5)
    worker = start_odd_worker("segment", settings)
    publish(settings, [page("article: slow\nteaser: T\ndo: sleep 1", 1)])
    until(lambda: everything_is_done(settings) or bool(read_committed(settings, "dead-letters")))
    assert worker.stop() == 0
    start_both(msgspec.structs.replace(settings, page_deadline_seconds=10.0))
    assert command(settings, "deadletters", "replay", "--site", "site1.example").stdout == b"1 replayed.\n"
    assert command(settings, "deadletters", "replay").stdout == b"0 replayed.\n"
    until(lambda: everything_is_done(settings) and len(read_committed(settings, "teasers")) == 1)
    clean_audit(settings, pages=2)
    (article,) = read_committed(settings, "articles")
    assert article.header("source").startswith(settings.topic("pages"))
    assert len(read_committed(settings, "teasers")) == 1


def test_one_letter_is_shown_with_nothing_that_a_terminal_would_obey(
    topics: Topics, start_odd_worker: StartWorker
) -> None:
    settings = topics(partitions=1)
    start_odd_worker("segment", settings)
    hostile = b"do: refuse\n\x1b[2J\x1b]0;owned\x07"
    publish(settings, [(b"k", hostile, [("url", b"https://a.example/\x1b[31m"), ("x\x1b[0m", b"\x9b31m")])])
    until(lambda: len(read_committed(settings, "dead-letters")) == 1)
    result = command(settings, "deadletters", "show", "0:0")
    assert result.returncode == 0
    assert b"unsupported-type" in result.stdout
    assert not any(byte < 32 and byte != ord("\n") for byte in result.stdout)
    assert command(settings, "deadletters", "show", "0:0", "--raw").stdout == hostile
    assert command(settings, "deadletters", "show", "0:7").returncode == 1


@pytest.mark.parametrize("arguments", [["--reason", "mood"], ["--since", "soon"], ["--below-attempts", "0"]])
def test_wrong_filters_are_refused(arguments: list[str]) -> None:
    assert command(Settings(), "deadletters", "list", *arguments).returncode == 2
