"""What blocks share: the link of a card, the text of a repeated headline, the markup of a list. Compiled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters
from workers.segment.characters import Counts
from workers.segment.html_features_base import Groups, Matrix, Structure, Whole
from workers.segment.html_tree import HtmlTree

LINK_NAMES = (
    "link_relative", "link_longest", "link_heading", "link_has_heading", "link_after_first", "link_most_words",
)  # fmt: skip
COPY_NAMES = ("copy_before", "copy_after")
_ALIKE = ("count", "words", "links", "stops", "spread", "relative")
ALIKE_NAMES = tuple(f"{near}_{name}" for near in ("alike", "kin") for name in _ALIKE)
_FAR = 4
"""Blocks between a headline and its second copy on the same card (picture, label, time, button)."""


def text_groups(tree: HtmlTree) -> Groups:
    """Blocks with the same text."""
    return _grouped(tree.block_text)


def link_groups(tree: HtmlTree) -> Groups:
    """Blocks with the same link target; blocks without a link are alone."""
    return _grouped(tree.block_href)


def _grouped(keys: Sequence[str | None]) -> Groups:
    """Groups of equal keys, numbered in order of appearance; each None and "" is a group of its own."""
    of = np.empty(len(keys), dtype=np.int64)
    return Groups(of, _number(list(keys), of))


def _number(keys: list[str | None], of: Whole) -> int:
    known: dict[str, int] = {}
    number = 0
    for at in range(len(keys)):
        key = keys[at]
        if key:
            group = known.get(key)
            if group is not None:
                of[at] = group
                continue
            known[key] = number
        of[at] = number
        number += 1
    return number


def fill_links(
    into: Matrix,
    links: Groups,
    shape: Structure,
    words: NDArray[np.float32],
    heading: NDArray[np.float32],
    first: Whole,
) -> None:
    """LINK_NAMES: among the blocks with one target, is this the longest, the only heading, the first?

    first: links.ends()[0].
    """
    text_words = np.where(shape.is_image, np.float32(0.5) * words, words)
    _fill_links(into, text_words, links.most(text_words), heading, links.most(heading), first)


def _fill_links(
    into: Matrix,
    words: NDArray[np.float32],
    longest: NDArray[np.float32],
    heading: NDArray[np.float32],
    has_heading: NDArray[np.float32],
    first: Whole,
) -> None:
    for at in range(len(words)):
        most = longest[at]
        into[0, at] = words[at] / (most if most > 1 else 1)
        into[1, at] = words[at] >= most
        into[2, at] = heading[at]
        into[3, at] = has_heading[at]
        into[4, at] = at - first[at]
        into[5, at] = most


def fill_copies(into: Matrix, texts: Groups) -> None:
    """COPY_NAMES: does the same text stand a few blocks before or after?"""
    into[:] = 0
    _fill_copies(into, texts.of, np.full(texts.number, -_FAR - 1, dtype=np.int64))


def _fill_copies(into: Matrix, of: Whole, seen: Whole) -> None:
    """seen: where each text was last."""
    for at in range(len(of)):
        before = seen[of[at]]
        if at - before <= _FAR:
            into[0, at] = into[1, before] = 1
        seen[of[at]] = at


def fill_alike(into: Matrix, shape: Structure, counts: Counts, link_ratio: NDArray[np.float32]) -> None:
    """ALIKE_NAMES: how many blocks have the same markup, how long, how linked.

    A list of cards looks unlike a run of paragraphs.
    """
    values = np.empty((3, len(link_ratio)), dtype=np.float32)
    values[0], values[1], values[2] = counts.words, link_ratio, counts.last == characters.STOP
    for start, group in ((0, shape.near), (len(_ALIKE), shape.far)):
        first, last = group.ends()
        _fill_alike(into, start, group.size, group.mean(values), first, last, counts.words)


def _fill_alike(
    into: Matrix,
    start: int,
    size: Whole,
    means: NDArray[np.float64],
    first: Whole,
    last: Whole,
    words: NDArray[np.float32],
) -> None:
    count = len(size)
    for at in range(count):
        into[start, at] = size[at]
        into[start + 1, at] = means[0, at]
        into[start + 2, at] = means[1, at]
        into[start + 3, at] = means[2, at]
        into[start + 4, at] = (last[at] - first[at]) / count
        into[start + 5, at] = words[at] / max(means[0, at], 1.0)
