"""What blocks share: the link of a card, the text of a repeated headline, the markup of a list."""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters
from workers.segment.characters import Counts
from workers.segment.html_features_base import Groups, Matrix, Structure, same
from workers.segment.html_tree import HtmlTree

LINK_NAMES = (
    "link_relative", "link_longest", "link_heading", "link_has_heading", "link_after_first", "link_most_words",
)  # fmt: skip
COPY_NAMES = ("copy_before", "copy_after")
_ALIKE = ("count", "words", "links", "stops", "spread", "relative")
ALIKE_NAMES = tuple(f"{near}_{name}" for near in ("alike", "kin") for name in _ALIKE)
_FAR = 4
"""Blocks between a headline and its second copy on the same card (picture, label, time, button)."""


def link_groups(tree: HtmlTree) -> Groups:
    """Blocks with the same link target; blocks without a link are alone."""
    return same(href or at for at, href in enumerate(tree.block_href))


def fill_links(
    into: Matrix, links: Groups, shape: Structure, words: NDArray[np.float32], heading: NDArray[np.bool_]
) -> None:
    """LINK_NAMES: among the blocks with one target, is this the longest, the only heading, the first?"""
    text_words = np.where(shape.is_image, 0.5 * words, words)
    longest = links.most(text_words)
    has_heading = np.bincount(links.of, heading, minlength=links.number).take(links.of) > 0
    np.divide(text_words, np.maximum(longest, 1), out=into[0])
    into[1] = text_words >= longest
    into[2] = heading & has_heading
    into[3] = has_heading
    into[4] = np.arange(len(words)) - links.first()
    into[5] = longest


def fill_copies(into: Matrix, texts: Groups) -> None:
    """COPY_NAMES: does the same text stand a few blocks before or after?"""
    into[:] = 0
    order = np.argsort(texts.of, kind="stable")
    one, other = order[:-1], order[1:]
    near = (texts.of[one] == texts.of[other]) & (other - one <= _FAR)
    into[0, other[near]] = 1
    into[1, one[near]] = 1


def fill_alike(into: Matrix, shape: Structure, counts: Counts, link_ratio: NDArray[np.float32]) -> None:
    """ALIKE_NAMES: how many blocks have the same markup, how long, how linked.

    A list of cards looks unlike a run of paragraphs.
    """
    values = np.stack([counts.words, link_ratio, counts.last == characters.STOP])
    for rows, group in ((into[:6], shape.near), (into[6:], shape.far)):
        means = group.mean(values)
        rows[0] = group.size
        rows[1:4] = means
        rows[4] = (group.last() - group.first()) / len(group.of)
        rows[5] = counts.words / np.maximum(means[0], 1)
