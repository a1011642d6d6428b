"""The inner loops of trees.py, compiled.

Rows are judged sixteen at a time: that many answers to a question fill one of the processor's registers, and those to
all questions of a model stay in the cache next to the processor. Leaves are added up for more rows at once, since the
leaves of a model are a megabyte and those of a few trees are looked up again and again.
"""

import numpy as np
from numpy.typing import NDArray

LANES = 16
"""Rows whose answers to a question fill a register. It is four numbers of four bytes, a byte a row: comparing numbers
gives numbers, and to put four of them together byte by byte is cheaper than to make bytes of them. So the rows stand in
the order 0, 4, 8, 12, 1, 5, ..., the first in the lowest byte of the first number."""
_WORDS = 4
ROWS_AT_ONCE = 128
TREES_AT_ONCE = 8
"""A row's sums stay in registers for so many, and their leaves fit the cache next to the processor: eight trees of 64
leaves of 32 bytes are 16 kB. The number of trees is a multiple of it."""

Indices = NDArray[np.intp]
Matrix = NDArray[np.float32]
Words = NDArray[np.uint32]
Bytes = NDArray[np.uint8]


def add_leaves(
    table: Matrix,
    feature: Indices,
    border: NDArray[np.float32],
    question: Indices,
    leaf: NDArray[np.float32],
    into: Matrix,
) -> None:
    """Add to each row of `into` (rows x width) the leaves that it falls into, tree after tree.

    table is features x rows; feature and border are of each question: those of one feature are best asked one after
    the other. question is trees x depth, the highest bit of the leaf's number first; leaf is trees x 2**depth x width,
    in one piece, width 1 or 8; of more than eight numbers a leaf, those beyond the eighth stand behind, each number of
    all leaves by itself. Depth is at most eight. Rows of `into` are as many as table's up to the next multiple of
    LANES; what is added to those beyond means nothing.
    """
    rows, trees, depth, lanes = table.shape[1], len(question), question.shape[1], LANES
    answers = np.empty(len(border) * _WORDS, dtype=np.uint32)
    fallen = np.empty((trees, ROWS_AT_ONCE >> 2), dtype=np.uint32)
    bytes_fallen = fallen.view(np.uint8)
    begin = np.arange(trees) << depth
    last = np.zeros((len(table), lanes), dtype=np.float32) if rows % lanes else table
    for start in range(0, rows, ROWS_AT_ONCE):
        size = min(ROWS_AT_ONCE, rows - start)
        for lane in range(0, size, lanes):
            if size - lane >= lanes:
                _answer(table, feature, border, answers, start + lane)
            else:
                _copy(table, feature, start + lane, size - lane, last)
                _answer(last, feature, border, answers, 0)
            _fall(answers, question, fallen, lane >> 2)
        words = (size + lanes - 1) >> 4 << 2
        if into.shape[1] == 1:
            _add_one(bytes_fallen, words, begin, leaf, 0, into, 0, start)
        else:
            _add_eight(bytes_fallen, words, begin, leaf, into, start)
            for column in range(8, into.shape[1]):
                _add_one(bytes_fallen, words, begin, leaf, column * (trees << depth), into, column, start)


def _copy(table: Matrix, feature: Indices, start: int, size: int, into: Matrix) -> None:
    """The features that are asked for of the last rows, too few to fill a register."""
    for number in range(len(feature)):
        for at in range(size):
            into[feature[number], at] = table[feature[number], start + at]


def _answer(table: Matrix, feature: Indices, border: NDArray[np.float32], answers: Words, start: int) -> None:
    """Ask every question of the rows from `start` on."""
    for number in range(len(feature)):
        column = feature[number]
        limit = border[number]
        for at in range(4):
            answers[4 * number + at] = (
                (0x1 if table[column, start + at] > limit else 0)
                | (0x100 if table[column, start + 4 + at] > limit else 0)
                | (0x10000 if table[column, start + 8 + at] > limit else 0)
                | (0x1000000 if table[column, start + 12 + at] > limit else 0)
            )


def _fall(answers: Words, question: Indices, fallen: Words, word: int) -> None:
    """The leaf of every tree that each row falls into."""
    place = [0, 0, 0, 0]
    for tree in range(len(question)):
        for at in range(4):
            place[at] = 0
        for bit in range(question.shape[1]):
            asked = 4 * question[tree, bit]
            for at in range(4):
                # No byte has more than seven bits before the last question: none runs over into the next.
                place[at] = place[at] * 2 + answers[asked + at]
        for at in range(4):
            fallen[tree, word + at] = place[at]


def _add_one(
    fallen: Bytes,
    words: int,
    begin: Indices,
    leaf: NDArray[np.float32],
    first_leaf: int,
    into: Matrix,
    column: int,
    start: int,
) -> None:
    """One number of each leaf; those of all leaves stand side by side from `first_leaf` on."""
    for first in range(0, len(fallen), 8):
        for at in range(4 * words):
            byte = (at >> 4 << 4) + ((at & 3) << 2) + (at >> 2 & 3)
            total = into[start + at, column]
            for tree in range(8):
                total += leaf[first_leaf + begin[first + tree] + fallen[first + tree, byte]]
            into[start + at, column] = total


def _add_eight(fallen: Bytes, words: int, begin: Indices, leaf: NDArray[np.float32], into: Matrix, start: int) -> None:
    """Leaves of eight numbers."""
    sums = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    place = [0, 0, 0, 0, 0, 0, 0, 0]
    for first in range(0, len(fallen), 8):
        for at in range(4 * words):
            byte = (at >> 4 << 4) + ((at & 3) << 2) + (at >> 2 & 3)
            for tree in range(8):
                place[tree] = 8 * (begin[first + tree] + fallen[first + tree, byte])
            for column in range(8):
                sums[column] = (
                    into[start + at, column]
                    + leaf[place[0] + column]
                    + leaf[place[1] + column]
                    + leaf[place[2] + column]
                    + leaf[place[3] + column]
                    + leaf[place[4] + column]
                    + leaf[place[5] + column]
                    + leaf[place[6] + column]
                    + leaf[place[7] + column]
                )
            for column in range(8):
                into[start + at, column] = sums[column]


def fill_scores(sums: Matrix, bias: NDArray[np.float32], scores: Matrix) -> None:
    """Scores of each row's classes (classes x rows), the best of them 0, from the sums of all but the first class.

    bias: of these classes; the first one's score is 0 before the best is subtracted.
    """
    for at in range(scores.shape[1]):
        best = scores[0, at] = 0
        for kind in range(1, len(scores)):
            score = sums[at, kind - 1] + bias[kind - 1]
            scores[kind, at] = score
            if score > best:
                best = score
        for kind in range(len(scores)):
            scores[kind, at] -= best
