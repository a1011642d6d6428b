"""An HTML page as flat arrays: its elements in document order, the blocks of text between them, its images.

Blocks follow what a reader sees as one piece: text between two boundaries of block-level elements, a line before or
after <br>, a picture's alt text. An element owns a contiguous range of blocks, so anything about a subtree is a
difference of two prefix sums.
"""

import msgspec
import numpy as np
import turbohtml
from msgspec import field
from numpy.typing import NDArray

from workers.segment.page import Declared

Column = NDArray[np.int64]


def _empty() -> Column:
    return np.empty(0, dtype=np.int64)


class Image(msgspec.Struct):
    """A picture on the page."""

    src: str | None
    alt: str
    element: int
    """The block-level element that it stands in."""
    block: int
    """How many blocks stand before it."""
    href: str | None
    """The link around it."""


class HtmlTree(msgspec.Struct):
    """Parallel arrays and lists: `element_*` are indexed by element, `block_*` by block, both in document order."""

    element_tag: Column = field(default_factory=_empty)
    """Index into html_tags.TAGS."""
    element_parent: Column = field(default_factory=_empty)
    """The enclosing element; the root is its own parent."""
    element_hints: Column = field(default_factory=_empty)
    """markup_words bits of the element's own attributes."""
    element_signature: Column = field(default_factory=_empty)
    """Equal for elements with the same tag and classes under a parent of the same tag and classes."""
    element_depth: Column = field(default_factory=_empty)
    element_first: Column = field(default_factory=_empty)
    """First block in the element."""
    element_last: Column = field(default_factory=_empty)
    """One past the last block in the element."""
    element_images: Column = field(default_factory=_empty)
    """Images on the page before the element."""
    element_images_end: Column = field(default_factory=_empty)
    """Images on the page up to the element's end."""

    block_text: list[str] = field(default_factory=list)
    block_element: Column = field(default_factory=_empty)
    """The innermost block-level element around the block."""
    block_hints: Column = field(default_factory=_empty)
    """markup_words bits of the inline elements in the block."""
    block_inline: Column = field(default_factory=_empty)
    """html_tags bits of the inline elements in the block."""
    block_link_chars: Column = field(default_factory=_empty)
    """Characters inside links, white space folded away roughly."""
    block_href: list[str | None] = field(default_factory=list)
    """Target of the block's first link."""
    block_links: list[tuple[str, ...]] = field(default_factory=list)
    block_image: Column = field(default_factory=_empty)
    """Index of the image whose alt text the block is; -1: it is text."""

    images: list[Image] = field(default_factory=list)
    declared: Declared = field(default_factory=Declared)
    scripts: list[turbohtml.Element] = field(default_factory=list)
    """Scripts that hold state as JSON; read only when no block holds the story."""
    truncated: bool = False
    """True when the page went on past the limits and the rest was left out."""
