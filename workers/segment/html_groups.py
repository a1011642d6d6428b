"""What blocks share: the link of a card, the text of a repeated headline, the words over a list."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workers.segment import words
from workers.segment.html_features_base import Matrix, Structure, bits
from workers.segment.html_tags import TAG_CODE
from workers.segment.html_tree import HtmlTree

_HEADINGS = np.array([TAG_CODE[f"h{level}"] for level in range(1, 7)] + [TAG_CODE["th"], TAG_CODE["dt"]])
_FAR = 4
"""Blocks between a headline and its second copy on the same card (picture, label, time, button)."""


def link_groups(tree: HtmlTree) -> NDArray[np.int64]:
    """A number that blocks with the same link target share; blocks without a link have one each."""
    known: dict[str, int] = {}
    return np.array(
        [known.setdefault(href, len(known)) if href else -1 - at for at, href in enumerate(tree.block_href)],
        dtype=np.int64,
    )


def link_columns(tree: HtmlTree, shape: Structure, block_words: NDArray[np.float32]) -> tuple[list[str], list[Matrix]]:
    """Among the blocks with one target: is this the longest, the only heading, the first?"""
    _, group = np.unique(link_groups(tree), return_inverse=True)
    number = int(group.max()) + 1
    longest = np.zeros(number, dtype=np.float32)
    text_words = np.where(shape.is_image, 0.5 * block_words, block_words)
    np.maximum.at(longest, group, text_words)
    heading = np.isin(shape.tag[shape.element], _HEADINGS)
    headings = np.bincount(group, heading, minlength=number)
    first = np.full(number, len(group))
    np.minimum.at(first, group, np.arange(len(group)))
    columns = [
        text_words / np.maximum(longest[group], 1), text_words >= longest[group], heading & (headings[group] > 0),
        headings[group] > 0, np.arange(len(group)) - first[group], longest[group],
    ]  # fmt: skip
    names = ["link_relative", "link_longest", "link_heading", "link_has_heading", "link_after_first", "link_most_words"]
    return names, [np.stack(columns, axis=1).astype(np.float32)]


def copy_columns(tree: HtmlTree) -> tuple[list[str], list[Matrix]]:
    """Does the same text stand a few blocks before or after?"""
    number = len(tree.block_text)
    result = np.zeros((number, 2), dtype=np.float32)
    places: dict[str, list[int]] = {}
    for at, text in enumerate(tree.block_text):
        places.setdefault(text, []).append(at)
    for same in places.values():
        for one, other in pairwise(same):
            if other - one <= _FAR:
                result[one, 1] = 1
                result[other, 0] = 1
    return ["copy_before", "copy_after"], [result]


def over_columns(shape: Structure, hints: list[int]) -> tuple[list[str], list[Matrix]]:
    """The words that stand over the block: of the last heading, and of the first block in each of three ancestors."""
    size = len(words.CATEGORIES)
    table = bits(hints, size)
    at = np.arange(len(hints))
    heading = np.isin(shape.tag[shape.element], _HEADINGS)
    last = np.maximum.accumulate(np.where(heading, at, -1))
    names = [f"over_{name}" for name in words.CATEGORIES]
    columns = [np.where((last >= 0)[:, None], table[last], 0)]
    for level in (2, 3, 4):
        first = shape.first[shape.ancestors[level]]
        names += [f"over{level}_{name}" for name in words.CATEGORIES]
        columns.append(table[first])
    return names, columns
