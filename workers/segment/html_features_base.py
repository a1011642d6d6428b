"""The page as arrays: the tree with prefix sums over blocks, groups of like blocks, and the tools that features share.

Tables of features are features x blocks, so that one feature's values lie side by side: NumPy works along them, and the
trees take them as they are.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_tags import TAGS
from workers.segment.html_tree import HtmlTree

Matrix = NDArray[np.float32]
Whole = NDArray[np.int64]

LEVELS = 5
"""Ancestors described one by one; above that only what is anywhere on the path."""


def whole(values: list[int]) -> Whole:
    """A list of integers as an array."""
    return np.fromiter(values, np.int64, len(values))


class Groups:
    """Blocks that share a key: `of` is each block's group, `number` the groups (some may be empty)."""

    def __init__(self, of: Whole, number: int) -> None:
        self.of = of
        self.number = number
        self.size: Whole = np.bincount(of, minlength=number).take(of)
        """For each block how many share its key, itself included."""

    def mean(self, values: Matrix) -> NDArray[np.float64]:
        """For each block the mean over its group; values and result are rows x blocks."""
        rows = len(values)
        keys = self.of + self.number * np.arange(rows)[:, None]
        sums = np.bincount(keys.ravel(), values.ravel(), minlength=rows * self.number).reshape(rows, self.number)
        return np.asarray(sums.take(self.of, axis=1) / self.size)

    def most(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each block the largest value in its group; values are not negative."""
        largest = np.zeros(self.number, dtype=np.float32)
        np.maximum.at(largest, self.of, values)
        return largest.take(self.of)

    def first(self) -> Whole:
        """For each block where the first of its group stands."""
        first = np.zeros(self.number, dtype=np.int64)
        # The last assignment holds.
        first[self.of[::-1]] = np.arange(len(self.of) - 1, -1, -1)
        return first.take(self.of)

    def last(self) -> Whole:
        """For each block where the last of its group stands."""
        last = np.zeros(self.number, dtype=np.int64)
        last[self.of] = np.arange(len(self.of))
        return last.take(self.of)


def same(keys: Iterable[object]) -> Groups:
    """Groups of equal keys, numbered in order of appearance."""
    known: dict[object, int] = {}
    numbers = [known.setdefault(key, len(known)) for key in keys]
    return Groups(whole(numbers), len(known))


class Structure:
    """The tree as arrays, with prefix sums over blocks."""

    def __init__(self, tree: HtmlTree) -> None:
        self.parent = whole(tree.element_parent)
        self.first = whole(tree.element_first)
        self.last = whole(tree.element_last)
        self.tag = whole(tree.element_tag)
        self.depth = np.fromiter(tree.element_depth, np.float32, len(tree.element_depth))
        self.signature = whole(tree.element_signature)
        self.images = (whole(tree.element_images_end) - whole(tree.element_images)).astype(np.float32)
        self.hints = whole(tree.element_hints)
        self.element = whole(tree.block_element)
        self.is_image = whole(tree.block_image) >= 0
        path = along_path(np.stack([self.hints, np.left_shift(1, self.tag)]), self.parent).take(self.element, axis=1)
        self.path_hints, self.path_tags = path
        levels = [self.element]
        for _ in range(LEVELS - 1):
            levels.append(self.parent.take(levels[-1]))
        self.ancestors = np.stack(levels)
        """LEVELS x blocks: the block's element, its parent, and so on."""
        self.near, self.far = groups(self)

    def sums(self, values: Matrix) -> Matrix:
        """For each element the sums of block values over its subtree: rows x blocks in, rows x elements out."""
        total = running_total(values)
        return (total.take(self.last, axis=1) - total.take(self.first, axis=1)).astype(np.float32)


def along_path(own: Whole, parent: Whole) -> Whole:
    """Bits of each element and everything around it (rows x elements), from its own."""
    result = own.copy()
    up = parent
    while True:
        # Twice as far up at every step.
        result |= result.take(up, axis=1)
        if not up.any():
            return result
        up = up.take(up)


def groups(shape: Structure) -> tuple[Groups, Groups]:
    """Blocks of the same markup: by the block's element and its parent, and by their parents."""
    near = shape.signature[shape.element] * 2 + shape.is_image
    far = (shape.signature[shape.ancestors[1]] * len(TAGS) + shape.tag[shape.element]) * 2 + shape.is_image
    distant, of = np.unique(far, return_inverse=True)
    return Groups(near, int(near.max()) + 1), Groups(of, len(distant))


def running_total(values: Matrix) -> NDArray[np.float64]:
    """Sums of each row's first 0, 1, 2, … values: rows x (blocks + 1)."""
    total = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, dtype=np.float64, out=total[:, 1:])
    return total


def shift(rows: Matrix, by: int, into: Matrix) -> None:
    """The values of the block `by` places further on; -1 beyond the page's ends."""
    count = rows.shape[1]
    if abs(by) >= count:
        into[:] = -1
    elif by > 0:
        into[:, :-by] = rows[:, by:]
        into[:, -by:] = -1
    else:
        into[:, -by:] = rows[:, :by]
        into[:, :-by] = -1


def window_means(total: NDArray[np.float64], before: int, after: int) -> NDArray[np.float64]:
    """Means over the blocks from `before` places back to `after` places on, from running_total; cut at the ends."""
    count = total.shape[1] - 1
    at = np.arange(count)
    low, high = np.maximum(at - before, 0), np.minimum(at + after + 1, count)
    return np.asarray((total.take(high, axis=1) - total.take(low, axis=1)) / (high - low))
