"""How the first pass judged the blocks around each block that is asked about. Compiled.

Means and sums are taken over all blocks of the page, and written for those in `of` alone: a few of many.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features_base import Groups

Matrix = NDArray[np.float32]
Sums = NDArray[np.float64]
Whole = NDArray[np.int64]

_BODY, _TEASER, _SUMMARY, _HEAD = 1, 2, 3, 5
"""Classes of second_look.FIRST_CLASSES."""
_SURE = 0.5


def fill_around(into: Matrix, first: Matrix, shifts: Whole, windows: Whole, of: Whole) -> None:
    """The blocks' own verdicts, of those so many places further on (-1 beyond the page's ends), means of windows.

    first: classes x blocks; windows: places back and on of each, cut at the page's ends.
    """
    _fill_around(into, first, shifts, windows, of, np.empty(first.shape[1] + 1))


def _fill_around(into: Matrix, first: Matrix, shifts: Whole, windows: Whole, of: Whole, total: Sums) -> None:
    classes, count = first.shape[0], first.shape[1]
    for kind in range(classes):
        row = kind
        for number in range(len(of)):
            into[row, number] = first[kind, of[number]]
        for shift in range(len(shifts)):
            row += classes
            for number in range(len(of)):
                place = of[number] + shifts[shift]
                into[row, number] = first[kind, place] if 0 <= place < count else -1
        added = 0.0
        total[0] = 0
        for at in range(count):
            added += first[kind, at]
            total[at + 1] = added
        for window in range(len(windows)):
            row += classes
            for number in range(len(of)):
                low = max(of[number] - windows[window, 0], 0)
                high = min(of[number] + windows[window, 1] + 1, count)
                into[row, number] = (total[high] - total[low]) / (high - low)


def fill_group_means(into: Matrix, first: Matrix, groups: Groups, of: Whole) -> None:
    """Means over the blocks of the same group."""
    _fill_group_means(into, first, groups.of, groups.size, of, np.empty(groups.number))


def _fill_group_means(into: Matrix, first: Matrix, group: Whole, size: Whole, of: Whole, sums: Sums) -> None:
    for kind in range(len(first)):
        for at in range(len(sums)):
            sums[at] = 0
        for at in range(len(group)):
            sums[group[at]] += first[kind, at]
        for number in range(len(of)):
            into[kind, number] = sums[group[of[number]]] / size[of[number]]


def fill_above(
    into: Matrix, sums: Matrix, ancestors: Whole, begin: Whole, end: Whole, all_body: float, of: Whole
) -> None:
    """Of every ancestor but the first: the means of the classes, the sums of two, its share of the page's body.

    sums: of the classes, and of words of body, x elements; begin and end: each element's blocks.
    """
    classes = len(sums) - 1
    one = 1.0
    for level in range(1, len(ancestors)):
        row = (level - 1) * (classes + 3)
        for number in range(len(of)):
            element = ancestors[level, of[number]]
            size = one * max(end[element] - begin[element], 1)
            for kind in range(classes):
                into[row + kind, number] = sums[kind, element] / size
            into[row + classes, number] = sums[_TEASER, element]
            into[row + classes + 1, number] = sums[_SUMMARY, element]
            into[row + classes + 2, number] = sums[classes, element] / all_body


def fill_line(
    into: Matrix, first: Matrix, mass: Matrix, most: Matrix, teasers: float, summaries: float, of: Whole
) -> None:
    """Where the block stands among those with its link, and between the page's sure body blocks; what the page holds.

    mass: words of body; most: what is likeliest a teaser of the blocks with the same link; teasers, summaries: sums.
    """
    count = first.shape[1]
    _fill_line(
        into,
        first,
        mass,
        most,
        teasers,
        summaries,
        of,
        np.empty((2, count), np.float32),
        np.empty((2, count), np.int64),
    )


def _fill_line(
    into: Matrix,
    first: Matrix,
    mass: Matrix,
    most: Matrix,
    teasers: float,
    summaries: float,
    of: Whole,
    total: Matrix,
    sure: Whole,
) -> None:
    count = len(mass)
    body, held, one = 0.0, 0.0, 1.0
    last, sures, best = -1, 0, 0
    for at in range(count):
        body += mass[at]
        held += first[_TEASER, at]
        total[0, at] = body
        total[1, at] = held
        if first[_BODY, at] > _SURE:
            last = at
            sures += 1
        sure[0, at] = last
        if first[_HEAD, at] > first[_HEAD, best]:
            best = at
    last = 2 * count
    for at in range(count - 1, -1, -1):
        if first[_BODY, at] > _SURE:
            last = at
        sure[1, at] = last
    if body < one:
        body = one
    sure_blocks = one * (sures if sures > 1 else 1)
    for number in range(len(of)):
        at = of[number]
        into[0, number] = most[at]
        into[1, number] = first[_TEASER, at] >= most[at]
        share = total[0, at] / body
        into[2, number] = share
        into[3, number] = one - share
        into[4, number] = at - sure[0, at]
        into[5, number] = sure[1, at] - at
        into[6, number] = body
        into[7, number] = sures
        into[8, number] = teasers
        into[9, number] = first[_HEAD, best]
        into[10, number] = at - best
        into[11, number] = total[1, at]
        into[12, number] = sure[0, at] >= 0 and sure[1, at] < 2 * count
        into[13, number] = teasers / sure_blocks
        into[14, number] = summaries
