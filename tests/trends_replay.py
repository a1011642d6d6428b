"""A replay of sightings with known counts: what is published, what the windows should hold, and what they hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from schemas import Sightings, Teaser, Trends
from schemas.codec import CONTENT_TYPES, decode, encode
from tests.foreign_client import Page, Record, read_committed
from workers.settings import Settings

START = 1_741_075_200
"""8:00 on a Tuesday, where a pane and an hour begin."""

SITES = 20
HEADLINES = 40
"""Of each site: fewer than a ranking holds, so that every count is in it."""

MINUTES = 40
TEASERS = 5
"""Of a page."""

Window = tuple[str, int, int]
"""Site, end, seconds."""

Counts = dict[Window, Counter[str]]
"""Window -> teaser id -> sightings."""


@dataclass(frozen=True)
class Replay:
    """Sightings in the order of their time, and what they come to."""

    records: list[Page]
    truth: Counts
    closing: list[Page]
    """Pages without teasers, a day later, one a site: they close every window before them."""


def replay(pages: int) -> Replay:
    """So many pages of 20 sites in 40 minutes."""
    random = Random(pages)  # noqa: S311 # the same for each run
    records: list[Page] = []
    truth: Counts = {}
    for number in range(pages):
        site, second = f"site{number % SITES}.example", START + number * MINUTES * 60 / pages
        ids = [f"{random.randrange(HEADLINES):032x}" for _ in range(TEASERS)]
        records.append(page(site, second, ids, f"/{number}"))
        for window in _windows_of(site, int(second)):
            truth.setdefault(window, Counter()).update(ids)
    closing = [page(f"site{number}.example", START + 86_400, [], "/") for number in range(SITES)]
    return Replay(records, truth, closing)


def page(site: str, second: float, ids: list[str], path: str) -> Page:
    """A sightings record as the segment worker writes it."""
    teasers = [
        Teaser(id=one, site=site, headline=f"Story {one[-2:]}", placement="list", position=position)
        for position, one in enumerate(ids)
    ]
    record = Sightings(
        site=site,
        source="x.pages:0:1",
        page_url=f"https://{site}{path}",
        seen_at=datetime.fromtimestamp(second, UTC).isoformat(timespec="milliseconds"),
        teasers=teasers,
    )
    return site.encode(), encode(record), [("content-type", CONTENT_TYPES["json"].encode())]


def published(settings: Settings) -> Iterator[tuple[Window, Trends, Record]]:
    """What is on the topic, by partition and offset."""
    for record in read_committed(settings, "trends"):
        window = decode(record.value or b"", Trends)
        end = round(datetime.fromisoformat(window.window_end).timestamp())
        yield (window.site, end, window.window_seconds), window, record


def counts(settings: Settings) -> Counts:
    """Window -> teaser id -> sightings, by the last record of each window."""
    return {
        place: Counter({one.id: one.sightings for one in window.trends}) for place, window, _ in published(settings)
    }


def _windows_of(site: str, second: int) -> Iterator[Window]:
    pane = second // 600 * 600
    yield site, pane + 600, 600
    for end in range(pane + 600, pane + 4200, 600):
        yield site, end, 3600
