"""What the second pass sees besides a block's own features: how the first pass judged the blocks around it.

The idea of jusText (Pomikalek, 2011: classify without context, then revise with it), with probabilities in place of
classes and with the tree's neighbourhood beside the line's: blocks of the same markup and every ancestor's content.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features_base import Matrix, Structure, groups, shifted, window_mean

FIRST_CLASSES = ("chrome", "body", "teaser_headline", "teaser_summary", "caption", "head", "body_or_not")
"""What is judged of a block alone. Headline, dek and byline (head) need the context; the last is a judge of its own."""


def second_look(first: Matrix, words: NDArray[np.float32], shape: Structure, links: NDArray[np.int64]) -> Matrix:
    """Context features (rows x columns) from the first pass's probabilities (rows x FIRST_CLASSES).

    links is html_groups.link_groups: blocks with the same target share a number.
    """
    parts = [first]
    parts += [shifted(first, by) for by in (-3, -2, -1, 1, 2, 3)]
    mass = first * words[:, None]
    for before, after in ((4, 4), (12, 12), (6, 0), (0, 6)):
        parts.append(_columns(first, partial(window_mean, before=before, after=after)))
    for key in (*groups(shape), links):
        _, group, number = np.unique(key, return_inverse=True, return_counts=True)
        parts.append(_columns(first, partial(_group_mean, group, number)))
    size = np.maximum(shape.last - shape.first, 1).astype(np.float32)
    sums = _columns(first, shape.sums)
    body_in = shape.sums(mass[:, 1])
    body = max(1.0, float(mass[:, 1].sum()))
    for element in shape.ancestors[1:]:
        parts.append(sums[element] / size[element][:, None])
        parts.append(sums[element][:, 2:4])
        parts.append((body_in[element] / body)[:, None])
    _, group = np.unique(links, return_inverse=True)
    most = np.zeros(int(group.max()) + 1, dtype=np.float32)
    np.maximum.at(most, group, first[:, 2])
    parts.append(np.stack([most[group], first[:, 2] >= most[group]], axis=1))
    parts.append(line_context(first, mass))
    return np.concatenate([part.astype(np.float32) for part in parts], axis=1)


def line_context(first: Matrix, mass: Matrix) -> Matrix:
    """Where the block stands between the page's sure body blocks, and what the page holds in all."""
    number = len(first)
    at = np.arange(number)
    total = np.cumsum(mass[:, 1])
    body = max(1.0, float(total[-1]))
    sure = first[:, 1] > 0.5
    before = np.maximum.accumulate(np.where(sure, at, -1))
    after = np.minimum.accumulate(np.where(sure, at, 2 * number)[::-1])[::-1]
    head = first[:, 5]
    best = int(np.argmax(head))
    teasers = first[:, 2]
    values = [
        total / body, 1 - total / body, at - before, after - at, np.full(number, body), np.full(number, sure.sum()),
        np.full(number, teasers.sum()), np.full(number, head.max()), at - best, np.cumsum(teasers),
        (before >= 0) & (after < 2 * number), np.full(number, teasers.sum() / max(1, int(sure.sum()))),
        np.full(number, first[:, 3].sum()),
    ]  # fmt: skip
    return np.stack(values, axis=1).astype(np.float32)


def _group_mean(group: NDArray[np.int64], number: NDArray[np.int64], values: NDArray[np.float32]) -> NDArray[Any]:
    """For each block the mean over its group."""
    return np.asarray((np.bincount(group, values) / number)[group])


def _columns(first: Matrix, function: Callable[[NDArray[np.float32]], NDArray[Any]]) -> Matrix:
    return np.stack([function(first[:, column]) for column in range(first.shape[1])], axis=1).astype(np.float32)
