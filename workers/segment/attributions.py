"""Which questions decided: exact Shapley values of an ensemble's scores, against the page's other blocks.

The players of a tree's game are its questions. An answer that is left out is drawn as often "yes" as the page's blocks
give it, each question on its own (Lundberg, Lee: A unified approach to interpreting model predictions, 2017, with a
product background). An oblivious tree of depth d has only 2**d leaves, so the sum over all coalitions is a matrix
product: the leaves are written in the basis of products of (answer - mean), where a product of n questions counts for
a coalition if all n are in it, and every one of them earns an n-th of it.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workers.segment.trees import Trees

Floats = NDArray[np.float32]

_TREES_AT_ONCE = 64
"""Bounds the memory: a tree of depth six takes 2**12 numbers for its products."""


class Contrast(NamedTuple):
    """Why are these rows of class `role` rather than of `rival`?"""

    rows: NDArray[np.intp]
    role: int
    rival: int


def pushes(trees: Trees, columns: Floats, contrasts: Sequence[Contrast]) -> list[Floats]:
    """For each contrast: how far each feature pushes its rows' score for the role ahead of the rival's.

    columns is rows x features, a whole page: what all its rows have alike pushes none of them. A result is rows of the
    contrast x features; a row's pushes add up to how far its lead is from the page's mean lead, answers independent.
    """
    values = columns[:, trees.feature].T
    answers = values > trees.border[:, None]
    share = answers.mean(axis=1, dtype=np.float32)
    depth, count = trees.question.shape
    leads = [trees.leaf[:, contrast.role] - trees.leaf[:, contrast.rival] for contrast in contrasts]
    lead = np.stack(leads, axis=1).reshape(count, 1 << depth, len(contrasts))
    results = [np.zeros((columns.shape[1], len(contrast.rows)), dtype=np.float32) for contrast in contrasts]
    place = (1 << np.arange(depth))[:, None, None]
    for start in range(0, count, _TREES_AT_ONCE):
        asked = trees.question[:, start : start + _TREES_AT_ONCE]
        earned = _shapley(lead[start : start + _TREES_AT_ONCE], share[asked])
        leaf = (answers[asked] * place).sum(axis=0)
        for number, (contrast, result) in enumerate(zip(contrasts, results, strict=True)):
            own = leaf[:, contrast.rows]
            for bit in range(depth):
                gained = np.take_along_axis(earned[bit, :, :, number], own, axis=1)
                np.add.at(result, trees.feature[asked[bit]], gained)
    return [result.T for result in results]


def _shapley(lead: Floats, share: Floats) -> Floats:
    """What every question earns in every leaf: depth x trees x leaves x contrasts.

    lead: trees x leaves x contrasts; share: depth x trees. Bit k of a leaf's number is the answer to question k.
    """
    count, leaves, contrasts = lead.shape
    depth = len(share)
    product = lead
    for bit in range(depth):
        pairs = product.reshape(count, -1, 2, 1 << bit, contrasts)
        no, yes = pairs[:, :, 0], pairs[:, :, 1]
        mean = share[bit][:, None, None, None]
        product = np.stack([no + mean * (yes - no), yes - no], axis=2).reshape(lead.shape)
    bits = _bits(depth)
    # trees x depth x leaves: each answer less its mean.
    away = bits.T[None] - share.T[:, :, None]
    basis = np.ones((count, leaves, leaves), dtype=np.float32)
    for bit in range(depth):
        basis[:, :, bits[:, bit] > 0] *= away[:, bit, :, None]
    part = bits / np.maximum(bits.sum(axis=1, keepdims=True), 1)
    return np.stack([basis @ (product * part[:, bit, None]) for bit in range(depth)])


@cache
def _bits(depth: int) -> Floats:
    """2**depth x depth: the bits of every number."""
    return ((np.arange(1 << depth)[:, None] >> np.arange(depth)) & 1).astype(np.float32)
