"""Which words a page's blocks share, and how far apart: what reads as one story shares its names and rare words.

After Hearst (TextTiling, 1997) and lexical chains (Morris and Hirst, 1991), on a page's lines: a promo between two
paragraphs shares little with either, while the paragraphs share words across it; a summary takes up its headline.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.text_tokens import Floats, Tokens

_BUCKET_BITS = 16
"""Words are told apart by the top 16 bits of their hash: a page of 5,000 different words confuses one in twenty."""
_CONTENT = 5
"""In characters, up to the next word: shorter words are mostly grammar, unless they are names."""


@dataclass(slots=True)
class Cohesion:
    """Every word once a block it stands in: p pairs, in the order of (word, block)."""

    word: NDArray[np.int64]
    """Bucket of the word; p long, rising."""
    block: NDArray[np.int64]
    """p long; rising within a word."""
    weight: Floats
    """1 / how many blocks hold the word, 0 for words that carry no content; p long."""
    following: NDArray[np.int64]
    """Blocks until the word stands again; 0: never. p long."""
    total: Floats
    """Weights of each block's words, summed; n long."""
    blocks: int

    def by_block(self, values: Floats) -> Floats:
        """Sum of a value of pairs in each block."""
        result: Floats = np.bincount(self.block, values, minlength=self.blocks).astype(np.float32)
        return result

    def shared_with(self, share: Floats) -> Floats:
        """How much of each block's weight is in words that others hold, each counted by `share` (0..1, n long)."""
        mine = share[self.block]
        held = np.bincount(self.word, mine, minlength=1 << _BUCKET_BITS)[self.word] - mine
        bound = np.minimum(held, 1).astype(np.float32)
        share_of = self.by_block(self.weight * bound) / np.maximum(self.total, 1e-3)
        return share_of.astype(np.float32)


def cohesion(tokens: Tokens) -> Cohesion:
    """The words that a page's blocks share."""
    content = (tokens.length >= _CONTENT + 1) | tokens.capital | (tokens.length == 1)
    content[tokens.start] &= (tokens.length >= _CONTENT + 1)[tokens.start] | (tokens.length == 1)[tokens.start]
    kept = np.flatnonzero(content)
    # Sorting 16-bit numbers stably is a radix sort, which is what makes this cheap.
    key = (tokens.hash[kept] >> np.uint64(64 - _BUCKET_BITS)).astype(np.uint16)
    order = np.argsort(key, kind="stable")
    word = key[order].astype(np.int64)
    block = tokens.block[kept[order]]
    blocks = len(tokens.start)
    if not len(word):
        nothing = np.zeros(0, dtype=np.int64)
        empty = np.zeros(0, dtype=np.float32)
        return Cohesion(nothing, nothing, empty, nothing, np.zeros(blocks, dtype=np.float32), blocks)
    new = np.ones(len(word), dtype=bool)
    new[1:] = (word[1:] != word[:-1]) | (block[1:] != block[:-1])
    word, block = word[new], block[new]
    same = np.zeros(len(word), dtype=bool)
    same[:-1] = word[1:] == word[:-1]
    following = np.zeros(len(word), dtype=np.int64)
    following[:-1] = np.where(same[:-1], block[1:] - block[:-1], 0)
    weight = (1.0 / np.bincount(word)[word]).astype(np.float32)
    # A word that stands once binds nothing, but counts in full when asked how much of a block is bound.
    total = np.bincount(block, weight, minlength=blocks).astype(np.float32)
    return Cohesion(word, block, weight, following, total, blocks)
