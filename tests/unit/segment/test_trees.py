"""The evaluation of oblivious trees, against a plain walk through each tree."""

import numpy as np
import pytest
from numpy.typing import NDArray

from workers.segment.trees import Trees


def plain(trees: Trees, row: NDArray[np.float32]) -> NDArray[np.float64]:
    """One row, one tree, one question at a time."""
    depth, number = trees.question.shape
    scores = trees.bias.astype(np.float64)
    for tree in range(number):
        leaf = sum(
            1 << bit
            for bit in range(depth)
            if row[trees.feature[trees.question[bit, tree]]] > trees.border[trees.question[bit, tree]]
        )
        scores += trees.leaf[tree * 2**depth + leaf]
    scores = np.exp(scores - scores.max())
    return np.asarray(scores / scores.sum())


@pytest.mark.parametrize("classes", [2, 3, 9, 10, 12])
@pytest.mark.parametrize("rows", [1, 3, 16, 600])
def test_arrays_give_what_a_walk_through_the_trees_gives(rows: int, classes: int) -> None:
    random = np.random.default_rng(7)
    trees = Trees(
        feature=random.integers(0, 5, 12).astype(np.int32),
        border=random.normal(size=12).astype(np.float32),
        question=random.integers(0, 12, (4, 9)).astype(np.int32),
        leaf=random.normal(size=(9 * 16, classes)).astype(np.float32),
        bias=random.normal(size=classes).astype(np.float32),
    )
    matrix = random.normal(size=(rows, 5)).astype(np.float32)
    judged = trees.probabilities(matrix)
    assert judged.shape == (rows, classes)
    for at in {*range(0, rows, 7), rows - 1}:
        assert np.allclose(judged[at], plain(trees, matrix[at]), atol=1e-5)
