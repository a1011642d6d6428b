"""From judged blocks to one story, promos and feed items. HTML and flattened text share it; a Layout knows the rest."""

from bisect import bisect
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from schemas import Placement
from workers.segment.block_roles import Standing, by_role, words_in
from workers.segment.page import Block, FeedItem, Picture, Promo, Role, Story

LEAST_STORY_WORDS = 25.0
"""A page with less body than this has no story of its own: a stray line of a section page, a picture's caption."""
_SUMMARY_REACH = 8
"""A summary belongs to a headline at most this many blocks away: a card holds label, time, author, picture, buttons."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where the story stands: first and last body block, both included; first > last on a page without one."""

    first: int
    last: int

    def holds(self, block: int) -> bool:
        return self.first <= block <= self.last


class Layout(Protocol):
    """What the page's markup knows about a block beyond its role."""

    def card(self, block: int) -> range:
        """The blocks of the promo whose headline is `block`."""

    def link(self, card: range, block: int) -> str | None:
        """Where the promo leads: the raw target."""

    def image(self, card: range, block: int) -> str | None:
        """Raw address of the promo's picture."""

    def kicker(self, card: range, block: int) -> str | None:
        """The label over the promo's headline."""

    def placement(self, block: int, span: Span) -> Placement:
        """Where the promo stands."""

    def sponsored(self, card: range, block: int) -> bool:
        """Is it paid content from outside?"""

    def leads_home(self, block: int, href: str | None) -> bool:
        """Does it lead to the page's own story?"""

    def pictures(self, span: Span, headline: int, captions: list[int]) -> list[Picture]:
        """The story's pictures with their captions."""


@dataclass(slots=True)
class Assembled:
    """What a page holds."""

    story: Story | None
    promos: list[Promo]
    feed_items: list[FeedItem]


def assemble(
    blocks: list[Block],
    probabilities: NDArray[np.float32],
    words: NDArray[np.float32],
    layout: Layout,
    standing: Standing | None = None,
) -> Assembled:
    """Put the page together from blocks whose roles are set; roles that turn out impossible become chrome.

    probabilities is blocks x roles (Role's order, KICKER and CREDIT left out), words the length of each block;
    standing is what `by_role` says of the blocks, where that is known. The story's confidence is left to `calibrate`.
    """
    if standing is None:
        standing = by_role([block.role for block in blocks])
    story, span = _story(blocks, standing, probabilities, words, layout)
    promos = _promos(blocks, standing, probabilities, span, layout, story)
    items = [
        FeedItem(blocks[at].text, layout.link(range(at, at + 1), at), layout.placement(at, span), blocks[at].confidence)
        for at in standing[Role.SNIPPET]
    ]
    return Assembled(story, promos, items)


def _story(
    blocks: list[Block],
    standing: Standing,
    probabilities: NDArray[np.float32],
    words: NDArray[np.float32],
    layout: Layout,
) -> tuple[Story | None, Span]:
    body = standing[Role.BODY]
    if not body or words_in(words, body) < LEAST_STORY_WORDS:
        for role in (Role.BODY, Role.HEADLINE, Role.DEK, Role.BYLINE, Role.CAPTION):
            for at in standing[role]:
                blocks[at].role = Role.CHROME
        return None, Span(len(blocks), -1)
    span = Span(body[0], body[-1])
    headline = _headline(probabilities)
    for at in standing[Role.HEADLINE]:
        if at != headline:
            blocks[at].role = Role.CHROME
    links = [link for at in body for link in blocks[at].links]
    story = Story(
        headline=blocks[headline].text if headline >= 0 else None,
        dek=" ".join(dict.fromkeys(blocks[at].text for at in standing[Role.DEK])) or None,
        byline=list(dict.fromkeys(blocks[at].text for at in standing[Role.BYLINE])),
        paragraphs=[blocks[at].text for at in body],
        pictures=layout.pictures(span, headline, standing[Role.CAPTION]),
        links=list(dict.fromkeys(links)),
        confidence=0.0,
    )
    return story, span


def _headline(probabilities: NDArray[np.float32]) -> int:
    """The block most likely to be the headline; -1 when none is at all likely."""
    scores = probabilities[:, Role.HEADLINE]
    best = int(np.argmax(scores))
    return best if scores[best] >= LEAST_HEADLINE else -1


LEAST_HEADLINE = 0.05
"""Below this the best candidate is a guess, and what the page declares (title, JSON-LD) is the better source: with 0.15
five per cent of the headlines of pages read for training were lost to it, with 0.03 hardly any more are won."""


def _promos(
    blocks: list[Block],
    standing: Standing,
    probabilities: NDArray[np.float32],
    span: Span,
    layout: Layout,
    story: Story | None,
) -> list[Promo]:
    headlines = standing[Role.TEASER_HEADLINE]
    summaries = _summaries(blocks, headlines, standing[Role.TEASER_SUMMARY], layout)
    promos = []
    for at in headlines:
        block = blocks[at]
        card = layout.card(at)
        href = layout.link(card, at)
        if story is not None and layout.leads_home(at, href):
            block.role = Role.CHROME
            for below in summaries.get(at, ()):
                blocks[below].role = Role.CHROME
            continue
        promos.append(
            Promo(
                headline=block.text,
                summary=" ".join(dict.fromkeys(blocks[below].text for below in summaries.get(at, ()))) or None,
                href=href,
                image=layout.image(card, at),
                kicker=layout.kicker(card, at),
                placement=layout.placement(at, span),
                sponsored=layout.sponsored(card, at),
                confidence=float(probabilities[at, Role.TEASER_HEADLINE]),
            )
        )
    return promos


def _summaries(blocks: list[Block], headlines: list[int], summaries: list[int], layout: Layout) -> dict[int, list[int]]:
    """The summary blocks of each headline: in its card, else of the nearest one before. An orphan becomes chrome."""
    result: dict[int, list[int]] = {}
    if not summaries:
        return result
    owner = {at: headline for headline in headlines for at in layout.card(headline)}
    for at in summaries:
        before = bisect(headlines, at) - 1
        nearest = headlines[before] if before >= 0 and at - headlines[before] <= _SUMMARY_REACH else -1
        headline = owner.get(at, nearest)
        if headline >= 0 and blocks[at].text != blocks[headline].text:
            result.setdefault(headline, []).append(at)
        else:
            blocks[at].role = Role.CHROME
    return result
