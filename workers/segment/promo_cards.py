"""The card of each promo: the largest element around it that is nobody else's. Compiled."""

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

MOST_BLOCKS = 14
"""A card holds one promo: picture, label, headline, summary, author, time, buttons, seldom more."""


def card_elements(
    asked: list[int],
    promos: list[int],
    story: list[int],
    block_element: Whole,
    parent: Whole,
    first: Whole,
    last: Whole,
) -> list[int]:
    """For each block asked about the largest element around it with at most one promo and nothing of the story.

    -1 where even the innermost holds more. promos and story: the blocks of both; first and last: each element's
    blocks, the last one not included.
    """
    before = np.zeros((2, len(block_element) + 1), dtype=np.int32)
    most = MOST_BLOCKS
    for block in promos:
        before[0, block + 1] = 1
    for block in story:
        before[1, block + 1] = 1
    for block in range(len(block_element)):
        before[0, block + 1] += before[0, block]
        before[1, block + 1] += before[1, block]
    found = []
    for block in asked:
        best, element = -1, block_element[block]
        while element != 0:
            begin, end = first[element], last[element]
            if end - begin > most or before[0, end] - before[0, begin] > 1 or before[1, end] != before[1, begin]:
                break
            best = element
            element = parent[element]
        found.append(int(best))
    return found
