"""What the second pass sees besides a block's own features: how the first pass judged the blocks around it.

The idea of jusText (Pomikalek, 2011: classify without context, then revise with it), with probabilities in place of
classes and with the tree's neighbourhood beside the line's: blocks of the same markup and every ancestor's content.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_sums import fill_shifted, fill_window_means
from workers.segment.html_features_base import (
    LEVELS,
    Groups,
    Matrix,
    Structure,
)

FIRST_CLASSES = ("chrome", "body", "teaser_headline", "teaser_summary", "caption", "head", "body_or_not")
"""What is judged of a block alone. Headline, dek and byline (head) need the context; the last is a judge of its own."""
_SHIFTS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = ((4, 4), (12, 12), (6, 0), (0, 6))
_LEVEL = len(FIRST_CLASSES) + 3
"""Rows an ancestor: the mean of every class, the sums of two of them, its share of the page's body."""
_LINE = 13
_LINKS = 2
ROWS = len(FIRST_CLASSES) * (1 + len(_SHIFTS) + len(_WINDOWS) + 3) + _LEVEL * (LEVELS - 1) + _LINKS + _LINE


def fill(into: Matrix, first: Matrix, words: NDArray[np.float32], shape: Structure, links: Groups) -> None:
    """Write the context features (ROWS x blocks) from the first pass's probabilities (FIRST_CLASSES x blocks).

    links: blocks with the same link target.
    """
    classes, count = first.shape
    own = into[: classes * (1 + len(_SHIFTS) + len(_WINDOWS) + 3)].reshape(-1, classes, count)
    own[0] = first
    for rows, by in zip(own[1:], _SHIFTS, strict=False):
        fill_shifted(first, by, rows)
    for rows, (before, after) in zip(own[1 + len(_SHIFTS) :], _WINDOWS, strict=False):
        fill_window_means(first, before, after, rows)
    for rows, group in zip(own[-3:], (shape.near, shape.far, links), strict=True):
        rows[:] = group.mean(first)
    mass = first[1] * words
    body = max(1.0, float(mass.sum()))
    above = shape.ancestors[1:]
    size = np.maximum(shape.last - shape.first, 1).astype(np.float32)
    sums = shape.sums(np.concatenate([first, mass[None]])).take(above, axis=1)
    levels = into[classes * len(own) : -_LINE - _LINKS].reshape(LEVELS - 1, _LEVEL, count)
    levels[:, :classes] = (sums[:classes] / size.take(above)).transpose(1, 0, 2)
    levels[:, classes : classes + 2] = sums[2:4].transpose(1, 0, 2)
    levels[:, -1] = sums[classes] / body
    most = links.most(first[2])
    into[-_LINE - _LINKS] = most
    into[-_LINE - 1] = first[2] >= most
    _fill_line_context(into[-_LINE:], first, mass)


def _fill_line_context(into: Matrix, first: Matrix, mass: NDArray[np.float32]) -> None:
    """Where the block stands between the page's sure body blocks, and what the page holds in all."""
    count = len(mass)
    at = np.arange(count)
    total = np.cumsum(mass)
    body = max(1.0, float(total[-1]))
    sure = first[1] > 0.5
    before = np.maximum.accumulate(np.where(sure, at, -1))
    after = np.minimum.accumulate(np.where(sure, at, 2 * count)[::-1])[::-1]
    teasers, sures = first[2].sum(), int(sure.sum())
    into[0] = total / body
    into[1] = 1 - total / body
    into[2] = at - before
    into[3] = after - at
    into[4] = body
    into[5] = sures
    into[6] = teasers
    into[7] = first[5].max()
    into[8] = at - int(np.argmax(first[5]))
    into[9] = np.cumsum(first[2])
    into[10] = (before >= 0) & (after < 2 * count)
    into[11] = teasers / max(1, sures)
    into[12] = first[3].sum()
