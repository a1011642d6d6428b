"""Learns the confidence tables from judged records of pages that the model had not seen."""

import numpy as np

from tests.train.corpora import normal

_LEAST = 40
"""Records a step of the table rests on, at least."""
_DOUBT = 1.0
"""Standard errors that are taken off each step's share: a table is to promise less than it saw, not more."""
_FEW = 30
"""With fewer records than this there is nothing to learn from; see `table`."""

Judged = tuple[float, bool]
"""A record's score, and whether it was right."""


def table(judged: list[Judged]) -> list[list[float]]:
    """Rows (score, share) with both rising, by isotonic regression (pool adjacent violators) over steps of records.

    With too few records: the score itself, less a fifth.
    """
    if len(judged) < _FEW:
        return [[0.0, 0.0], [1.0, 0.8]]
    ordered = sorted(judged)
    size = max(_LEAST, len(ordered) // 30)
    pools: list[tuple[float, float, float]] = []  # sum of scores, right, number
    for start in range(0, len(ordered), size):
        part = ordered[start : start + size]
        if len(ordered) - start - size < size // 2:
            part = ordered[start:]
        pools.append((sum(score for score, _ in part), float(sum(right for _, right in part)), float(len(part))))
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = (pools[-1][0] + last[0], pools[-1][1] + last[1], pools[-1][2] + last[2])
        if len(part) > size or start + size >= len(ordered):
            break
    rows = [[0.0, 0.0]]
    for scores, right, number in pools:
        share = (right + 1) / (number + 2)
        careful = max(0.0, share - _DOUBT * float(np.sqrt(share * (1 - share) / number)))
        rows.append([round(scores / number, 4), round(max(careful, rows[-1][1]), 4)])
    rows.append([1.0, rows[-1][1]])
    return rows


def same(text: str, other: str, least: float = 0.8) -> bool:
    """Equal after normalisation, or word sets that overlap by `least`: the scorer's rule."""
    a, b = normal(text), normal(other)
    if a == b:
        return bool(a)
    mine, theirs = set(a.split()), set(b.split())
    return len(mine & theirs) >= least * len(mine | theirs) if mine and theirs else False
