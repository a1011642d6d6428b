"""What the second pass sees besides a block's own features: how the first pass judged the page.

The idea of jusText (Pomikalek, 2011: classify without context, then revise with it), with probabilities in place of
classes. Flat text has no tree; what belongs together is told by blank lines, by likeness, and by shared words: now
that the first pass has said which blocks are the story, a block can be asked how much of it the story speaks of.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.segment.page import Role
from workers.segment.text_features import TextFeatures, shifted, skipping, window_mean
from workers.segment.text_lexicon import ALT
from workers.segment.text_tokens import Floats

_WINDOWS = ((4, 4), (12, 12), (6, 0), (0, 6))
_FAR = 50
_CHROME = 0.8
"""From this probability on a block is skipped when looking for its neighbours."""


def second_look(page: TextFeatures, first: Floats) -> Floats:
    """Context features (columns x blocks) from the first pass's probabilities (classes x blocks)."""
    parts = [first]
    parts += [shifted(first, by) for by in (-3, -2, -1, 1, 2, 3)]
    parts += [window_mean(first, before, after) for before, after in _WINDOWS]
    parts += _content_neighbours(first)
    parts += [_group_mean(first, group) for group in page.groups]
    sharing = _sharing(page, first)
    parts.append(sharing)
    parts.append(_line_context(first, page.words, sharing[0]))
    return np.concatenate(parts)


def _content_neighbours(first: Floats) -> list[Floats]:
    """Verdicts on the nearest blocks that are hardly chrome, and how far they are."""
    keep = first[Role.CHROME] + first[ALT] < _CHROME
    parts: list[Floats] = []
    number = first.shape[1]
    for by in (-2, -1, 1, 2):
        at = skipping(keep, by)
        parts.append(np.where(at >= 0, first[1:, at], -1).astype(np.float32))
        if abs(by) == 1:
            distance = np.where(at >= 0, np.minimum(np.abs(at - np.arange(number)), _FAR), _FAR)
            parts.append(distance[None].astype(np.float32))
    return parts


def _group_mean(first: Floats, group: NDArray[np.int64]) -> Floats:
    size = np.bincount(group)
    return np.stack([(np.bincount(group, row) / size)[group] for row in first]).astype(np.float32)


def _sharing(page: TextFeatures, first: Floats) -> Floats:
    """Words shared with the story, with the likeliest headline, with what promos say; ties across the block."""
    shared = page.cohesion
    body = first[Role.BODY]
    promo = first[Role.TEASER_HEADLINE] + first[Role.TEASER_SUMMARY] + first[Role.SNIPPET]
    headline = np.zeros_like(body)
    headline[int(np.argmax(first[Role.HEADLINE]))] = 1
    rows: list[NDArray[Any]] = [shared.shared_with(share) for share in (body, promo, headline)]
    at = np.arange(len(body))
    sure = body > 0.5
    before = np.maximum.accumulate(np.where(sure, at, -1))
    after = np.minimum.accumulate(np.where(sure, at, len(at))[::-1])[::-1]
    # Words that a sure paragraph before the block shares with one after it, not with the block: the story goes on.
    start, end = shared.block, shared.block + shared.following
    known = (shared.following > 1) & sure[start] & sure[np.minimum(end, len(at) - 1)] & (shared.following < _FAR)
    steps = np.zeros(len(at) + 1, dtype=np.float64)
    np.add.at(steps, start[known] + 1, shared.weight[known])
    np.add.at(steps, end[known], -shared.weight[known])
    rows += [np.cumsum(steps)[:-1], np.minimum(at - before, _FAR), np.minimum(after - at, _FAR)]
    return np.stack(rows).astype(np.float32)


def _line_context(first: Floats, words: Floats, shared_body: Floats) -> Floats:
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
    rows = [
        mass / body, np.full(number, body), np.full(number, sure.sum()), np.full(number, teasers.sum()),
        np.full(number, head.max()), np.clip(at - best, -200, 200), np.cumsum(teasers), np.cumsum(head),
        np.full(number, teasers.sum() / max(1, int(sure.sum()))), np.full(number, summaries.sum()),
        np.full(number, snippets.sum()), np.clip(at - first_sure, -200, 200), np.clip(last_sure - at, -200, 200),
        np.full(number, number), np.full(number, alike.sum() / body), np.full(number, pairs), np.full(number, run),
        np.full(number, first[Role.DEK].max()), np.full(number, first[Role.BYLINE].max()),
    ]  # fmt: skip
    return np.stack(rows).astype(np.float32)


def _longest_run(sure: NDArray[np.bool_]) -> int:
    """The most sure body blocks that follow one another with at most two others between."""
    at = np.flatnonzero(sure)
    if not len(at):
        return 0
    breaks = np.flatnonzero(np.diff(at) > 3)
    return int(np.diff(np.concatenate(([-1], breaks, [len(at) - 1]))).max())
