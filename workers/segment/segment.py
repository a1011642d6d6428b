"""One page from text to roles: HTML and flattened text share everything after blocks."""

from workers.segment.decode import Decoded
from workers.segment.page import Declared, Segmented


def segment(page: Decoded) -> Segmented:
    """Split a decoded page into blocks, judge each block's role and assemble story, promos and feed items."""
    return Segmented(kind=page.kind, blocks=[], declared=Declared(), story=None, promos=[], feed_items=[])
