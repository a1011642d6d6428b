"""The dedup worker on a real broker: once in the window, over restarts, windows and strange records."""

import os
import time

import msgspec

from schemas import Sightings, Snippet, Teaser
from schemas.codec import decode, encode
from tests.auditing import everything_is_done
from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, limit_messages, publish, read_committed
from tests.waiting import until
from workers.settings import Settings


def sightings(site: str, *headlines: str, snippets: tuple[str, ...] = ()) -> Page:
    record = Sightings(
        site=site,
        source="x.pages:0:1",
        page_url=f"https://{site}/",
        teasers=[
            Teaser(
                id=f"{abs(hash((site, headline))) % 2**64:032x}",
                site=site,
                headline=headline,
                first_seen_on=f"https://{site}/",
            )
            for headline in headlines
        ],
        snippets=[Snippet(id=f"{abs(hash((site, text))) % 2**63:032x}", site=site, text=text) for text in snippets],
    )
    headers = [("content-type", b"application/json"), ("schema", b"sightings/1"), ("source", b"x.pages:0:1")]
    return site.encode(), encode(record), headers


def headlines(settings: Settings) -> list[str]:
    return sorted(decode(record.value or b"", Teaser).headline for record in read_committed(settings, "teasers"))


def test_each_teaser_of_a_site_is_published_once(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=3)
    worker = start_odd_worker("dedup", settings)
    pages = [
        sightings(f"site{number % 4}.example", "A", "B", f"only {number}", snippets=("s",)) for number in range(40)
    ]
    publish(settings, pages, topic="sightings")
    until(lambda: worker.metrics().get('broadsheet_dedup_total{kind="snippet",result="repeat"}') == 36)
    assert headlines(settings) == sorted(["A", "B"] * 4 + [f"only {number}" for number in range(40)])
    metrics = worker.metrics()
    assert metrics['broadsheet_dedup_total{kind="teaser",result="new"}'] == 48
    assert metrics['broadsheet_dedup_total{kind="teaser",result="repeat"}'] == 72
    assert metrics['broadsheet_dedup_keys{kind="teaser"}'] == 48
    assert metrics['broadsheet_dedup_keys{kind="snippet"}'] == 4
    for record in read_committed(settings, "teasers"):
        assert (record.header("schema"), record.header("source")) == ("teaser/1", "x.pages:0:1")
        assert record.key == decode(record.value or b"", Teaser).id.encode()


def test_a_site_stays_in_its_partition_number(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=5)
    start_odd_worker("dedup", settings)
    publish(settings, [sightings(f"site{number}.example", "A") for number in range(30)], topic="sightings")
    until(lambda: len(read_committed(settings, "teasers")) == 30)
    place = {record.key: record.partition for record in read_committed(settings, "sightings")}
    for record in read_committed(settings, "teasers"):
        assert record.partition == place[(decode(record.value or b"", Teaser).site or "").encode()]


def test_a_new_worker_knows_what_its_predecessor_published(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=2)
    first = start_odd_worker("dedup", settings)
    publish(settings, [sightings("a.example", *map(str, range(50)), snippets=("s",))], topic="sightings")
    until(lambda: len(read_committed(settings, "snippets")) == 1)
    assert first.stop() == 0
    second = start_odd_worker("dedup", settings)
    assert second.metrics()['broadsheet_dedup_keys{kind="teaser"}'] == 50
    publish(settings, [sightings("a.example", *map(str, range(60)), snippets=("s",))], topic="sightings")
    until(lambda: len(read_committed(settings, "teasers")) == 60)
    assert second.metrics()['broadsheet_dedup_total{kind="teaser",result="repeat"}'] == 50
    assert len(read_committed(settings, "snippets")) == 1


def test_after_its_window_a_teaser_is_published_again(topics: Topics, start_odd_worker: StartWorker) -> None:
    # The worker's windows alone: the topics keep everything, or the broker would now and then delete what is old.
    settings = topics(partitions=1)
    start_odd_worker("dedup", msgspec.structs.replace(settings, teaser_window_days=1.0, snippet_window_days=3.0))
    once = [sightings("a.example", "A", snippets=("s",))]
    publish(settings, once * 3, topic="sightings", at=time.time() - 2 * 86_400)
    publish(settings, once * 3, topic="sightings")
    until(lambda: len(read_committed(settings, "teasers")) == 2)
    until(lambda: everything_is_done(settings))
    assert len(read_committed(settings, "teasers")) == 2
    assert len(read_committed(settings, "snippets")) == 1


def test_what_is_no_sightings_record_is_a_dead_letter_and_the_rest_goes_on(
    topics: Topics, start_odd_worker: StartWorker
) -> None:
    settings = topics(partitions=1)
    start_odd_worker("dedup", settings)
    bad: list[Page] = [(b"k", b"{", []), (b"k", b"", []), (None, b'{"teasers": [{"id": "short"}]}', [("x", b"\xff")])]
    publish(settings, [sightings("a.example", "A"), *bad, sightings("a.example", "B")], topic="sightings")
    until(lambda: headlines(settings) == ["A", "B"])
    letters = read_committed(settings, "dead-letters")
    assert [(letter.key, letter.value) for letter in letters] == [(key, value) for key, value, _ in bad]
    assert {letter.header("dead-letter-reason") for letter in letters} == {"bad-envelope"}
    assert {letter.header("dead-letter-stage") for letter in letters} == {"dedup"}


def test_a_teaser_too_large_for_its_topic_costs_its_page_alone(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=1)
    limit_messages(settings, "teasers", 100_000)
    start_odd_worker("dedup", settings)
    pages = [sightings("a.example", str(number)) for number in range(10)]
    pages[4] = sightings("a.example", os.urandom(200_000).hex())
    publish(settings, pages, topic="sightings")
    until(lambda: headlines(settings) == [str(number) for number in range(10) if number != 4])
    (letter,) = read_committed(settings, "dead-letters")
    assert letter.header("dead-letter-reason") == "too-large"
    assert letter.value == pages[4][1]
