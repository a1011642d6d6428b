"""What the views of `broadsheet segment` show: a page's blocks beside its records, and which belong together."""

from bisect import bisect
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from schemas import RawPage
from workers.enrich.records import PageRecords, enrich
from workers.enrich.text import tidy
from workers.segment.decode import decode
from workers.segment.page import Promo, Role, Segmented
from workers.segment.read_more import without_read_more
from workers.segment.reasons import Verdict, verdicts_of
from workers.segment.segment import segment

Group = Literal["article", "promo", "chrome"]
"""What a reader may want to see alone."""

Shown = Literal["all", "article", "promos", "chrome"]
"""What a view shows; its words are those of --show and of the document's switch."""

SHOWN: tuple[Shown, ...] = get_args(Shown)

GROUPS: dict[Role, Group] = {
    Role.CHROME: "chrome",
    Role.TEASER_HEADLINE: "promo",
    Role.TEASER_SUMMARY: "promo",
    Role.KICKER: "promo",
    Role.SNIPPET: "promo",
}
"""Roles that are not the article's."""


class Card(NamedTuple):
    """The record that a block belongs to."""

    kind: Literal["teaser", "snippet"]
    number: int
    """From 1, in the order of the page's records."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page taken apart, for people to look at."""

    path: str
    """As given by the user."""
    segmented: Segmented
    records: PageRecords
    verdicts: list[Verdict]
    """One a block; [] if nobody asked, or the page is too large to be explained."""
    cards: list[Card | None]
    """One a block: which teaser or snippet it is part of."""


def look_at(page: RawPage, path: str, *, segmented_at: str | None = None, explain: bool = False) -> Look:
    """Take one page apart and keep what shows how. Raises only workers.errors.PageError."""
    decoded = decode(page)
    segmented = segment(decoded)
    verdicts = verdicts_of(decoded, segmented) if explain else []
    records = enrich(segmented, decoded, segmented_at=segmented_at)
    return Look(path, segmented, records, verdicts, cards_of(segmented))


def group_of(role: Role) -> Group:
    """Which of the three a role belongs to."""
    return GROUPS.get(role, "article")


def is_shown(role: Role, show: Shown) -> bool:
    """Whether a block of this role is among what is to be shown."""
    return show == "all" or group_of(role) == show.removesuffix("s")


def cards_of(segmented: Segmented) -> list[Card | None]:
    """For each block the record it is part of: assembly makes one promo a headline and one item a snippet, in order."""
    cards: list[Card | None] = [None] * len(segmented.blocks)
    promos = [at for at, block in enumerate(segmented.blocks) if block.role is Role.TEASER_HEADLINE]
    number = 0
    for at, promo in zip(promos, segmented.promos, strict=True):
        shown = tidy(promo.headline)
        if shown and without_read_more(shown):
            number += 1
            cards[at] = Card("teaser", number)
    number = 0
    for at, block in enumerate(segmented.blocks):
        if block.role is Role.SNIPPET and tidy(block.text):
            number += 1
            cards[at] = Card("snippet", number)
    _add_summaries_and_kickers(segmented, promos, cards)
    return cards


_NEAR = 8
"""A summary or label is looked for in so many promos before it and after it: cards are not larger, pages are."""


def _add_summaries_and_kickers(segmented: Segmented, promos: list[int], cards: list[Card | None]) -> None:
    """A summary or kicker belongs to the nearest promo that shows its text."""
    for at, block in enumerate(segmented.blocks):
        if block.role not in (Role.TEASER_SUMMARY, Role.KICKER):
            continue
        after = bisect(promos, at)
        holders = [
            promos[which]
            for which in range(max(0, after - _NEAR), min(len(promos), after + _NEAR))
            if block.text in (_summary_or_kicker(segmented.promos[which], block.role) or "")
        ]
        if holders:
            cards[at] = cards[min(holders, key=lambda headline: abs(headline - at))]


def _summary_or_kicker(promo: Promo, role: Role) -> str | None:
    return promo.summary if role is Role.TEASER_SUMMARY else promo.kicker
