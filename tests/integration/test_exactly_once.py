"""Workers that are killed in the middle of their work: every page once, every teaser once."""

from collections import Counter

from tests.auditing import clean_audit, everything_is_done
from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, publish, read_committed
from tests.waiting import until
from workers.settings import Settings

PAGES = 500
SITES = 17


def pages() -> list[Page]:
    made: list[Page] = []
    for number in range(PAGES):
        text = (
            f"article: story {number}\nteaser: own {number}\nteaser: shared {number % 40}\nsnippet: brief {number % 9}"
        )
        headers = [("url", f"https://site{number % SITES}.example/{number}".encode())]
        made.append(
            (str(number).encode(), text.encode(), [*headers, ("site", f"site{number % SITES}.example".encode())])
        )
    return made


def expected_teasers() -> set[tuple[int, str]]:
    own = {(number % SITES, f"own {number}") for number in range(PAGES)}
    return own | {(number % SITES, f"shared {number % 40}") for number in range(PAGES)}


def accounted(settings: Settings) -> Counter[str]:
    return Counter(record.header("source") for record in read_committed(settings, "sightings"))


def test_one_of_two_workers_of_each_kind_is_killed_in_the_middle(topics: Topics, start_odd_worker: StartWorker) -> None:
    settings = topics(partitions=4, pool_processes=1, session_timeout_seconds=4.0, batch_pages=10)
    segmenters = [start_odd_worker("segment", settings, ready_within=0) for _ in range(2)]
    deduplicators = [start_odd_worker("dedup", settings, ready_within=0) for _ in range(2)]
    for worker in segmenters + deduplicators:
        worker.wait_until_ready(60)
    slow = [(key, (value or b"") + b"\ndo: sleep 0.01", headers) for key, value, headers in pages()]
    places = publish(settings, slow)
    until(lambda: segmenters[0].metrics().get('broadsheet_records_total{kind="article"}', 0) > 30)
    segmenters[0].kill()
    deduplicators[0].kill()
    until(lambda: everything_is_done(settings), within=90)
    assert accounted(settings) == Counter(places)
    assert len(read_committed(settings, "articles")) == PAGES
    assert len(read_committed(settings, "teasers")) == len(expected_teasers())
    assert len({record.key for record in read_committed(settings, "teasers")}) == len(expected_teasers())
    assert len(read_committed(settings, "snippets")) == 9 * SITES
    clean_audit(settings, pages=PAGES)
