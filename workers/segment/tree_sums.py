"""The inner loops of trees.py, compiled.

Rows are judged a few hundred at a time, so that the answers to all questions stay in the processor's cache.
"""

import numpy as np
from numpy.typing import NDArray

# Of a page of 60,000 blocks that many are judged at once; the answers of 2,000 questions then take 256 kB.
ROWS_AT_ONCE = 128
# Their leaves fit the cache next to the processor: eight trees of 64 leaves of 32 bytes are 16 kB.
TREES_AT_ONCE = 8

Indices = NDArray[np.intp]
Matrix = NDArray[np.float32]


def add_leaves(
    table: Matrix, feature: Indices, border: NDArray[np.float32], question: Indices, leaf: Matrix, into: Matrix
) -> None:
    """Add to each row of `into` (rows x width) the leaves that it falls into, tree after tree.

    table is features x rows; feature and border are of each question; question is trees x depth, the highest bit of
    the leaf's number first; leaf is (trees * 2**depth) x width. Depth is at most eight.
    """
    rows, trees = len(into), len(question)
    answers = np.empty((len(feature), ROWS_AT_ONCE), dtype=np.uint8)
    fallen = np.empty((trees, ROWS_AT_ONCE), dtype=np.uint8)
    for start in range(0, rows, ROWS_AT_ONCE):
        size = min(ROWS_AT_ONCE, rows - start)
        _answer(table, feature, border, answers, start, size)
        _fall(answers, question, fallen, size)
        if leaf.shape[1] == 8:
            _add_eight(fallen, question.shape[1], leaf, into, start, size)
        else:
            _add(fallen, question.shape[1], leaf, into, start, size)


def _answer(
    table: Matrix,
    feature: Indices,
    border: NDArray[np.float32],
    answers: NDArray[np.uint8],
    start: int,
    size: int,
) -> None:
    """Ask every question of some rows: questions x rows."""
    for number in range(len(feature)):
        column = feature[number]
        limit = border[number]
        for at in range(size):
            answers[number, at] = table[column, start + at] > limit


def _fall(answers: NDArray[np.uint8], question: Indices, fallen: NDArray[np.uint8], size: int) -> None:
    """The leaf of every tree that each row falls into: trees x rows."""
    for tree in range(len(question)):
        asked = question[tree, 0]
        for at in range(size):
            fallen[tree, at] = answers[asked, at]
        for bit in range(1, question.shape[1]):
            asked = question[tree, bit]
            for at in range(size):
                fallen[tree, at] = fallen[tree, at] * 2 + answers[asked, at]


def _add(fallen: NDArray[np.uint8], depth: int, leaf: Matrix, into: Matrix, start: int, size: int) -> None:
    for tree in range(len(leaf) >> depth):
        for column in range(leaf.shape[1]):
            for at in range(size):
                into[start + at, column] += leaf[(tree << depth) + fallen[tree, at], column]


def _add_eight(fallen: NDArray[np.uint8], depth: int, leaf: Matrix, into: Matrix, start: int, size: int) -> None:
    """The same for eight columns: a row's sums stay in the processor's registers for a few trees."""
    trees = len(leaf) >> depth
    sums = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    for first in range(0, trees, TREES_AT_ONCE):
        for at in range(size):
            for column in range(8):
                sums[column] = into[start + at, column]
            for tree in range(first, min(first + TREES_AT_ONCE, trees)):
                place = (tree << depth) + fallen[tree, at]
                for column in range(8):
                    sums[column] += leaf[place, column]
            for column in range(8):
                into[start + at, column] = sums[column]
