"""A flattened page taken apart: blocks judged, then assembled by the code that HTML pages share."""

from workers.segment.assemble import Assembled, assemble
from workers.segment.confidence import article_score, calibrate
from workers.segment.page import Block, Declared, Role, Segmented
from workers.segment.page_context import fold
from workers.segment.text_decision import with_one_headline
from workers.segment.text_labeller import TextPage, label_text
from workers.segment.text_layout import TextLayout


def segment_text(text: str) -> Segmented:
    """Blocks with roles, and what they add up to; a text without a word gives nothing."""
    return assemble_text(label_text(text))


def assemble_text(page: TextPage) -> Segmented:
    """What judged blocks add up to, with confidence that means what it says."""
    if not page.blocks:
        return Segmented("text", [], Declared(), None, [], [])
    found = put_together(page)
    calibrate("text", found, story_score(page))
    return Segmented("text", page.blocks, Declared(), found.story, found.promos, found.feed_items)


def put_together(page: TextPage) -> Assembled:
    """What the blocks of a page with at least one add up to; confidence is the labeller's, not yet calibrated."""
    keep_one_copy(page.blocks)
    probabilities = with_one_headline(page.blocks, page.probabilities)
    layout = TextLayout(page.blocks, probabilities, page.furniture)
    return assemble(page.blocks, probabilities, page.words, layout)


def story_score(page: TextPage) -> float:
    """How right the page's story promises to be, 0..1, if it is one at all."""
    return page.story * article_score(page.blocks, page.probabilities, page.words)


_CARD = 6
"""In blocks: a card that shows its headline twice (once as alt text) shows both this near each other."""


def keep_one_copy(blocks: list[Block]) -> None:
    """Of a promo's headline that stands twice on its card keep the copy over the summary, else the first."""
    before: dict[str, int] = {}
    headline = Role.TEASER_HEADLINE
    # What is taken back below stands before the block in question: none of those that are still to come.
    for at in [number for number, block in enumerate(blocks) if block.role is headline]:
        block = blocks[at]
        text = fold(block.text)
        other = before.get(text, -_CARD - 1)
        if at - other <= _CARD:
            following = next((b.role for b in blocks[at + 1 : at + 4] if b.role is not Role.CHROME), None)
            between = any(b.role is Role.TEASER_SUMMARY for b in blocks[other + 1 : at])
            if following is Role.TEASER_SUMMARY and not between:
                blocks[other].role = Role.CHROME
            else:
                block.role = Role.CHROME
                continue
        before[text] = at
