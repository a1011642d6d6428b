"""What segmentation works on and hands over: blocks with roles, what the page declares, and the assembled page."""

from enum import IntEnum
from typing import Any, Literal

import msgspec
from msgspec import field

from schemas import Placement


class Role(IntEnum):
    """What a block is for. The values are the labeller's class numbers; do not renumber without training anew."""

    CHROME = 0
    BODY = 1
    TEASER_HEADLINE = 2
    TEASER_SUMMARY = 3
    CAPTION = 4
    BYLINE = 5
    HEADLINE = 6
    DEK = 7
    SNIPPET = 8
    # The labeller does not judge these two: assembly splits them off chrome and captions.
    KICKER = 9
    CREDIT = 10


class Block(msgspec.Struct, gc=False):
    """A run of text that a reader sees as one piece: a paragraph, a heading, a link in a list, a line of flat text.

    A page has hundreds; they hold strings alone, and Python's collector need not look at them.
    """

    text: str
    """White space folded, never empty."""
    tag: str = ""
    """The element that holds the block ("p", "h2", "li"); "" in flattened pages."""
    href: str | None = None
    """The raw link target, if the whole block is one link."""
    links: tuple[str, ...] = ()
    """Raw targets of the links inside the block."""
    image: str | None = None
    """Raw address of the picture, when the block is a picture's alt text."""
    role: Role = Role.CHROME
    confidence: float = 0.0
    """Probability of the role, 0..1."""


class Declared(msgspec.Struct):
    """What an HTML page says about itself outside its visible text. Raw: nothing is resolved, cleaned or trusted."""

    title: str | None = None
    """The text of <title>."""
    lang: str | None = None
    """The lang attribute of <html>."""
    base: str | None = None
    """The href of <base>."""
    canonical: str | None = None
    """The href of <link rel=canonical>."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """(rel, href) of every other <link> with a rel."""
    meta: dict[str, list[str]] = field(default_factory=dict)
    """name, property or itemprop of <meta> in lower case -> its contents in page order."""
    json_ld: list[Any] = field(default_factory=list)
    """Every JSON-LD script that decodes, in page order (dicts or lists); broken JSON mended where it can be."""
    itemprops: list[tuple[str, str]] = field(default_factory=list)
    """(itemprop or RDFa property, value) of visible elements in page order: content, datetime, href or text."""
    times: list[tuple[str, str]] = field(default_factory=list)
    """(datetime attribute, visible text) of every <time> in page order."""
    rel_authors: list[str] = field(default_factory=list)
    """Text of every <a rel=author> in page order."""


class Picture(msgspec.Struct, gc=False):
    """One of the story's pictures."""

    src: str | None = None
    """Raw address, lazy-loading attributes looked through; null when only a caption is there."""
    alt: str | None = None
    caption: str | None = None
    """The caption as shown, credit included where both stand in one block."""
    credit: str | None = None
    """The credit, where it stands in a block of its own."""


class Story(msgspec.Struct):
    """The page's own story, assembled from blocks."""

    headline: str | None
    dek: str | None
    byline: list[str]
    """Byline blocks as shown ("By Ann Example and Bob Sample", "Ann Example | Reuters")."""
    paragraphs: list[str]
    pictures: list[Picture]
    links: list[str]
    """Raw link targets inside the body, in page order."""
    confidence: float
    from_markup: bool = True
    """False when no block held the story and the text was taken from JSON-LD or a script's state."""


class Promo(msgspec.Struct, gc=False):
    """A teaser as segmented: raw link and image addresses, not yet a record."""

    headline: str
    summary: str | None = None
    href: str | None = None
    image: str | None = None
    kicker: str | None = None
    placement: Placement | None = None
    sponsored: bool = False
    confidence: float = 0.0


class FeedItem(msgspec.Struct, gc=False):
    """A snippet as segmented."""

    text: str
    href: str | None = None
    placement: Placement | None = None
    confidence: float = 0.0


class Segmented(msgspec.Struct):
    """A page taken apart: what enrichment turns into records and what the HTML view colours."""

    kind: Literal["html", "text"]
    blocks: list[Block]
    declared: Declared
    story: Story | None
    promos: list[Promo]
    """In page order, one a visible card: the same story on two cards stands twice."""
    feed_items: list[FeedItem]
    """In page order."""
