"""What a site pushes, where and for how long, as published on `news.trends`."""

import msgspec

from schemas.promo import Placement


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """A teaser of a site in a window."""

    id: str
    """The teaser's id, as on `news.teasers`."""
    headline: str
    """As it was seen last in the window."""
    url: str | None = None
    """Absolute link to the promoted story, as it was seen last."""
    sightings: int
    """How often it was shown: places on pages, each time that a page was fetched. A fault can count a page twice."""
    pages: int
    """On how many distinct pages: exact up to some 700, beyond that an estimate with a standard error of 1.2 %."""
    placement: Placement | None = None
    """The best place it had; list is the best, then inline, rail, after, feed."""
    position: int | None = None
    """The first it stood at in that placement, among the page's teasers in page order, from 0."""
    first_seen_at: str
    """In the window, RFC 3339."""
    last_seen_at: str
    """In the window, RFC 3339."""
    rank: int
    """From 1: by sightings, then pages, then placement and position, then the earlier first sighting."""
    rank_change: int | None = None
    """Ranks gained (or lost, below 0) since the window before; null for a teaser that was not in it."""


class Trends(msgspec.Struct, frozen=True, kw_only=True):
    """The ranking of a site's teasers in a window of sighting time, published when the window closes.

    Windows are of ten minutes, one after the other, and of an hour, one every ten minutes. A window in which nothing
    was seen has no record. A later record of the same site, start and length replaces an earlier one.
    """

    site: str
    """The site that shows the teasers: the record's key."""
    window_start: str
    """RFC 3339."""
    window_end: str
    """RFC 3339; not part of the window. The window before is the one that ended ten minutes earlier."""
    window_seconds: int
    """600 or 3600."""
    sighting_count: int
    """Sightings of all the site's teasers in the window."""
    teaser_count: int
    """How many teasers of the site were seen in the window."""
    trends: list[Trend] = []
    """The first 50, by rank."""
