"""A made-up front page over a day, as `news.sightings` would hold it."""

from datetime import UTC, datetime, timedelta

from schemas import Sightings, Teaser

FRONT = "https://harbourpost.example/"
"""Its address."""

STORIES = [
    "Night ferry to Skerrow returns after eleven years",
    "Storm barrier closes in nine minutes in its first full test",
    "Café owner finds a 1790 sea chart behind the wallpaper",
    "Town library begins to lend rowing boats",
    "The gulls of Market Street have learned to use the crossing",
    "Eastquay yard hires forty apprentices for $12 an hour and $2 more at night",
    "Rovers win at home for the first time since August",
    "Skerrow school keeps its last teacher after a week of letters",
]
"""In the order in which they come in."""


def crawls_of_a_front_page() -> list[Sightings]:
    """The page fetched every two hours for a day: stories come in at the top, sink, and go."""
    begin = datetime(2025, 3, 4, 6, tzinfo=UTC)
    return [_crawl(begin, number) for number in range(12)]


def _crawl(begin: datetime, crawl: int) -> Sightings:
    shown = [number for number in range(len(STORIES)) if 1.4 * number <= crawl <= 1.4 * number + 3 + number % 3]
    teasers = [
        Teaser(id=f"{number:032x}", site="harbourpost.example", headline=STORIES[number], position=place)
        for place, number in enumerate(reversed(shown))
    ]
    seen_at = (begin + timedelta(hours=2 * crawl)).isoformat()
    return Sightings(site="harbourpost.example", page_url=FRONT, source=None, seen_at=seen_at, teasers=teasers)
