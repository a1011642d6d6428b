"""Features that are bits: what the markup around a block, its inline elements and its words hint at.

A block's bits come in a few integers; each feature is one bit of one of them.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import words
from workers.segment.block_sums import fill_bits
from workers.segment.html_features_base import Matrix, Structure, Whole
from workers.segment.html_tags import INLINE_HINTS, TAG_CODE, TAGS
from workers.segment.html_tree import HtmlTree
from workers.segment.markup_words import CATEGORIES as MARKUP
from workers.segment.structure_rows import fill_halves

OWN_TAGS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "td", "figcaption", "blockquote", "button", "div", "dd",
)  # fmt: skip
PATH_TAGS = (
    "article", "aside", "main", "nav", "header", "footer", "figure", "figcaption", "ul", "ol", "li", "section", "form",
    "table", "blockquote", "a", "details", "dl", "p", "h2", "h3", "button", "tr",
)  # fmt: skip
_HEADINGS = np.array([tag in ("h1", "h2", "h3", "h4", "h5", "h6", "th", "dt") for tag in TAGS], dtype=np.float32)

_OWN = [TAG_CODE[tag] for tag in OWN_TAGS]
_PATH = [TAG_CODE[tag] for tag in PATH_TAGS]
_MARKUP, _INLINE, _WORDS = range(len(MARKUP)), range(len(INLINE_HINTS)), range(len(words.CATEGORIES))
_SOURCES = (
    ("tag_", OWN_TAGS, _OWN), ("up_", OWN_TAGS, _OWN), ("in_", PATH_TAGS, _PATH),
    ("m_", MARKUP, _MARKUP), ("m0_", MARKUP, _MARKUP), ("m1_", MARKUP, _MARKUP), ("mi_", MARKUP, _MARKUP),
    ("i_", INLINE_HINTS, _INLINE), ("hint_", words.CATEGORIES, _WORDS), ("tail_", words.CATEGORIES, _WORDS),
    ("over_", words.CATEGORIES, _WORDS), ("over2_", words.CATEGORIES, _WORDS), ("over3_", words.CATEGORIES, _WORDS),
    ("over4_", words.CATEGORIES, _WORDS),
)  # fmt: skip
"""Prefix of the features' names, their names, and which bit of the integer each is; in the order of fill_halves."""

TAG_NAMES = tuple(prefix + name for prefix, names, _ in _SOURCES[:3] for name in names)
HINT_NAMES = tuple(prefix + name for prefix, names, _ in _SOURCES[3:] for name in names)
_ROWS = [(source, bit) for source, (_, _, places) in enumerate(_SOURCES) for bit in places]
# Every integer is looked at in two halves, the low one first: half as much to move.
_HALF = np.array([2 * source + bit // 32 for source, bit in _ROWS], dtype=np.int64)
_MASK = np.array([1 << bit % 32 for _, bit in _ROWS], dtype=np.uint32)


def is_heading(shape: Structure) -> NDArray[np.float32]:
    """1 for every block that stands in a heading."""
    result: NDArray[np.float32] = _HEADINGS.take(shape.tag.take(shape.element))
    return result


def fill(
    tags: Matrix, hints: Matrix, tree: HtmlTree, shape: Structure, said: Whole, heading: NDArray[np.float32]
) -> None:
    """Write the features into their places in the table. said: words.line_hints of the blocks; heading: is_heading."""
    halves = np.empty((2 * len(_SOURCES), len(said)), dtype=np.uint32)
    fill_halves(
        halves, shape.tag, shape.hints, shape.first, shape.ancestors, shape.path_tags, shape.path_hints,
        tree.block_hints, tree.block_inline, said, heading,
    )  # fmt: skip
    fill_bits(halves, _HALF, _MASK, tags, 0)
    fill_bits(halves, _HALF, _MASK, hints, len(tags))
