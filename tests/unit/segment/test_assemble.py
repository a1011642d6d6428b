"""From judged blocks to story, promos and feed items."""

import numpy as np

from schemas import Placement
from workers.segment.assemble import Span, assemble
from workers.segment.page import Block, Picture, Role

LONG = " ".join(["The council agreed on a new bridge for the northern harbour after a long debate."] * 3)


class Flat:
    """A layout that knows nothing but order: every card is a block."""

    def __init__(self, home: frozenset[int] = frozenset()) -> None:
        self.home = home

    def card(self, block: int) -> range:
        return range(block, block + 1)

    def link(self, card: range, block: int) -> str | None:
        return None

    def image(self, card: range, block: int) -> str | None:
        return None

    def kicker(self, card: range, block: int) -> str | None:
        return None

    def placement(self, block: int, span: Span) -> Placement:
        return "inline" if span.holds(block) else "after"

    def sponsored(self, card: range, block: int) -> bool:
        return False

    def leads_home(self, block: int, href: str | None) -> bool:
        return block in self.home

    def pictures(self, span: Span, headline: int, captions: list[int]) -> list[Picture]:
        return [Picture(caption=str(at)) for at in captions]


def put_together(blocks: list[Block], layout: Flat | None = None):  # type: ignore[no-untyped-def]
    probabilities = np.zeros((len(blocks), 9), np.float32)
    for at, block in enumerate(blocks):
        probabilities[at, block.role] = 0.9
    words = np.array([len(block.text.split()) for block in blocks], np.float32)
    return assemble(blocks, probabilities, words, layout or Flat())


def test_a_promo_inside_the_story_is_a_teaser_and_not_in_the_body() -> None:
    found = put_together(
        [
            Block("Bridge agreed", role=Role.HEADLINE),
            Block(LONG, role=Role.BODY),
            Block("Ferry fares rise again", role=Role.TEASER_HEADLINE),
            Block("From May, crossings cost more.", role=Role.TEASER_SUMMARY),
            Block(LONG + " Twice.", role=Role.BODY),
        ]
    )
    assert found.story.paragraphs == [LONG, LONG + " Twice."]
    assert found.story.headline == "Bridge agreed"
    (promo,) = found.promos
    assert (promo.headline, promo.summary, promo.placement) == (
        "Ferry fares rise again", "From May, crossings cost more.", "inline",
    )  # fmt: skip


def test_a_summary_of_several_blocks_is_joined_and_an_orphan_is_dropped() -> None:
    orphan = Block("Nobody's text.", role=Role.TEASER_SUMMARY)
    found = put_together(
        [
            orphan,
            Block("Ferry fares rise", role=Role.TEASER_HEADLINE),
            Block("From May.", role=Role.TEASER_SUMMARY),
            Block("By a third.", role=Role.TEASER_SUMMARY),
        ]
    )
    assert [promo.summary for promo in found.promos] == ["From May. By a third."]
    assert orphan.role is Role.CHROME


def test_a_page_with_a_stray_line_of_body_has_no_story() -> None:
    found = put_together([Block("Only this.", role=Role.BODY), Block("Ferry fares rise", role=Role.TEASER_HEADLINE)])
    assert found.story is None
    assert len(found.promos) == 1


def test_the_pages_own_story_in_its_own_rail_is_no_teaser() -> None:
    blocks = [Block(LONG, role=Role.BODY), Block("Bridge agreed", role=Role.TEASER_HEADLINE)]
    assert put_together(blocks, Flat(home=frozenset({1}))).promos == []


def test_a_snippet_becomes_a_feed_item() -> None:
    found = put_together([Block("The mayor resigned on Friday, her office said.", role=Role.SNIPPET)])
    assert [item.text for item in found.feed_items] == ["The mayor resigned on Friday, her office said."]


def test_only_one_headline_is_kept() -> None:
    first, second = Block("Breadcrumb", role=Role.HEADLINE), Block("Bridge agreed", role=Role.HEADLINE)
    found = put_together([first, second, Block(LONG, role=Role.BODY)])
    assert [first.role, second.role].count(Role.HEADLINE) == 1
    assert found.story.headline in ("Breadcrumb", "Bridge agreed")
