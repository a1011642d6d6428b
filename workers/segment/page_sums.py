"""What page_kind counts over a page: runs of body, the parent and the markup that hold most of it. Compiled."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Whole = NDArray[np.int64]

_LINKED_RATIO = 0.8
_LIKELY = 0.5
_TEASER = 0.3
"""Probability of a promo's headline from which on a run of body ends there."""
_PROMOTED_WORDS, _MORE_WORDS, _BYLINE_WORDS = 3, 6, 12
_HEADINGS = 4
_LINKED, _PROMOTED, _BELOW, _SURE, _MOST = range(5)
"""Masks: a link; a promo's headline; a link below the page's own address; surely body; like most body."""
_STANDING, _LINKING, _MORE, _BYLINES, _FIRST_SURE, _TARGETS, _TARGETS_BELOW = range(7)
"""What is counted, by its place: headings, linked ones, more links, bylines, the first block of body, targets."""
_ALIKE = 2
"""What is summed up: body of the longest run, of the parent with most of it, of the markup with most of it."""
COUNTS, SUMS = 7, 3


ROWS = (
    "tag_h1", "tag_h2", "tag_h3", "tag_h4", "link_ratio", "words", "linked", "own_link", "path_shared", "path_parts",
    "hint_show_more", "hint_read_more", "hint_by",
)  # fmt: skip
_RATIO, _WORDS, _LEADS, _OWN, _PATH_SHARED, _PATH_PARTS, _SHOW, _READ, _BY = range(_HEADINGS, len(ROWS))


def count_page(
    table: Matrix,
    rows: Whole,
    first: Matrix,
    mass: Matrix,
    parent: Whole,
    near: Whole,
    links: Whole,
    own_parts: float,
    masks: NDArray[np.uint8],
    counts: Whole,
    sums: NDArray[np.float64],
) -> None:
    """Fill masks (5 x blocks), counts and sums.

    rows: where in the table ROWS stand; first: the first pass's verdicts, classes x blocks; mass: words of body of each
    block; parent: of its element; near and links: groups of the same markup and of the same target; own_parts: parts
    of the path of the page's own address.
    """
    linked_ratio, sure, teaser = _LINKED_RATIO, _LIKELY, _TEASER
    groups = len(mass)
    for at in range(len(mass)):
        groups = max(groups, parent[at], near[at])
    held = np.zeros((3, groups + 1), dtype=np.float64)
    seen = np.zeros((2, len(mass)), dtype=np.uint8)
    run = 0
    counts[:] = 0
    counts[_FIRST_SURE] = -1
    for at in range(len(mass)):
        heading = False
        for level in range(_HEADINGS):
            if table[rows[level], at] != 0:
                heading = True
        words, target = table[rows[_WORDS], at], links[at]
        linked = table[rows[_RATIO], at] > linked_ratio
        promoted = (
            linked and words >= _PROMOTED_WORDS and table[rows[_LEADS], at] > 0 and table[rows[_OWN], at] == 0
        )  # fmt: skip
        # Links to pages below the page's own address: a section's stories, a show's episodes.
        parts = table[rows[_PATH_PARTS], at]
        below = table[rows[_PATH_SHARED], at] >= own_parts and parts > own_parts and own_parts > 0
        masks[_LINKED, at] = linked
        masks[_PROMOTED, at] = promoted
        masks[_BELOW, at] = below
        masks[_SURE, at] = first[1, at] > sure
        counts[_STANDING] += heading
        counts[_LINKING] += heading and linked
        if linked and table[rows[_SHOW], at] + table[rows[_READ], at] > 0 and words < _MORE_WORDS:
            counts[_MORE] += 1
        if table[rows[_BY], at] != 0 and words < _BYLINE_WORDS:
            counts[_BYLINES] += 1
        if first[1, at] > sure and counts[_FIRST_SURE] < 0:
            counts[_FIRST_SURE] = at
        if promoted and seen[0, target] == 0:
            seen[0, target] = 1
            counts[_TARGETS] += 1
        if below and seen[1, target] == 0:
            seen[1, target] = 1
            counts[_TARGETS_BELOW] += 1
        # A run of body ends where another story's linked headline stands.
        if promoted and (heading or first[2, at] > teaser):
            run += 1
        held[0, run] += mass[at]
        held[1, parent[at]] += mass[at]
        held[2, near[at]] += mass[at]
    if counts[_FIRST_SURE] < 0:
        counts[_FIRST_SURE] = 0
    for kind in range(len(sums)):
        sums[kind] = held[kind, 0]
        for at in range(held.shape[1]):
            if held[kind, at] > sums[kind]:
                sums[kind] = held[kind, at]
    most = -1
    for at in range(len(mass)):
        if most < 0 and held[2, near[at]] == sums[_ALIKE]:
            most = near[at]
    for at in range(len(mass)):
        masks[_MOST, at] = near[at] == most
