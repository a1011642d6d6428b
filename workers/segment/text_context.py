"""What the second pass sees besides a block's own features: how the first pass judged the page.

The idea of jusText (Pomikalek, 2011: classify without context, then revise with it), with probabilities in place of
classes. Flat text has no tree; what belongs together is told by blank lines, by likeness, and by shared words: now
that the first pass has said which blocks are the story, a block can be asked how much of it the story speaks of.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_sums import fill_shifted, fill_window_means
from workers.segment.line_groups import fill_means, fill_taken
from workers.segment.page import Role
from workers.segment.text_features import TextFeatures
from workers.segment.text_lexicon import ALT, CLASSES
from workers.segment.text_places import nearest_kept
from workers.segment.text_tokens import Floats

_SHIFTS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = ((4, 4), (12, 12), (6, 0), (0, 6))
_FAR = 50
_FARTHEST = 200
"""Distances in blocks are cut off here, those to the story a good deal later."""
_SHARED, _LINE = 6, 19
_GROUPS = 4
"""Of TextFeatures.groups."""
ROWS = (1 + len(_SHIFTS) + len(_WINDOWS) + 4 + _GROUPS) * CLASSES - 4 + 2 + _SHARED + _LINE
"""Of context."""
_CHROME = 0.8
"""From this probability on a block is skipped when looking for its neighbours."""


def fill_second_look(page: TextFeatures, first: Floats, into: Floats) -> None:
    """Context features (ROWS x blocks) from the first pass's probabilities (CLASSES x blocks)."""
    rows = Rows(into)
    rows.take(CLASSES)[...] = first
    for by in _SHIFTS:
        fill_shifted(first, by, rows.take(CLASSES))
    for before, after in _WINDOWS:
        fill_window_means(first, before, after, rows.take(CLASSES))
    _fill_content_neighbours(first, rows)
    for of, number in page.groups:
        sizes, means = np.empty(number, dtype=np.int64), np.empty(number, dtype=np.float64)
        fill_means(first, of, sizes, means, rows.take(CLASSES))
    sharing = rows.take(_SHARED)
    _fill_sharing(page, first, sharing)
    _fill_line_context(first, page.words, sharing[0], rows.take(_LINE))


class Rows:
    """Rows of a matrix, handed out from the first on."""

    def __init__(self, matrix: Floats) -> None:
        self.left = matrix

    def take(self, number: int) -> Floats:
        """The next so many."""
        taken, self.left = self.left[:number], self.left[number:]
        return taken


def _fill_content_neighbours(first: Floats, rows: Rows) -> None:
    """Verdicts on the nearest blocks that are hardly chrome, and how far they are."""
    keep = first[Role.CHROME] + first[ALT] < _CHROME
    nearest, distances = nearest_kept(keep, _FAR)
    for by, at, distance in zip((-2, -1, 1, 2), nearest, distances, strict=True):
        fill_taken(first[1:], at, rows.take(CLASSES - 1))
        if abs(by) == 1:
            rows.take(1)[...] = distance


def _fill_sharing(page: TextFeatures, first: Floats, into: Floats) -> None:
    """Words shared with the story, with the likeliest headline, with what promos say; ties across the block."""
    shared = page.cohesion
    body = first[Role.BODY]
    promo = first[Role.TEASER_HEADLINE] + first[Role.TEASER_SUMMARY] + first[Role.SNIPPET]
    headline = np.zeros_like(body)
    headline[int(np.argmax(first[Role.HEADLINE]))] = 1
    for row, share in enumerate((body, promo, headline)):
        into[row] = shared.shared_with(share)
    at = np.arange(len(body))
    sure = body > 0.5
    before = np.maximum.accumulate(np.where(sure, at, -1))
    after = np.minimum.accumulate(np.where(sure, at, len(at))[::-1])[::-1]
    into[3] = shared.bridges(sure, _FAR)
    into[4] = np.minimum(at - before, _FAR)
    into[5] = np.minimum(after - at, _FAR)


def _fill_line_context(first: Floats, words: Floats, shared_body: Floats, into: Floats) -> None:
    """Where the block stands between the page's sure body blocks, and what the page holds in all."""
    number = first.shape[1]
    at = np.arange(number)
    mass = np.cumsum(first[Role.BODY] * words)
    body = max(1.0, float(mass[-1]))
    sure = first[Role.BODY] > 0.5
    head = first[Role.HEADLINE]
    best = int(np.argmax(head))
    teasers, summaries, snippets = first[Role.TEASER_HEADLINE], first[Role.TEASER_SUMMARY], first[Role.SNIPPET]
    alike = shared_body * first[Role.BODY] * words
    pairs = float((teasers[:-1] * (summaries + first[Role.BODY])[1:]).sum())
    run = _longest_run(sure)
    first_sure = int(np.argmax(sure)) if sure.any() else number
    last_sure = number - 1 - int(np.argmax(sure[::-1])) if sure.any() else -1
    rows = (
        mass / body, body, sure.sum(), teasers.sum(), head.max(), _within(at - best), np.cumsum(teasers),
        np.cumsum(head), teasers.sum() / max(1, int(sure.sum())), summaries.sum(), snippets.sum(),
        _within(at - first_sure), _within(last_sure - at), number, alike.sum() / body, pairs, run,
        first[Role.DEK].max(), first[Role.BYLINE].max(),
    )  # fmt: skip
    for place, values in zip(into, rows, strict=True):
        place[...] = values


def _within(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.minimum(np.maximum(distance, -_FARTHEST), _FARTHEST)


def _longest_run(sure: NDArray[np.bool_]) -> int:
    """The most sure body blocks that follow one another with at most two others between."""
    at = np.flatnonzero(sure)
    if not len(at):
        return 0
    breaks = np.flatnonzero(np.diff(at) > 3)
    return int(np.diff(np.concatenate(([-1], breaks, [len(at) - 1]))).max())
