"""Boosted oblivious decision trees on arrays: every tree asks the same questions of all blocks at once.

An oblivious tree of depth d asks d questions "feature > border" of every row, and the answers' bits are the leaf's
number (Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, 2018). A page's blocks times a
tree's questions is therefore one comparison of two arrays: no branch and nothing but NumPy at run time.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Rows judged at once at most, so that a page of 60,000 blocks costs bounded memory; a usual page is one chunk.
_ROWS_AT_ONCE = 512
# A leaf's number is put together in a byte.
_DEEPEST = 8


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
    """leaf without its first class, which is subtracted from the others: probabilities depend on differences only."""
    _first_leaf: NDArray[np.intp] = field(init=False, repr=False)
    """trees x 1: where each tree's leaves start."""

    def __post_init__(self) -> None:
        depth, trees = self.question.shape
        if depth > _DEEPEST:
            raise ValueError(f"trees of depth {depth}; at most {_DEEPEST} questions fit a byte")
        classes = self.leaf.shape[1] - 1
        # NumPy takes rows of 4, 8, 16 or 32 bytes several times faster than others: the rest is zeros.
        width = next((width for width in (1, 2, 4, 8) if width >= classes), classes)
        gain = np.zeros((len(self.leaf), width), dtype=np.float32)
        gain[:, :classes] = self.leaf[:, 1:] - self.leaf[:, :1]
        object.__setattr__(self, "_gain", gain)
        object.__setattr__(self, "_first_leaf", (np.arange(trees, dtype=np.intp) << depth)[:, None])

    def probabilities(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Class probabilities (rows x classes, each row adds up to 1) of a matrix of features (rows x features).

        Quickest when each feature's values lie side by side in memory, as in the transpose of features x rows.
        """
        table = np.ascontiguousarray(columns.T)
        count = table.shape[1]
        scores = np.zeros((len(self.bias), count), dtype=np.float32)
        # Equal chunks: a small last one would cost nearly as much as a full one.
        size = -(-count // max(1, -(-count // _ROWS_AT_ONCE)))
        for start in range(0, count, max(1, size)):
            part = slice(start, start + size)
            scores[1:, part] = self._sums(table[:, part]).T[: len(scores) - 1]
        scores[1:] += (self.bias[1:] - self.bias[0])[:, None]
        scores -= scores.max(axis=0)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=0)
        return scores.T

    def _sums(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sums over the leaves that rows (table: features x rows) fall into: rows x the columns of _gain."""
        # mode="clip" spares a check of every index; none is out of range.
        answers = (table.take(self.feature, axis=0, mode="clip") > self.border[:, None]).view(np.uint8)
        leaf = answers.take(self.question[-1], axis=0, mode="clip")
        for bit in self.question[-2::-1]:
            leaf += leaf
            leaf += answers.take(bit, axis=0, mode="clip")
        index = leaf.astype(np.intp)
        index += self._first_leaf
        result: NDArray[np.float32] = self._gain.take(index, axis=0, mode="clip").sum(axis=0)
        return result


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
