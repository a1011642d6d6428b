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

from workers.segment.tree_sums import add_leaves

# A leaf's number is put together in a byte.
_DEEPEST = 8
# What the compiler adds up without a loop (tree_sums.py).
_QUICK = 8


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
    _column: NDArray[np.intp] = field(init=False, repr=False)
    _asked: NDArray[np.intp] = field(init=False, repr=False)
    """trees x depth: question, the highest bit first."""

    def __post_init__(self) -> None:
        depth = len(self.question)
        if depth > _DEEPEST:
            raise ValueError(f"trees of depth {depth}; at most {_DEEPEST} questions fit a byte")
        classes = self.leaf.shape[1] - 1
        # Eight scores are added up several times faster than six: the rest is zeros.
        width = _QUICK if 2 < classes < _QUICK else classes
        gain = np.zeros((len(self.leaf), width), dtype=np.float32)
        gain[:, :classes] = self.leaf[:, 1:] - self.leaf[:, :1]
        object.__setattr__(self, "_gain", gain)
        object.__setattr__(self, "_column", np.ascontiguousarray(self.feature, dtype=np.intp))
        object.__setattr__(self, "_asked", np.ascontiguousarray(self.question[::-1].T, dtype=np.intp))

    def probabilities(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Class probabilities (rows x classes, each row adds up to 1) of a matrix of features (rows x features).

        Quickest when each feature's values lie side by side in memory, as in the transpose of features x rows.
        """
        table = np.ascontiguousarray(columns.T)
        sums = np.zeros((table.shape[1], self._gain.shape[1]), dtype=np.float32)
        add_leaves(table, self._column, self.border, self._asked, self._gain, sums)
        scores = np.zeros((len(self.bias), table.shape[1]), dtype=np.float32)
        scores[1:] = sums.T[: len(scores) - 1]
        scores[1:] += (self.bias[1:] - self.bias[0])[:, None]
        scores -= scores.max(axis=0)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=0)
        return scores.T


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
