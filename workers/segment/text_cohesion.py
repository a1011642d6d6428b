"""Which words a page's blocks share, and how far apart: what reads as one story shares its names and rare words.

After Hearst (TextTiling, 1997) and lexical chains (Morris and Hirst, 1991), on a page's lines: a promo between two
paragraphs shares little with either, while the paragraphs share words across it; a summary takes up its headline.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.shared_words import (
    add_bridges,
    add_following,
    add_shared,
    fill_pairs,
    sort_words,
    take_words,
)
from workers.segment.text_tokens import Floats, Tokens


@dataclass(slots=True)
class Cohesion:
    """Every word of several blocks once a block it stands in: p pairs, in the order of (word, block)."""

    word: NDArray[np.int64]
    """Bucket of the word; p long, rising."""
    block: NDArray[np.int64]
    """p long; rising within a word."""
    weight: Floats
    """1 / how many blocks hold the word; p long."""
    following: NDArray[np.int64]
    """Blocks until the word stands again; 0: never. p long."""
    total: Floats
    """Weights of each block's words, summed, with those that stand in no other block; n long."""
    blocks: int

    def followed(self, most: int) -> Floats:
        """Weight of each block's words that stand again 1, 2, ... `most` blocks further on, and not before; rows."""
        sums = np.zeros((most, self.blocks), dtype=np.float64)
        add_following(self.block, self.weight, self.following, sums)
        return sums.astype(np.float32)

    def shared_with(self, share: Floats) -> Floats:
        """How much of each block's weight is in words that others hold, each counted by `share` (0..1, n long)."""
        sums, bound = np.zeros(self.blocks, dtype=np.float64), np.empty_like(self.weight)
        add_shared(self.word, self.block, self.weight, share.data, bound, sums)
        shared: Floats = sums.astype(np.float32)
        shared /= np.maximum(self.total, 1e-3)
        return shared

    def bridges(self, sure: NDArray[np.bool_], farthest: int) -> NDArray[np.float64]:
        """Weight of words that a sure block before each block shares with one after it; n long.

        The two are no neighbours and less than `farthest` blocks apart.
        """
        steps = np.zeros(self.blocks + 1, dtype=np.float64)
        add_bridges(self.block, self.following, self.weight, sure.view(np.uint8), farthest, steps)
        result: NDArray[np.float64] = np.cumsum(steps[:-1])
        return result


def cohesion(tokens: Tokens) -> Cohesion:
    """The words that a page's blocks share."""
    blocks, room = len(tokens.start), np.empty((2, len(tokens.hash)), dtype=np.uint64)
    found = take_words(tokens.hash, tokens.length, tokens.capital.view(np.uint8), tokens.bounds, room[0])
    words = room[0, :found]
    sort_words(words, room[1, :found])
    whole = np.empty((3, found), dtype=np.int64)
    weight = np.empty(found, dtype=np.float32)
    total = np.zeros(blocks, dtype=np.float64)
    pairs = fill_pairs(words, whole[0], whole[1], whole[2], weight, total)
    word, block, following = whole[:, :pairs]
    weight = weight[:pairs]
    return Cohesion(word, block, weight, following, total.astype(np.float32), blocks)
