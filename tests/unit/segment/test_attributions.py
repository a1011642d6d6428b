"""What pushed a block towards its role: Shapley values of the trees, compared with the definition."""

from itertools import permutations

import numpy as np
import pytest

from workers.segment.attributions import Contrast, pushes
from workers.segment.trees import Trees

FEATURES, CLASSES = 5, 3


def some_trees(depth: int, count: int, seed: int) -> Trees:
    random = np.random.default_rng(seed)
    asked = random.permuted(np.tile(np.arange(7), (count, 1)), axis=1)[:, :depth].T
    return Trees(
        feature=random.integers(0, FEATURES, 7),
        border=random.normal(size=7).astype(np.float32),
        question=asked,
        leaf=random.normal(size=(count << depth, CLASSES)).astype(np.float32),
        bias=np.zeros(CLASSES, dtype=np.float32),
    )


def by_definition(trees: Trees, columns: np.ndarray, row: int, role: int, rival: int) -> np.ndarray:
    """Mean over all orders of what each question adds when its answer becomes known."""
    answers = columns[:, trees.feature] > trees.border
    share = answers.mean(axis=0)
    depth, count = trees.question.shape
    lead = (trees.leaf[:, role] - trees.leaf[:, rival]).reshape(count, -1)
    result = np.zeros(FEATURES)
    for tree in range(count):
        asked = trees.question[:, tree]

        def worth(known: set[int], asked: np.ndarray = asked, tree: int = tree) -> float:
            total = 0.0
            for leaf in range(1 << depth):
                chance = 1.0
                for bit, question in enumerate(asked):
                    yes = (leaf >> bit) & 1
                    odds = float(answers[row, question]) if bit in known else share[question]
                    chance *= odds if yes else 1 - odds
                total += chance * lead[tree, leaf]
            return total

        orders = list(permutations(range(depth)))
        for order in orders:
            known: set[int] = set()
            for bit in order:
                before = worth(known)
                known = known | {bit}
                result[trees.feature[asked[bit]]] += (worth(known) - before) / len(orders)
    return result


@pytest.mark.parametrize(("depth", "seed"), [(1, 0), (2, 1), (3, 2), (4, 3)])
def test_pushes_are_the_shapley_values_of_the_answers(depth: int, seed: int) -> None:
    trees = some_trees(depth, 3, seed)
    columns = np.random.default_rng(seed + 100).normal(size=(9, FEATURES)).astype(np.float32)
    _, found = pushes(trees, columns, [Contrast(np.array([1]), 1, 2), Contrast(np.array([7, 2]), 2, 0)])
    for place, row in enumerate([7, 2]):
        np.testing.assert_allclose(found[place], by_definition(trees, columns, row, 2, 0), atol=1e-5)


def test_what_all_blocks_have_alike_pushes_none() -> None:
    trees = some_trees(4, 30, 5)
    columns = np.random.default_rng(6).normal(size=(20, FEATURES)).astype(np.float32)
    columns[:, 2] = 0.5
    assert not pushes(trees, columns, [Contrast(np.arange(20), 1, 0)])[0][:, 2].any()


def test_pushes_of_two_blocks_differ_by_what_their_scores_differ() -> None:
    trees = some_trees(6, 100, 7)
    columns = np.random.default_rng(8).normal(size=(12, FEATURES)).astype(np.float32)
    probabilities = np.log(trees.probabilities(columns))
    lead = probabilities[:, 1] - probabilities[:, 2]
    total = pushes(trees, columns, [Contrast(np.arange(12), 1, 2)])[0].sum(axis=1)
    np.testing.assert_allclose(total - total[0], lead - lead[0], atol=1e-3)
