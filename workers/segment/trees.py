"""Boosted oblivious decision trees on arrays: every tree asks the same questions of all blocks at once.

An oblivious tree of depth d asks d questions "feature > border" of every row, and the answers' bits are the leaf's
number (Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, 2018). A page's blocks times a
tree's questions is therefore one comparison of two arrays: no branch and nothing but NumPy at run time.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Rows judged at once: bounds the memory of a page of 60,000 blocks; a usual page is one chunk.
_ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Trees:
    """A trained ensemble for several classes."""

    feature: NDArray[np.int32]
    """Column of each question, q long; questions that trees share are asked once."""
    border: NDArray[np.float32]
    """The answer is yes where the feature is greater; q long."""
    question: NDArray[np.int32]
    """depth x trees: which questions each tree asks, bit by bit."""
    leaf: NDArray[np.float32]
    """(trees * 2**depth) x classes: what each leaf adds to the classes' scores."""
    bias: NDArray[np.float32]
    """Scores before the first tree, one a class."""

    def probabilities(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Class probabilities (rows x classes, each row adds up to 1) of a matrix of features (rows x features)."""
        parts = [self._part(columns[i : i + _ROWS_AT_ONCE]) for i in range(0, len(columns), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if len(parts) != 1 else parts[0]

    def _part(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        depth, trees = self.question.shape
        answers = (np.ascontiguousarray(rows.T)[self.feature] > self.border[:, None]).view(np.uint8)
        leaf = np.zeros((trees, len(rows)), dtype=np.int32)
        for bit in range(depth):
            leaf += answers[self.question[bit]].astype(np.int32) << bit
        leaf += (np.arange(trees, dtype=np.int32) << depth)[:, None]
        scores = np.take(self.leaf, leaf, axis=0).sum(axis=0) + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        result: NDArray[np.float32] = scores
        return result


def load_trees(path: Path, name: str) -> Trees:
    """The ensemble stored under `name` in a model file. Raises KeyError and OSError as numpy does."""
    with np.load(path, allow_pickle=False) as stored:
        return Trees(
            feature=stored[f"{name}_feature"].astype(np.int32),
            border=stored[f"{name}_border"].astype(np.float32),
            question=stored[f"{name}_question"].astype(np.int32),
            leaf=stored[f"{name}_leaf"].astype(np.float32),
            bias=stored[f"{name}_bias"].astype(np.float32),
        )
