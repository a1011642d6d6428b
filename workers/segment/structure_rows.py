"""The tree as seen from its blocks: their ancestors, what stands on their paths, whose markup is alike. Compiled."""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
_HALF = 0xFFFFFFFF
_HALF_BITS = 32


def fill_structure(
    tag: Whole, parent: Whole, signature: Whole, hints: Whole, element: Whole, image: Whole, tags: int, into: Whole
) -> int:
    """Rows x blocks: the ancestors, the block's element first, and behind them four rows; returns groups of the first.

    The four: keys of blocks with the same markup, by element and parent and by parents alone, bits of the hints and of
    the tags on the path. tags: how many there are. A parent stands before its children.
    """
    path_hints = np.empty(len(tag), dtype=np.int64)
    path_tags = np.empty(len(tag), dtype=np.int64)
    return _fill_structure(tag, parent, signature, hints, element, image, tags, into, path_hints, path_tags)


def _fill_structure(
    tag: Whole,
    parent: Whole,
    signature: Whole,
    hints: Whole,
    element: Whole,
    image: Whole,
    tags: int,
    into: Whole,
    path_hints: Whole,
    path_tags: Whole,
) -> int:
    one = 1
    for number in range(len(tag)):
        up = parent[number]
        path_hints[number] = hints[number] | path_hints[up] if up < number else hints[number]
        path_tags[number] = one << tag[number] | path_tags[up] if up < number else one << tag[number]
    levels = len(into) - 4
    near_groups = 0
    for at in range(len(element)):
        number = element[at]
        for level in range(levels):
            into[level, at] = number
            number = parent[number]
        own, up, is_image = element[at], into[1, at], image[at] >= 0
        near = signature[own] * 2 + is_image
        if near >= near_groups:
            near_groups = near + 1
        into[levels, at] = near
        into[levels + 1, at] = (signature[up] * tags + tag[own]) * 2 + is_image
        into[levels + 2, at] = path_hints[own]
        into[levels + 3, at] = path_tags[own]
    return near_groups


def fill_halves(
    into: NDArray[np.uint32],
    tag: Whole,
    hints: Whole,
    first: Whole,
    ancestors: Whole,
    path_tags: Whole,
    path_hints: Whole,
    block_hints: Whole,
    block_inline: Whole,
    said: Whole,
    heading: NDArray[np.float32],
) -> None:
    """The integers of html_bits._SOURCES for each block, each in two halves (rows x blocks), the low one first."""
    one = 1
    last = -1
    for at in range(len(said)):
        element, up = ancestors[0, at], ancestors[1, at]
        if heading[at] != 0:
            last = at
        _halve(into, 0, at, one << tag[element])
        _halve(into, 1, at, one << tag[up])
        _halve(into, 2, at, path_tags[at])
        _halve(into, 3, at, path_hints[at])
        _halve(into, 4, at, hints[element])
        _halve(into, 5, at, hints[up])
        _halve(into, 6, at, block_hints[at])
        _halve(into, 7, at, block_inline[at])
        _halve(into, 8, at, said[at])
        _halve(into, 9, at, said[at] >> _HALF_BITS)
        # The words that stand over the block: of the last heading, of the first block in each of three ancestors.
        _halve(into, 10, at, said[last] if last >= 0 else 0)
        for level in range(2, len(ancestors)):
            _halve(into, 9 + level, at, said[first[ancestors[level, at]]])


def _halve(into: NDArray[np.uint32], source: int, at: int, value: int) -> None:
    into[2 * source, at] = value & _HALF
    into[2 * source + 1, at] = value >> _HALF_BITS & _HALF
