"""The loops of text_phrases.py and text_lexicon.py: blocks' words and phrases looked up in tables. Compiled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Bits = NDArray[np.int32]

_TOP = 48
"""Phrases are found by their hash's bits from here on."""


def fill_bits(
    heads: Hashes,
    tails: Hashes,
    count: Places,
    keys: Hashes,
    bits: Bits,
    start: Bits,
    whole: Bits,
    head: Bits,
    tail: Bits,
) -> None:
    """Bits of each block as a phrase, of the phrases it starts and ends with.

    heads, tails: hashes of a block's first and last 1, 2, ... words (rows). keys: sorted, with an end mark; start: by
    a hash's top bits, where such keys begin.
    """
    for block in range(len(count)):
        words = count[block]
        whole[block] = 0
        head[block] = 0
        tail[block] = 0
        for row in range(min(words, len(heads))):
            found = _look_up(heads[row, block], keys, bits, start)
            head[block] |= found
            if row + 1 == words:
                whole[block] = found
        for row in range(min(words, len(tails))):
            tail[block] |= _look_up(tails[row, block], keys, bits, start)


def fill_rows(bits: Bits, into: Floats) -> None:
    """Each block's bits one by one: row 0 has the lowest."""
    for row in range(len(into)):
        for block in range(len(bits)):
            into[row, block] = bits[block] >> row & 1


def _look_up(wanted: int, keys: Hashes, bits: Bits, start: Bits) -> int:
    at: int = start[wanted >> _TOP]
    while keys[at] < wanted:
        at += 1
    if keys[at] == wanted:
        return int(bits[at])
    return 0


def fill_evidence(
    hashes: Sequence[int],
    bounds: Places,
    heads: Hashes,
    anywhere: memoryview,
    opening: memoryview,
    shift: int,
    closing: int,
    steps: Floats,
    count: Floats,
    into: Floats,
) -> None:
    """What text_lexicon.fill_evidence says of each block, from the tables of a lexicon.

    shift: beyond it a hash's bits are its row. heads: of as many rows as openings are looked at; closing: so many last
    words are. anywhere: 2**bits x 8, with 1 behind the groups for known words; opening: 2**bits x groups. steps: by
    what a sum, the last words, the openings are divided. count: words of each block.
    """
    groups = len(into) // 3
    for block in range(len(count)):
        first, end = bounds[block], bounds[block + 1]
        sums = [0, 0, 0, 0, 0, 0, 0, 0]
        for at in range(first, end):
            slot = hashes[at] >> shift
            for group in range(8):
                sums[group] += anywhere[slot, group]
        for group in range(groups):
            into[group, block] = sums[group] / (count[block] * steps[0])
            into[groups + group, block] = 0
            into[2 * groups + group, block] = 0
        for back in range(1, closing + 1):
            slot = hashes[max(end - back, first)] >> shift
            for group in range(groups):
                into[groups + group, block] += anywhere[slot, group] / steps[1]
        for row in range(len(heads)):
            slot = heads[row, block] >> shift
            for group in range(groups):
                into[2 * groups + group, block] += opening[slot, group] / steps[2]
        into[3 * groups, block] = sums[groups] / count[block]
