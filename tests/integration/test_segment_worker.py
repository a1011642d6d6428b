"""The segment worker on a real broker: outputs, faults of pages, limits, the end."""

from collections import Counter

import msgspec

from schemas import Article, Sightings
from schemas.codec import decode
from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, publish, read_committed
from tests.waiting import until
from workers.settings import Settings
from workers.stream.headers import Header

TRACE: Header = ("traceparent", b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")


def page(text: str, number: int = 0, *headers: Header) -> Page:
    url = f"https://news.example/{number}".encode()
    return str(number).encode(), text.encode(), [("url", url), ("site", b"news.example"), *headers]


def accounted(settings: Settings) -> Counter[str]:
    """Source -> how often a page has been accounted for."""
    sightings = [record.header("source") for record in read_committed(settings, "sightings")]
    return Counter(
        sightings + [record.header("dead-letter-source") for record in read_committed(settings, "dead-letters")]
    )


def test_a_page_gives_its_article_and_its_sightings(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=3)
    worker = start_odd_worker("segment", settings)
    (place,) = publish(settings, [page("article: Bridge opens\nteaser: Ferry stops\nsnippet: Rain.", 1, TRACE)])
    until(lambda: len(read_committed(settings, "sightings")) == 1)
    (article,) = read_committed(settings, "articles")
    (sightings,) = read_committed(settings, "sightings")
    known = {"content-type": b"application/json", "source": place.encode(), TRACE[0]: TRACE[1]}
    assert dict(article.headers).items() >= ({**known, "schema": b"article/1"}).items()
    assert dict(sightings.headers).items() >= ({**known, "schema": b"sightings/1"}).items()
    record = decode(article.value or b"", Article)
    assert (article.key, record.headline, record.source) == (record.id.encode(), "Bridge opens", place)
    seen = decode(sightings.value or b"", Sightings)
    assert (sightings.key, seen.source, seen.page_url) == (b"news.example", place, "https://news.example/1")
    assert [teaser.headline for teaser in seen.teasers] == ["Ferry stops"]
    assert [snippet.text for snippet in seen.snippets] == ["Rain."]
    metrics = worker.metrics()
    assert metrics['broadsheet_pages_total{format="text",outcome="article"}'] == 1
    assert metrics["broadsheet_end_to_end_seconds_count"] == 1
    assert metrics['broadsheet_transactions_total{result="commit"}'] == 1


def test_records_are_messagepack_where_told(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(record_format="msgpack")
    start_odd_worker("segment", settings)
    start_odd_worker("dedup", settings)
    publish(settings, [page("article: Bridge opens\nteaser: Ferry stops")])
    until(lambda: len(read_committed(settings, "teasers")) == 1)
    for topic in ("articles", "sightings", "teasers"):
        (record,) = read_committed(settings, topic)
        assert record.header("content-type") == "application/vnd.msgpack"
        assert msgspec.msgpack.decode(record.value or b"")["site"] == "news.example"


def test_a_page_that_breaks_its_child_costs_itself_alone(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=2, pool_processes=2, page_deadline_seconds=4.0, child_memory_bytes=2**28)
    worker = start_odd_worker("segment", settings)
    deeds = {
        "segfault": "crashed",
        "hang": "timeout",
        "eat": "out-of-memory",
        "raise": "bug",
        "refuse": "unsupported-type",
    }
    pages = [page(f"article: {number}", number) for number in range(60)]
    for number, deed in enumerate(deeds):
        pages[10 * number + 5] = page(f"do: {deed}", 10 * number + 5)
    places = publish(settings, pages)
    until(lambda: accounted(settings).total() >= len(pages))
    assert accounted(settings) == Counter(places)
    letters = {record.header("dead-letter-source"): record for record in read_committed(settings, "dead-letters")}
    for number, reason in enumerate(deeds.values()):
        assert letters.pop(places[10 * number + 5]).header("dead-letter-reason") == reason
    assert letters == {}
    assert worker.metrics()['broadsheet_child_deaths_total{why="SIGSEGV"}'] == 1
    events = [line["event"] for line in worker.log_lines()]
    assert events.count("child_died") == 2
    assert "membership_restarted" not in events


def test_slow_pages_cost_no_membership(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=1, pool_processes=1, page_deadline_seconds=15.0, max_poll_interval_seconds=10.0)
    worker = start_odd_worker("segment", settings)
    pages = [page("do: sleep 6", number) for number in range(2)]
    places = publish(settings, pages)
    until(lambda: accounted(settings).total() == len(pages))
    assert accounted(settings) == Counter(places)
    assert worker.metrics()["broadsheet_rebalances_total"] == 1


def test_sigterm_ends_a_busy_worker_in_time_and_loses_nothing(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=2, pool_processes=2)
    worker = start_odd_worker("segment", settings)
    places = publish(settings, [page(f"article: {number}\ndo: sleep 0.1", number) for number in range(200)])
    until(lambda: worker.metrics().get('broadsheet_pages_total{format="text",outcome="article"}', 0) > 5)
    assert worker.stop() == 0  # in time, or it fails
    done = accounted(settings)
    assert set(done.values()) == {1}
    assert done.total() < len(places)
    assert [line["event"] for line in worker.log_lines()][-2:] == ["stop_requested", "worker_stopped"]
    start_odd_worker("segment", settings)
    until(lambda: accounted(settings).total() >= len(places))
    assert accounted(settings) == Counter(places)


def test_a_record_too_large_for_its_topic_becomes_a_dead_letter(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=1)
    worker = start_odd_worker("segment", settings)
    pages = [page(f"article: {number}", number) for number in range(20)]
    pages[7] = page(f"long-article: {20 * 2**20}", 7)
    pages[9] = page(f"long-article: {8 * 2**20}", 9)
    places = publish(settings, pages)
    until(lambda: accounted(settings).total() >= len(pages))
    assert accounted(settings) == Counter(places)
    (letter,) = read_committed(settings, "dead-letters")
    assert letter.header("dead-letter-source") == places[7]
    assert letter.header("dead-letter-reason") == "too-large"
    assert letter.value == pages[7][1]
    assert len(read_committed(settings, "articles")) == 19
    assert worker.get("/healthz")[0] == 200


def test_the_flood_guard_stops_a_worker_whose_pages_nearly_all_fail(
    topics: Topics, start_odd_worker: StartWorker
) -> None:
    settings = topics(partitions=1, flood_guard_window_pages=40, flood_guard_share=0.5, batch_pages=10)
    worker = start_odd_worker("segment", settings)
    publish(settings, [page("do: refuse", number) for number in range(400)])
    assert worker.process.wait(60) == 1
    assert len(read_committed(settings, "dead-letters")) <= 20
    (line,) = [line for line in worker.log_lines() if line["event"] == "flood_guard_tripped"]
    assert line["commonest_reason"] == "unsupported-type"
    assert "broadsheet deadletters list" in line["advice"]


def test_a_missing_topic_is_named_with_the_command_that_makes_it(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics()
    elsewhere = msgspec.structs.replace(settings, topic_prefix="nowhere.")
    worker = start_odd_worker("segment", elsewhere, ready_within=0)
    assert worker.process.wait(60) == 1
    (line,) = [line for line in worker.log_lines() if line["event"] == "worker_failed"]
    assert "nowhere.pages" in line["problem"]
    assert "broadsheet topics create" in line["problem"]


def test_a_broker_that_is_not_there_is_an_error_at_once(start_odd_worker: StartWorker) -> None:
    worker = start_odd_worker("segment", Settings(kafka_bootstrap_servers="127.0.0.1:1"), ready_within=0)
    assert worker.process.wait(60) == 1
    (line,) = [line for line in worker.log_lines() if line["event"] == "worker_failed"]
    assert "127.0.0.1:1" in line["problem"]


def test_waiting_pages_are_not_read_into_memory(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(
        partitions=2, pool_processes=1, max_in_flight_pages=8, max_page_bytes=2**20, max_in_flight_bytes=2**21
    )
    worker = start_odd_worker("segment", settings)
    publish(settings, [page("do: sleep 0.05\n" + "x" * 200_000, number) for number in range(100)])
    pages: list[float] = [0.0]
    sizes: list[float] = [0.0]

    def all_done() -> bool:
        metrics = worker.metrics()
        pages.append(metrics["broadsheet_in_flight_pages"])
        sizes.append(metrics["broadsheet_in_flight_bytes"])
        return metrics.get('broadsheet_pages_total{format="text",outcome="empty"}') == 100

    until(all_done)
    assert 2 <= max(pages) <= 8 + 2 * 5
    assert max(sizes) <= 2**21 + 2 * 2**20
    assert accounted(settings).total() == 100
