"""What a page shows of other stories, as published on `news.teasers` and `news.snippets`."""

from typing import Literal

import msgspec

Placement = Literal["inline", "after", "rail", "feed", "list"]
"""Where it stands: in the story, after it, in a rail beside it, in a feed or ticker, in a list (a front page)."""


class Teaser(msgspec.Struct, frozen=True, kw_only=True):
    """Promotes one other story. Published once in the dedup window (30 days) per site and headline."""

    id: str
    """32 hex digits from (site, normalised headline)."""
    site: str | None
    """The site that shows the teaser."""
    headline: str
    """The promoted story's headline, without kicker, date or "Read more:"."""
    summary: str | None = None
    """The text under the headline."""
    truncated: bool = False
    """True when the summary (or a lone headline) is cut off: "…", "...", or in mid-sentence."""
    url: str | None = None
    """Absolute link to the promoted story; null in flattened pages."""
    image: str | None = None
    """Absolute address of the teaser's picture."""
    kicker: str | None = None
    """The label over the headline ("Opinion")."""
    placement: Placement | None = None
    """Where on the page it stands."""
    position: int | None = None
    """Rank among the page's teasers in page order, from 0."""
    sponsored: bool = False
    """True for paid content from outside."""
    language: str | None = None
    """ISO 639 code; short texts fall back to the page's."""
    first_seen_at: str | None = None
    """When it was first seen in the window, RFC 3339."""
    first_seen_on: str | None = None
    """URL of the page that it was first seen on."""
    confidence: float = 0.0
    """0..1: how sure the segmenter is (calibrated)."""


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """A bare piece of news text without a headline of its own. Published once in the dedup window (7 days)."""

    id: str
    """32 hex digits from (site, normalised text so that a cut-off copy and a full copy coincide)."""
    site: str | None
    """The site that shows the snippet."""
    text: str
    """The text as shown."""
    truncated: bool = False
    """True when the text is cut off."""
    url: str | None = None
    """Absolute link, if the snippet has one."""
    placement: Placement | None = None
    """Where on the page it stands."""
    position: int | None = None
    """Rank among the page's snippets in page order, from 0."""
    language: str | None = None
    """ISO 639 code; short texts fall back to the page's."""
    first_seen_at: str | None = None
    """When it was first seen in the window, RFC 3339."""
    first_seen_on: str | None = None
    """URL of the page that it was first seen on."""
    confidence: float = 0.0
    """0..1: how sure the segmenter is (calibrated)."""


class Sightings(msgspec.Struct, frozen=True, kw_only=True):
    """Internal (`news.sightings`): one page's teasers and snippets in page order, as seen, repeats included."""

    site: str | None
    """The page's site: the record's key."""
    source: str | None
    """topic:partition:offset of the page."""
    page_url: str | None = None
    """URL of the page."""
    seen_at: str | None = None
    """fetched_at if the crawler gave it, else the page's Kafka timestamp; RFC 3339."""
    language: str | None = None
    """The page's language."""
    teasers: list[Teaser] = []
    """In page order."""
    snippets: list[Snippet] = []
    """In page order."""
