"""Sums over a page's blocks: of subtrees, of windows, of groups of like blocks. Compiled.

A page has a few hundred blocks: calls of NumPy on arrays that short would cost more than the sums.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Sums = NDArray[np.float64]
Whole = NDArray[np.int64]

_EMPTY = -1
# 2**64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4): neighbouring keys fall far apart.
_SPREAD = 0x9E3779B97F4A7C15
_WHOLE = 0xFFFFFFFFFFFFFFFF


def subtree_sums(values: Matrix, first: Whole, last: Whole) -> Matrix:
    """For each element the sums of block values over its subtree: rows x blocks in, rows x elements out.

    first and last: each element's blocks, the last one not included.
    """
    into = np.empty((len(values), len(first)), dtype=np.float32)
    _fill_subtrees(values, first, last, into, np.empty(values.shape[1] + 1))
    return into


def _fill_subtrees(values: Matrix, first: Whole, last: Whole, into: Matrix, total: Sums) -> None:
    for row in range(len(values)):
        _add_up(values, row, total)
        for element in range(len(first)):
            into[row, element] = total[last[element]] - total[first[element]]


def _add_up(values: Matrix, row: int, total: Sums) -> None:
    """Sums of the row's first 0, 1, 2, … values."""
    added = 0.0
    total[0] = 0
    for at in range(values.shape[1]):
        added += values[row, at]
        total[at + 1] = added


def fill_window_means(values: Matrix, before: int, after: int, into: Matrix) -> None:
    """Means over the blocks from `before` places back to `after` places on, cut at the page's ends; rows x blocks."""
    _fill_windows(values, before, after, into, np.empty(values.shape[1] + 1))


def _fill_windows(values: Matrix, before: int, after: int, into: Matrix, total: Sums) -> None:
    count = values.shape[1]
    for row in range(len(values)):
        _add_up(values, row, total)
        for at in range(count):
            low = max(at - before, 0)
            high = min(at + after + 1, count)
            into[row, at] = (total[high] - total[low]) / (high - low)


def fill_shifted(rows: Matrix, by: int, into: Matrix) -> None:
    """The values of the block `by` places further on; -1 beyond the page's ends."""
    count = rows.shape[1]
    for row in range(len(into)):
        for at in range(count):
            place = at + by
            into[row, at] = rows[row, place] if 0 <= place < count else -1


def path_bits(own: Whole, parent: Whole) -> Whole:
    """Bits of each element and everything around it, from its own. A parent stands before its children."""
    into = np.empty(len(own), dtype=np.int64)
    _fill_paths(own, parent, into)
    return into


def _fill_paths(own: Whole, parent: Whole, into: Whole) -> None:
    for element in range(len(own)):
        up = parent[element]
        into[element] = own[element] | into[up] if up < element else own[element]


def numbered(keys: Whole) -> tuple[Whole, int]:
    """Groups of equal keys, none of them negative, numbered in order of appearance: each key's group, how many."""
    size = 16
    while size < 2 * len(keys):
        size *= 2
    of = np.empty(len(keys), dtype=np.int64)
    return of, _number(keys.data, np.full(size, _EMPTY, dtype=np.int64), np.empty(size, dtype=np.int64), of)


def _number(keys: Sequence[int], table: Whole, numbers: Whole, of: Whole) -> int:
    number, last = 0, len(table) - 1
    for at in range(len(keys)):
        key = keys[at]
        spread = key
        spread = (spread * _SPREAD) & _WHOLE
        slot = (spread >> 32) & last
        while table[slot] != _EMPTY and table[slot] != key:
            slot = (slot + 1) & last
        if table[slot] == _EMPTY:
            table[slot] = key
            numbers[slot] = number
            number += 1
        of[at] = numbers[slot]
    return number


def group_sizes(of: Whole, number: int) -> Whole:
    """For each block how many are in its group."""
    into = np.empty(len(of), dtype=np.int64)
    _fill_sizes(of, np.zeros(number, dtype=np.int64), into)
    return into


def _fill_sizes(of: Whole, sizes: Whole, into: Whole) -> None:
    for at in range(len(of)):
        sizes[of[at]] += 1
    for at in range(len(of)):
        into[at] = sizes[of[at]]


def group_means(values: Matrix, of: Whole, size: Whole, number: int) -> Sums:
    """For each block the mean over its group; values and result are rows x blocks, size as group_sizes has it."""
    into = np.empty(values.shape)
    _fill_means(values, of, size, np.empty(number), into)
    return into


def _fill_means(values: Matrix, of: Whole, size: Whole, sums: Sums, into: Sums) -> None:
    for row in range(len(values)):
        for group in range(len(sums)):
            sums[group] = 0
        for at in range(len(of)):
            sums[of[at]] += values[row, at]
        for at in range(len(of)):
            into[row, at] = sums[of[at]] / size[at]


def group_most(values: NDArray[np.float32], of: Whole, number: int) -> NDArray[np.float32]:
    """For each block the largest value in its group; values are not negative."""
    into = np.empty(len(of), dtype=np.float32)
    _fill_most(values, of, np.zeros(number, dtype=np.float32), into)
    return into


def _fill_most(values: NDArray[np.float32], of: Whole, most: NDArray[np.float32], into: NDArray[np.float32]) -> None:
    for at in range(len(of)):
        if values[at] > most[of[at]]:
            most[of[at]] = values[at]
    for at in range(len(of)):
        into[at] = most[of[at]]


def group_ends(of: Whole, number: int) -> tuple[Whole, Whole]:
    """For each block where the first and where the last of its group stand."""
    first, last = np.empty(len(of), dtype=np.int64), np.empty(len(of), dtype=np.int64)
    _fill_ends(of, np.full(number, _EMPTY, dtype=np.int64), np.empty(number, dtype=np.int64), first, last)
    return first, last


def _fill_ends(of: Whole, begins: Whole, ends: Whole, first: Whole, last: Whole) -> None:
    for at in range(len(of)):
        if begins[of[at]] == _EMPTY:
            begins[of[at]] = at
        ends[of[at]] = at
    for at in range(len(of)):
        first[at] = begins[of[at]]
        last[at] = ends[of[at]]


def fill_bits(halves: NDArray[np.uint32], row_of: Whole, mask: NDArray[np.uint32], into: Matrix, start: int) -> None:
    """Features that are one bit of an integer each: row_of says of which row of `halves`, mask which one."""
    for row in range(len(into)):
        source = row_of[start + row]
        bit = mask[start + row]
        for at in range(halves.shape[1]):
            into[row, at] = (halves[source, at] & bit) != 0
