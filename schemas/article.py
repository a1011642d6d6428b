"""The page's own story, as published on `news.articles`."""

import msgspec


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """One of the story's own pictures. Caption and credit stand apart; the credit holds no "Photo:"."""

    url: str | None = None
    """Absolute http(s) address; null when the page shows a caption without a usable address."""
    alt: str | None = None
    """The alt text that the page gives."""
    caption: str | None = None
    """What the page prints under the picture, without the credit."""
    credit: str | None = None
    """Photographer, agency, or both, as the page prints them."""


class ReadingMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """How long the story takes to read, in minutes."""

    stated: int | None = None
    """What the page itself says ("2 min read"); null when it says nothing."""
    computed: int | None = None
    """From the length of the body; CJK text counts characters. Null without a body."""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """The page's own story. Unknown is null or an empty list, never "" or a guess.

    Text is NFC with white space folded and holds no markup. Times are RFC 3339 with an offset; a page that
    states only a day gives only the day (2024-03-05).
    """

    id: str
    """32 hex digits from (site, canonical URL without tracking parameters and fragment); with no URL, the headline."""
    site: str | None
    """The site's registrable domain, or what the crawler called it; null when unknown."""
    headline: str | None
    """The headline as a reader sees it, without kicker or site name."""
    body: str
    """The story's text: paragraphs joined by a blank line. "" never occurs: a page without a body has no article."""
    source: str | None
    """topic:partition:offset of the page; null outside Kafka."""
    confidence: float
    """0..1: how sure the segmenter is that this is the page's own story, whole and free of promos (calibrated)."""
    url: str | None = None
    """Where the page was fetched."""
    canonical_url: str | None = None
    """What the page names as its address, absolute; null when it names none."""
    site_name: str | None = None
    """The publication's name ("The Daily Example")."""
    language: str | None = None
    """ISO 639-1 code of the story's text (639-3 where there is no two-letter code)."""
    dek: str | None = None
    """The standfirst under the headline."""
    authors: list[str] = []
    """People, one a string, in the page's order."""
    published_at: str | None = None
    """When the story was published first."""
    modified_at: str | None = None
    """When the story was changed last."""
    section: str | None = None
    """The section that the story stands in ("Politics")."""
    keywords: list[str] = []
    """Keywords or tags that the page declares."""
    images: list[Image] = []
    """The story's own pictures in page order."""
    attribution: list[str] = []
    """Agencies and desks credited (Reuters, AP)."""
    reading_minutes: ReadingMinutes = ReadingMinutes()
    """How long the story takes to read."""
    word_count: int = 0
    """Words of the body; characters of scripts that write no spaces count by the reading-time rule."""
    paywalled: bool | None = None
    """True when the page says or shows that part of the story is for subscribers; null when it says nothing."""
    links: list[str] = []
    """Absolute targets of links inside the body, in order, each once."""
    content_hash: str | None = None
    """32 hex digits of the exact normalised headline and body: equal when nothing that counts has changed."""
    simhash: str | None = None
    """16 hex digits (64 bits); near-duplicates differ in few bits."""
    fetched_at: str | None = None
    """When the page was fetched."""
    segmented_at: str | None = None
    """When Broadsheet took the page apart."""
