"""`broadsheet tail trends`: a ranking under its window, in which nothing that a page said reaches the terminal raw."""

from types import SimpleNamespace

import click

from schemas import Trend, Trends
from schemas.codec import encode
from workers.cli.record_lines import Shown, json_line, readable_line


def trend(rank: int, headline: str, rank_change: int | None = None, url: str | None = None) -> Trend:
    """One with an address has a place, too."""
    return Trend(
        id="0" * 32,
        headline=headline,
        url=url,
        sightings=3,
        pages=2,
        placement="list" if url else None,
        position=0 if url else None,
        first_seen_at="2025-03-04T08:00:00+00:00",
        last_seen_at="2025-03-04T08:00:00+00:00",
        rank=rank,
        rank_change=rank_change,
    )


def shown(*trends: Trend) -> Shown:
    window = Trends(
        site="a.example",
        window_start="2025-03-04T08:00:00+00:00",
        window_end="2025-03-04T08:10:00+00:00",
        window_seconds=600,
        sighting_count=12,
        teaser_count=4,
        trends=list(trends),
    )
    headers = [("content-type", b"application/json"), ("schema", b"trends/1")]
    record = {"topic": "news.trends", "partition": 0, "offset": 0, "timestamp": 0, "key": b"a.example"}
    return Shown(SimpleNamespace(**record, value=encode(window), headers=headers))


def test_a_window_is_shown_as_a_ranking() -> None:
    lines = click.unstyle(
        readable_line(
            shown(
                trend(1, "Ferry returns", 3, url="https://a.example/f"),
                trend(2, "Rain", -1),
                trend(3, "Sun", 0),
                trend(4, "Snow"),
            )
        )
    ).splitlines()
    assert "a.example" in lines[0]
    assert lines[0].endswith("[12 sightings of 4 teasers]")
    assert lines[1:] == [
        "    1.   +3  Ferry returns  [3 sightings on 2 pages, list 0]  https://a.example/f",
        "    2.   -1  Rain  [3 sightings on 2 pages, ? ?]",
        "    3.    =  Sun  [3 sightings on 2 pages, ? ?]",
        "    4.  new  Snow  [3 sightings on 2 pages, ? ?]",
    ]


def test_the_first_ten_are_shown_and_json_has_all() -> None:
    window = shown(*(trend(rank, f"Story {rank}") for rank in range(1, 51)))
    assert len(readable_line(window).splitlines()) == 11
    assert json_line(window).count('"rank":') == 50


def test_a_headline_cannot_write_to_the_terminal() -> None:
    line = click.unstyle(readable_line(shown(trend(1, "\x1b[2Jgone\nnext"))))
    assert "\x1b" not in line
    assert len(line.splitlines()) == 2
