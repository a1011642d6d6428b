"""A flattened page taken apart: blocks judged, then assembled by the code that HTML pages share."""

from workers.segment.assemble import assemble
from workers.segment.page import Declared, Segmented
from workers.segment.text_labeller import TextPage, label_text
from workers.segment.text_layout import TextLayout


def segment_text(text: str) -> Segmented:
    """Blocks with roles, and what they add up to; a text without a word gives nothing."""
    return assemble_text(label_text(text))


def assemble_text(page: TextPage) -> Segmented:
    """What judged blocks add up to."""
    if not page.blocks:
        return Segmented("text", [], Declared(), None, [], [])
    layout = TextLayout(page.blocks, page.probabilities, page.furniture)
    found = assemble(page.blocks, page.probabilities, page.words, layout)
    return Segmented("text", page.blocks, Declared(), found.story, found.promos, found.feed_items)
