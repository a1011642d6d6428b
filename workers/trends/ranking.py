"""From panes to a record of `news.trends`: the window's teasers in order, and how far each has moved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from schemas import Trend, Trends
from workers.trends.entry import Entry, Total, total
from workers.trends.reading import PLACEMENTS

MOST_TRENDS = 50
"""Of a window: a front page shows some fifty teasers."""

Pane = Mapping[bytes, Entry]
"""Teaser id -> what is known of it."""


def window_of(site: str, end: int, seconds: int, panes: Iterable[Pane], panes_before: Iterable[Pane]) -> Trends | None:
    """The record for a site's window; None when nothing was seen in it.

    end, seconds: when it ends (seconds since 1970) and how long it is. panes_before: of the window before, which for a
    hopping window is the one that ended a pane earlier.
    """
    ranked = _ranked(panes)
    if not ranked:
        return None
    ranks_before = {one.identity: rank for rank, one in enumerate(_ranked(panes_before), 1)}
    return Trends(
        site=site,
        window_start=_text(1000 * (end - seconds)),
        window_end=_text(1000 * end),
        window_seconds=seconds,
        sighting_count=sum(one.sightings for one in ranked),
        teaser_count=len(ranked),
        trends=[_trend(one, rank, ranks_before.get(one.identity)) for rank, one in enumerate(ranked[:MOST_TRENDS], 1)],
    )


def _ranked(panes: Iterable[Pane]) -> list[Total]:
    together: dict[bytes, list[Entry]] = defaultdict(list)
    for pane in panes:
        for identity, entry in pane.items():
            together[identity].append(entry)
    return sorted((total(identity, entries) for identity, entries in together.items()), key=Total.order)


def _trend(one: Total, rank: int, rank_before: int | None) -> Trend:
    return Trend(
        id=one.identity.hex(),
        headline=one.headline,
        url=one.url,
        sightings=one.sightings,
        pages=one.pages,
        placement=PLACEMENTS.get(one.placement or ""),
        position=one.position,
        first_seen_at=_text(one.first),
        last_seen_at=_text(one.last),
        rank=rank,
        rank_change=None if rank_before is None else rank_before - rank,
    )


def _text(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds" if milliseconds % 1000 else "seconds")
