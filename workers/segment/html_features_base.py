"""The page as arrays: the tree with prefix sums over blocks, and the small tools that features share."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_tags import TAGS
from workers.segment.html_tree import HtmlTree

Matrix = NDArray[np.float32]

LEVELS = 5
"""Ancestors described one by one; above that only what is anywhere on the path."""


def bits(values: list[int], count: int) -> Matrix:
    """One column a bit: n x count of 0 and 1."""
    array = np.array(values, dtype=np.uint64)
    return ((array[:, None] >> np.arange(count, dtype=np.uint64)) & np.uint64(1)).astype(np.float32)


class Structure:
    """The tree as arrays, with prefix sums over blocks."""

    def __init__(self, tree: HtmlTree) -> None:
        self.parent = np.array(tree.element_parent, dtype=np.int64)
        self.first = np.array(tree.element_first, dtype=np.int64)
        self.last = np.array(tree.element_last, dtype=np.int64)
        self.tag = np.array(tree.element_tag, dtype=np.int64)
        self.depth = np.array(tree.element_depth, dtype=np.float32)
        self.signature = np.array(tree.element_signature, dtype=np.int64)
        self.images = np.array(tree.element_images_end, np.float32) - np.array(tree.element_images, np.float32)
        self.element = np.array(tree.block_element, dtype=np.int64)
        path_hints, path_tags = [0] * len(tree.element_tag), [0] * len(tree.element_tag)
        for element, (up, hint, tag) in enumerate(
            zip(tree.element_parent, tree.element_hints, tree.element_tag, strict=True)
        ):
            path_hints[element] = path_hints[up] | hint
            path_tags[element] = path_tags[up] | 1 << tag
        self.path_hints = [path_hints[element] for element in tree.block_element]
        self.path_tags = [path_tags[element] for element in tree.block_element]
        self.ancestors = [self.element]
        for _ in range(LEVELS - 1):
            self.ancestors.append(self.parent[self.ancestors[-1]])
        self.is_image = np.array(tree.block_image, dtype=np.int64) >= 0

    def sums(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each element the sum of a block value over its subtree."""
        total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        result: NDArray[np.float32] = (total[self.last] - total[self.first]).astype(np.float32)
        return result


def groups(shape: Structure) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two keys that blocks of the same markup share: by the block's element and its parent, and by their parents."""
    near = shape.signature[shape.element] * 2 + shape.is_image
    far = (shape.signature[shape.ancestors[1]] * len(TAGS) + shape.tag[shape.element]) * 2 + shape.is_image
    return near, far


def shifted(columns: Matrix, by: int) -> Matrix:
    """The rows of the block `by` places further on; -1 beyond the page's ends."""
    result = np.full_like(columns, -1)
    if abs(by) < len(columns):
        if by > 0:
            result[:-by] = columns[by:]
        else:
            result[-by:] = columns[:by]
    return result


def window_mean(values: NDArray[np.float32], before: int, after: int) -> NDArray[np.float32]:
    """Mean over the blocks from `before` places back to `after` places on, the page's ends cut off."""
    n = len(values)
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    at = np.arange(n)
    low, high = np.maximum(at - before, 0), np.minimum(at + after + 1, n)
    result: NDArray[np.float32] = ((total[high] - total[low]) / np.maximum(high - low, 1)).astype(np.float32)
    return result
