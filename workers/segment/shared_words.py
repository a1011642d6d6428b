"""The loops of text_cohesion.py: which words blocks share, and what that adds up to. Compiled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Whole = NDArray[np.int64]
Floats = NDArray[np.float32]

_CONTENT = 5
"""In characters, up to the next word: shorter words are mostly grammar, unless they are names."""
_BUCKET_BITS = 16
"""Words are told apart by the top 16 bits of their hash: a page of 5,000 different words confuses one in twenty."""
_DIGIT_BITS = 8
"""Sorting goes by so many bits of a bucket at a time."""
_DIGITS = 1 << _DIGIT_BITS
_BLOCK_BITS = 32
_BLOCK = 0xFFFFFFFF


def take_words(hashes: Hashes, length: Whole, capital: NDArray[np.uint8], bounds: Whole, into: Hashes) -> int:
    """Bucket and block of every word that carries content, in the order of the page; returns how many there are."""
    number = 0
    for block in range(len(bounds) - 1):
        first = bounds[block]
        for at in range(first, bounds[block + 1]):
            # A capital at a block's beginning makes no name.
            if length[at] > _CONTENT or length[at] == 1 or (capital[at] and at > first):
                bucket = hashes[at] >> (64 - _BUCKET_BITS)
                into[number] = bucket << _BLOCK_BITS | block
                number += 1
    return number


def sort_words(words: Hashes, room: Hashes) -> None:
    """Bring them in the order of bucket and block, by two rounds of counting (radix sort); `room` is as long."""
    counted = np.empty(_DIGITS, dtype=np.int64)
    _sort_by(words, room, _BLOCK_BITS, counted)
    _sort_by(room, words, _BLOCK_BITS + _DIGIT_BITS, counted)


def _sort_by(words: Hashes, into: Hashes, bit: int, counted: Whole) -> None:
    for digit in range(_DIGITS):
        counted[digit] = 0
    for at in range(len(words)):
        counted[words[at] >> bit & (_DIGITS - 1)] += 1
    before = 0
    for digit in range(_DIGITS):
        before += counted[digit]
        counted[digit] = before - counted[digit]
    for at in range(len(words)):
        place = words[at] >> bit & (_DIGITS - 1)
        into[counted[place]] = words[at]
        counted[place] += 1


def fill_pairs(
    words: Hashes, word: Whole, block: Whole, following: Whole, weight: Floats, total: NDArray[np.float64]
) -> int:
    """What Cohesion says of sorted words; returns how many pairs there are. All but total are as long as `words`."""
    number, at = 0, 0
    while at < len(words):
        bucket = words[at] >> _BLOCK_BITS
        first = number
        while at < len(words) and words[at] >> _BLOCK_BITS == bucket:
            if number == first or words[at] != words[at - 1]:
                word[number] = bucket
                block[number] = words[at] & _BLOCK
                following[number] = 0
                if number > first:
                    following[number - 1] = block[number] - block[number - 1]
                number += 1
            at += 1
        for place in range(first, number):
            weight[place] = 1.0 / (number - first)
            total[block[place]] += weight[place]
        # A word that stands once binds nothing, but counts in full when asked how much of a block is bound.
        if number == first + 1:
            number = first
    return number


def add_following(block: Whole, weight: Floats, following: Whole, sums: NDArray[np.float64]) -> None:
    """Add the weight of words that stand again to their block's sum.

    That is in row 0 for those that stand in the next block, in row 1 for those in the one after that, and so on.
    """
    for at in range(len(block)):
        if 0 < following[at] <= len(sums):
            sums[following[at] - 1, block[at]] += weight[at]


def add_shared(
    word: Whole, block: Whole, weight: Floats, share: Sequence[float], bound: Floats, sums: NDArray[np.float64]
) -> None:
    """Add to each block's sum what other blocks hold of its words, each counted by `share`, at most 1.

    bound: room for as many values as there are pairs.
    """
    at = 0
    while at < len(word):
        end, held = at, 0.0
        while end < len(word) and word[end] == word[at]:
            held += share[block[end]]
            end += 1
        while at < end:
            others = held - share[block[at]]
            bound[at] = others if others < 1 else 1.0
            sums[block[at]] += weight[at] * bound[at]
            at += 1


def add_bridges(
    block: Whole, following: Whole, weight: Floats, sure: NDArray[np.uint8], farthest: int, steps: NDArray[np.float64]
) -> None:
    """Add the weight of words that a sure block shares with another to what stands between: from where, up to where.

    Only blocks that are no neighbours and less than `farthest` apart count; steps is one longer than the page.
    """
    for at in range(len(block)):
        if 1 < following[at] < farthest and sure[block[at]] and sure[block[at] + following[at]]:
            steps[block[at] + 1] += weight[at]
            steps[block[at] + following[at]] -= weight[at]
