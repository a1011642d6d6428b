"""Boosted oblivious decision trees on arrays: every tree asks the same questions of all blocks at once.

An oblivious tree of depth d asks d questions "feature > border" of every row, and the answers' bits are the leaf's
number (Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, 2018). No branch depends on a row,
so a page's blocks go through the trees side by side (tree_sums.py).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.segment.tree_sums import LANES, TREES_AT_ONCE, add_leaves, fill_scores

# A leaf's number is put together in a byte.
_DEEPEST = 8
# What the compiler adds up without a loop (tree_sums.py).
_QUICK = 8
# Bytes of the processor's cache that come together.
_LINE = 64


@dataclass(frozen=True, slots=True)
class Trees:
    """A trained ensemble for several classes. Raises ValueError for trees deeper than eight questions."""

    feature: NDArray[np.integer[Any]]
    """Column of each question, q long; questions that trees share are asked once."""
    border: NDArray[np.float32]
    """The answer is yes where the feature is greater; q long."""
    question: NDArray[np.integer[Any]]
    """depth x trees: which questions each tree asks, bit by bit."""
    leaf: NDArray[np.float32]
    """(trees * 2**depth) x classes: what each leaf adds to the classes' scores."""
    bias: NDArray[np.float32]
    """Scores before the first tree, one a class."""
    _gain: NDArray[np.float32] = field(init=False, repr=False)
    """leaf without its first class, which is subtracted from the others: probabilities depend on differences only.
    In the order that tree_sums.add_leaves asks for."""
    _width: int = field(init=False, repr=False)
    """Classes of _gain: one, up to eight and the rest zeros, or as many as there are."""
    _bias: NDArray[np.float32] = field(init=False, repr=False)
    """bias likewise."""
    _column: NDArray[np.intp] = field(init=False, repr=False)
    """feature, sorted: what is asked of the same values is asked in a row."""
    _limit: NDArray[np.float32] = field(init=False, repr=False)
    """border in that order."""
    _asked: NDArray[np.intp] = field(init=False, repr=False)
    """trees x depth: question in that order, the highest bit first."""

    def __post_init__(self) -> None:
        depth = len(self.question)
        if depth > _DEEPEST:
            raise ValueError(f"trees of depth {depth}; at most {_DEEPEST} questions fit a byte")
        classes = self.leaf.shape[1] - 1
        width = 1 if classes == 1 else max(classes, _QUICK)
        together = min(width, _QUICK)
        trees = self.question.shape[1]
        # Trees of nothing fill up the last few that are added up together.
        more = -trees % TREES_AT_ONCE
        leaves = (trees + more) << depth
        gain = _aligned(leaves * width)
        differences = self.leaf[:, 1:] - self.leaf[:, :1]
        gain[: leaves * together].reshape(leaves, together)[: len(self.leaf), :classes] = differences[:, :together]
        gain[leaves * together :].reshape(-1, leaves)[:, : len(self.leaf)] = differences[:, together:].T
        order = np.argsort(self.feature, kind="stable")
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        object.__setattr__(self, "_gain", gain)
        object.__setattr__(self, "_width", width)
        object.__setattr__(self, "_bias", self.bias[1:] - self.bias[0])
        object.__setattr__(self, "_column", np.ascontiguousarray(self.feature[order], dtype=np.intp))
        object.__setattr__(self, "_limit", np.ascontiguousarray(self.border[order], dtype=np.float32))
        asked = np.pad(place[self.question[::-1]].T, ((0, more), (0, 0)))
        object.__setattr__(self, "_asked", np.ascontiguousarray(asked))

    def probabilities(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Class probabilities (rows x classes, each row adds up to 1) of a matrix of features (rows x features).

        Quickest when each feature's values lie side by side in memory, as in the transpose of features x rows.
        """
        table = np.ascontiguousarray(columns.T)
        rows = table.shape[1]
        sums = np.zeros((rows + -rows % LANES, self._width), dtype=np.float32)
        add_leaves(table, self._column, self._limit, self._asked, self._gain, sums)
        scores = np.empty((len(self.bias), rows), dtype=np.float32)
        fill_scores(sums, self._bias, scores)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=0)
        return scores.T


def _aligned(number: int) -> NDArray[np.float32]:
    """Zeros that begin with a line of the processor's cache: no leaf of eight scores lies across two."""
    size = 4 * number
    memory = np.zeros(size + _LINE, dtype=np.uint8)
    begin = -memory.ctypes.data % _LINE
    return memory[begin : begin + size].view(np.float32)


def load_trees(path: Path, name: str) -> Trees:
    """The ensemble stored under `name` in a model file. Raises KeyError and OSError as numpy does."""
    with np.load(path, allow_pickle=False) as stored:
        return Trees(
            feature=stored[f"{name}_feature"].astype(np.intp),
            border=stored[f"{name}_border"].astype(np.float32),
            question=stored[f"{name}_question"].astype(np.intp),
            leaf=stored[f"{name}_leaf"].astype(np.float32),
            bias=stored[f"{name}_bias"].astype(np.float32),
        )
