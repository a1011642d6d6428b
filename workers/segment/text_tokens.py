"""A flattened page as arrays, in one pass over its characters: classes and words of all blocks at once.

A word is known by a 64-bit hash of its lower-case characters; a run of digits counts as one 0, so that "4 min" and
"12 min" are one phrase. Scripts that write no spaces have no words to split at: there every character starts a token,
which is the pair of it and the next (overlapping bigrams, as text search does it).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import CLASSES, HAN, SPACE, TABLE, UNSPACED, WORDS_A_HAN, WORDS_AN_UNSPACED, code_points
from workers.segment.token_loops import LETTERS, WEIGHTS, read_tokens

Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]
_FEWER = np.array([1 - WORDS_A_HAN, 1 - WORDS_AN_UNSPACED], dtype=np.float32)
"""What a token of Han, of a script without spaces, counts less than a word."""


@dataclass(slots=True)
class Tokens:
    """n blocks, m tokens."""

    classes: Floats
    """n x CLASSES: characters of each class."""
    chars: Floats
    """Characters without spaces; n long."""
    words: Floats
    """Words, weighed so that a sentence counts alike in every script (see characters.py); n long."""
    capitalised: Floats
    """Words that start with an upper-case letter; n long."""
    first: NDArray[np.uint8]
    """Class of each block's first character."""
    last: NDArray[np.uint8]
    """Class of its last character that is no quote or bracket."""
    very_last: NDArray[np.uint32]
    """Its last character's code."""
    hash: Hashes
    """m long."""
    start: NDArray[np.int64]
    """Each block's first token; n long."""
    bounds: NDArray[np.int64]
    """The same, and behind the last how many tokens there are; n + 1 long."""
    count: NDArray[np.int64]
    """Each block's number of tokens, at least 1; n long."""
    length: NDArray[np.int64]
    """Characters of each token, up to the next token; m long."""
    capital: NDArray[np.bool_]
    """Whether the token starts with an upper-case letter; m long."""

    @property
    def block(self) -> NDArray[np.int64]:
        """Which block a token is in; m long, rising."""
        return np.repeat(np.arange(len(self.count)), self.count)


def tokenise(texts: list[str]) -> Tokens:
    """Tokens of non-empty texts that hold a letter or digit each."""
    codes = code_points("".join(texts))
    number, room = len(texts), len(codes)
    classes = np.empty((CLASSES, number), dtype=np.float32)
    facts = np.empty((5, number), dtype=np.uint32)
    bounds = np.empty(number + 1, dtype=np.int64)
    hashes, length = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.int64)
    capital = np.empty(room, dtype=np.uint8)
    found = read_tokens(
        texts, codes, TABLE.data, LETTERS.data, WEIGHTS.data, classes, facts, bounds, hashes, length, capital
    )
    count = np.diff(bounds)
    words = count.astype(np.float32)
    words -= _FEWER[0] * classes[HAN] + _FEWER[1] * classes[UNSPACED]
    return Tokens(
        classes=classes.T,
        chars=facts[3].astype(np.float32) - classes[SPACE],
        words=words,
        capitalised=facts[4].astype(np.float32),
        first=facts[0].astype(np.uint8),
        last=facts[1].astype(np.uint8),
        very_last=facts[2],
        hash=hashes[:found],
        start=bounds[:-1],
        bounds=bounds,
        count=count,
        length=length[:found],
        capital=capital[:found].view(np.bool_),
    )
