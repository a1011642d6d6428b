"""The outermost of the elements around a block that have a tag, or a hint. Compiled."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_tree import HtmlTree

Whole = NDArray[np.int64]


def outermost(tree: HtmlTree, block: int, tags: tuple[int, int], hint: int) -> tuple[int, int, int]:
    """The outermost element around the block of either tag, and with this hint; 0, the root, where there is none."""
    return _outermost(
        tree.element_tag,
        tree.element_hints,
        tree.element_parent,
        tree.block_element.item(block),
        tags[0],
        tags[1],
        hint,
    )


def _outermost(
    tag: Whole, hints: Whole, parent: Whole, element: int, one: int, other: int, hint: int
) -> tuple[int, int, int]:
    of_one, of_other, hinted = 0, 0, 0
    while element != 0:
        if tag[element] == one:
            of_one = element
        if tag[element] == other:
            of_other = element
        if hints[element] & hint:
            hinted = element
        element = parent[element]
    return of_one, of_other, hinted
