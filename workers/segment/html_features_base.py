"""The page as arrays: the tree with prefix sums over blocks, groups of like blocks, and the tools that features share.

Tables of features are features x blocks, so that one feature's values lie side by side: NumPy works along them, and the
trees take them as they are.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import block_sums
from workers.segment.html_tags import TAGS
from workers.segment.html_tree import HtmlTree
from workers.segment.structure_rows import fill_structure

Matrix = NDArray[np.float32]
Whole = NDArray[np.int64]

LEVELS = 5
"""Ancestors described one by one; above that only what is anywhere on the path."""


class Groups:
    """Blocks that share a key: `of` is each block's group, `number` the groups (some may be empty)."""

    def __init__(self, of: Whole, number: int) -> None:
        self.of = of
        self.number = number
        self.size: Whole = block_sums.group_sizes(of, number)
        """For each block how many share its key, itself included."""

    def mean(self, values: Matrix) -> NDArray[np.float64]:
        """For each block the mean over its group; values and result are rows x blocks."""
        return block_sums.group_means(values, self.of, self.size, self.number)

    def most(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each block the largest value in its group; values are not negative."""
        return block_sums.group_most(values, self.of, self.number)

    def ends(self) -> tuple[Whole, Whole]:
        """For each block where the first and where the last of its group stand."""
        return block_sums.group_ends(self.of, self.number)


class Structure:
    """The tree as arrays, with prefix sums over blocks."""

    def __init__(self, tree: HtmlTree) -> None:
        self.parent = tree.element_parent
        self.first = tree.element_first
        self.last = tree.element_last
        self.tag = tree.element_tag
        self.depth = tree.element_depth.astype(np.float32)
        self.signature = tree.element_signature
        self.images = (tree.element_images_end - tree.element_images).astype(np.float32)
        self.hints = tree.element_hints
        self.element = tree.block_element
        self.is_image = tree.block_image >= 0
        rows = np.empty((LEVELS + 4, len(self.element)), dtype=np.int64)
        number = fill_structure(
            self.tag, self.parent, self.signature, self.hints, self.element, tree.block_image, len(TAGS), rows
        )
        self.ancestors = rows[:LEVELS]
        """LEVELS x blocks: the block's element, its parent, and so on."""
        near, far, self.path_hints, self.path_tags = rows[LEVELS:]
        # Blocks of the same markup: by the block's element and its parent, and by their parents.
        self.near, self.far = Groups(near, number), Groups(*block_sums.numbered(far))

    def sums(self, values: Matrix) -> Matrix:
        """For each element the sums of block values over its subtree: rows x blocks in, rows x elements out."""
        return block_sums.subtree_sums(values, self.first, self.last)
