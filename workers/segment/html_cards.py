"""The card around each block: the smallest unit of several blocks whose like stands beside it again and again.

A promo's headline, summary, picture and date stand in such a unit, a story's paragraphs do not: theirs hold one block.
Units are alike by their markup, and by their tag alone (publishing systems number their classes: "post-1234").
"""

from operator import contains

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features_base import Matrix, Structure, Whole
from workers.segment.html_tags import TAGS

_OF_GROUP = (
    "count", "blocks", "uneven", "words", "linked", "headings", "long", "images", "times", "links", "share",
)  # fmt: skip
_OF_BLOCK = ("up", "at", "left", "relative", "longest", "longest_linked")
CARD_NAMES = tuple(f"{kind}_{name}" for kind in ("card", "unit") for name in (*_OF_GROUP, *_OF_BLOCK))
_LEAST = 3
"""Two alike stand side by side by chance (columns); three are a list."""
LINKED = 0.8
"""Share of a block's characters in links from which on it is a link."""
_BLOCKS = 1.4
"""Mean blocks a card: some cards of a list may hold nothing but their headline."""
VALUES = ("words", "linked words", "headings", "long texts", "dates", "targets")
"""What of each block is summed up over cards; of the last four a card counts whether it holds any."""


def fill_cards(into: Matrix, shape: Structure, values: Matrix, link_ratio: NDArray[np.float32]) -> None:
    """Write CARD_NAMES (x blocks) from VALUES (x blocks); all 0 for a block that stands in no card.

    Cards by markup and units by tag are worked out side by side, in arrays of twice the length.
    """
    into[:] = 0
    number, blocks = len(shape.parent), len(shape.element)
    sums = shape.sums(values)
    size = (shape.last - shape.first).astype(np.float32)
    full = np.flatnonzero(size > 0)
    held = np.concatenate([size[None], sums[:2], np.minimum(sums[2:], 1), np.minimum(shape.images, 1)[None]])[:, full]
    parent, kinds = shape.parent[full], int(shape.signature.max()) + len(TAGS)
    keys = np.concatenate([parent * kinds + shape.signature[full], (parent + number) * kinds + shape.tag[full]])
    count, of, means = _alike(keys, held)
    both = np.concatenate([full, full + number])
    chosen = (count >= _LEAST) & (means[0] >= _BLOCKS)
    is_card = np.zeros(2 * number, dtype=bool)
    is_card[both] = chosen.take(of)
    is_card[[0, number]] = False
    card = _nearest(is_card, shape.parent).take(np.concatenate([shape.element, shape.element + number]))
    inside = np.flatnonzero(card % number)
    if not len(inside):
        return
    group_of = np.zeros(2 * number, dtype=np.int64)
    group_of[both] = of
    card, block = card[inside], inside % blocks
    element, group = card % number, group_of[card]
    most = np.zeros(len(count), dtype=np.float32)
    np.maximum.at(most, of, np.concatenate([held[0], held[0]]))
    mean, own, linked = means.take(group, axis=1), values[0][block], link_ratio[block] > LINKED
    longest = np.zeros((2, 2 * number), dtype=np.float32)
    np.maximum.at(longest[0], card, own)
    np.maximum.at(longest[1], card, own * linked)
    rows = np.stack([
        count[group], mean[0], most[group] / mean[0], mean[1], mean[2] / np.maximum(mean[1], 1), mean[3], mean[4],
        mean[7], mean[5], mean[6], count[group] * mean[1] / max(1.0, float(values[0].sum())),
        shape.depth[shape.element[block]] - shape.depth[element], block - shape.first[element],
        shape.last[element] - block, own / np.maximum(sums[0, element], 1), own >= longest[0, card],
        linked & (own >= longest[1, card]),
    ])  # fmt: skip
    half, by_markup = len(into) // 2, np.searchsorted(inside, blocks)
    into[:half, block[:by_markup]] = rows[:, :by_markup]
    into[half:, block[by_markup:]] = rows[:, by_markup:]


def _alike(keys: Whole, held: Matrix) -> tuple[Whole, Whole, NDArray[np.float64]]:
    """How many elements share a key, the group of each element, and the groups' mean values. held: of half the keys."""
    distinct, of = np.unique(keys, return_inverse=True)
    groups, rows = len(distinct), len(held)
    count = np.bincount(of, minlength=groups)
    into = of + groups * np.arange(rows)[:, None]
    sums = np.bincount(into.ravel(), np.concatenate([held, held], axis=1).ravel(), minlength=groups * rows)
    return count, of, sums.reshape(rows, groups) / count


def _nearest(is_card: NDArray[np.bool_], parent: Whole) -> Whole:
    """For each element, in both halves, the nearest card that it is or stands in; else the root."""
    number = len(parent)
    up = np.where(is_card, np.arange(2 * number), np.concatenate([parent, parent + number]))
    while True:
        # Twice as far up at every step.
        higher = up.take(up)
        if np.array_equal(higher, up):
            return up
        up = higher


NEAR_COPY_NAMES = ("within_before", "within_after", "holds_before", "holds_after")
_NEAR = 4
_SHORTEST, _LONGEST = 12, 300
"""Characters of what could be a headline, with or without a kicker."""


def fill_near_copies(into: Matrix, texts: list[str]) -> None:
    """NEAR_COPY_NAMES: is the text part of one a few blocks before or after, does it hold one of these?

    A card often shows its headline twice: once alone and once with the kicker in front.
    """
    into[:] = 0
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    could_be = (length >= _SHORTEST) & (length <= _LONGEST)
    for by in range(1, min(_NEAR + 1, len(texts))):
        early = np.flatnonzero(could_be[:-by] & could_be[by:] & (length[:-by] != length[by:]))
        shorter_first = length[early] < length[early + by]
        short, long = early + by * ~shorter_first, early + by * shorter_first
        pairs = map(contains, map(texts.__getitem__, long.tolist()), map(texts.__getitem__, short.tolist()))
        found = np.fromiter(pairs, np.bool_, len(early))
        first, second = found & shorter_first, found & ~shorter_first
        into[1, early[first]] = into[2, early[first] + by] = 1
        into[3, early[second]] = into[0, early[second] + by] = 1
