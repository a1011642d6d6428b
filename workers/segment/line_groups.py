"""Lines of a page that are alike, and what is said of each from all of its like. Compiled."""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float32]

# 2**64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4): neighbouring keys fall far apart.
_SPREAD = 0x9E3779B97F4A7C15
_WHOLE = 0xFFFFFFFFFFFFFFFF


def grouped(keys: NDArray[np.uint64]) -> tuple[Whole, int]:
    """Groups of equal keys, numbered in order of appearance: each key's group, how many there are."""
    size = 16
    while size < 2 * len(keys):
        size *= 2
    of = np.empty(len(keys), dtype=np.int64)
    return of, _number(keys, np.zeros(size, dtype=np.int64), of)


def _number(keys: NDArray[np.uint64], first: Whole, of: Whole) -> int:
    """first: room for a table; where a group stands first, counted from 1."""
    number, last = 0, len(first) - 1
    for at in range(len(keys)):
        spread = int(keys[at])
        slot = ((spread * _SPREAD) & _WHOLE) >> 32 & last
        while first[slot] != 0 and keys[first[slot] - 1] != keys[at]:
            slot = (slot + 1) & last
        if first[slot] == 0:
            first[slot] = at + 1
            of[at] = number
            number += 1
        else:
            of[at] = of[first[slot] - 1]
    return number


def fill_sizes(of: Whole, sizes: Whole, most: int, into: Floats) -> None:
    """For each line how many are in its group, at most so many. sizes: zeros, one a group; they are counted up."""
    for at in range(len(of)):
        sizes[of[at]] += 1
    for at in range(len(of)):
        into[at] = min(sizes[of[at]], most)


def fill_distances(of: Whole, seen: Whole, most: int, back: Floats, on: Floats) -> None:
    """For each line how far it is to the one before and the one after in its group; `most` at most, and for none.

    seen: zeros, one a group.
    """
    for at in range(len(of)):
        before = seen[of[at]] - 1
        seen[of[at]] = at + 1
        back[at] = most
        on[at] = most
        if before >= 0:
            back[at] = min(at - before, most)
            on[before] = min(at - before, most)


def fill_means(values: Floats, of: Whole, sizes: Whole, means: NDArray[np.float64], into: Floats) -> None:
    """For each line the mean over its group; values and result are rows x lines. sizes, means: room, one a group."""
    for group in range(len(sizes)):
        sizes[group] = 0
    for at in range(len(of)):
        sizes[of[at]] += 1
    for row in range(len(values)):
        for group in range(len(means)):
            means[group] = 0
        for at in range(len(of)):
            means[of[at]] += values[row, at]
        for group in range(len(means)):
            means[group] /= sizes[group]
        for at in range(len(of)):
            into[row, at] = means[of[at]]


def fill_taken(values: Floats, where: Whole, into: Floats) -> None:
    """For each line the values of another; -1 for none (a number below 0). values and result are rows x lines."""
    for row in range(len(values)):
        for at in range(len(where)):
            into[row, at] = values[row, where[at]] if where[at] >= 0 else -1


def fill_nearest_kept(keep: NDArray[np.uint8], into: Whole) -> None:
    """The lines two and one places back and one and two on, counting kept lines only: four rows; -1 beyond the ends."""
    size = len(keep)
    nearer, farther = -1, -1
    for at in range(size):
        into[0, at] = farther
        into[1, at] = nearer
        if keep[at]:
            farther = nearer
            nearer = at
    nearer = -1
    farther = -1
    for at in range(size - 1, -1, -1):
        into[2, at] = nearer
        into[3, at] = farther
        if keep[at]:
            farther = nearer
            nearer = at
