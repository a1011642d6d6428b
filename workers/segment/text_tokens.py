"""A flattened page as arrays, in one pass over its characters: classes and words of all blocks at once.

A word is known by a 64-bit hash of its lower-case characters; a run of digits counts as one 0, so that "4 min" and
"12 min" are one phrase. Scripts that write no spaces have no words to split at: there every character starts a token,
which is the pair of it and the next (overlapping bigrams, as text search does it).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import (
    BRACKET,
    CLASSES,
    DIGIT,
    HAN,
    LOWER,
    QUOTE,
    SPACE,
    TABLE,
    UNCASED,
    UNSPACED,
    UPPER,
    WORDS_A_HAN,
    WORDS_AN_UNSPACED,
)

Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]

_BEYOND_HAN = 0x20000
_PLACES = 32
"""Characters of a word that are told apart by their place; in longer words the rest only add up."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


def _weights() -> Hashes:
    """An odd 64-bit weight a place, from a linear congruential generator (Knuth's MMIX constants)."""
    state = 20261124
    result: list[int] = []
    for _ in range(_PLACES):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        result.append(state | 1)
    return np.array(result, dtype=np.uint64)


_WEIGHTS = _weights()
_CELLS = 16
"""Counters a block: CLASSES, rounded up."""


def _letters() -> Hashes:
    """Lower-case code of every letter of the Basic Multilingual Plane that makes words, 0's for digits, else 0."""
    table = np.zeros(0x10000, dtype=np.uint64)
    for code in range(0x10000):
        kind = TABLE[code]
        if LOWER <= kind <= UNCASED:
            small = chr(code).lower()
            table[code] = ord(small[0])  # the dotted capital I becomes two characters
        elif kind == DIGIT:
            table[code] = ord("0")
    return table


_LETTERS = _letters()


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
    block: NDArray[np.int64]
    """Which block a token is in; m long, rising."""
    start: NDArray[np.int64]
    """Each block's first token; n long."""
    count: NDArray[np.int64]
    """Each block's number of tokens, at least 1; n long."""
    length: NDArray[np.int64]
    """Characters of each token, up to the next token; m long."""
    capital: NDArray[np.bool_]
    """Whether the token starts with an upper-case letter; m long."""


def tokenise(texts: list[str]) -> Tokens:
    """Tokens of non-empty texts that hold a letter or digit each."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = TABLE.take(codes, mode="clip")
    if int(codes.max()) >= _BEYOND_HAN:
        kinds[codes >= _BEYOND_HAN] = HAN
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    ends = np.cumsum(lengths)
    starts = ends - lengths
    cell = np.repeat(np.arange(0, _CELLS * len(texts), _CELLS), lengths)
    cell += kinds
    counted = np.bincount(cell, minlength=_CELLS * len(texts)).reshape(-1, _CELLS)
    classes = counted[:, :CLASSES].astype(np.float32)
    classes[:, SPACE] -= 1  # the separator

    spaced = ((kinds >= LOWER) & (kinds <= UNCASED)) | (kinds == DIGIT)
    begins = spaced.copy()
    begins[1:] &= ~spaced[:-1]
    pairs = np.zeros(0, dtype=bool)
    some_pairs = bool(classes[:, HAN : UNSPACED + 1].any())
    if some_pairs:
        pairs = (kinds == HAN) | (kinds == UNSPACED)
        begins |= pairs
    first = np.flatnonzero(begins)
    bare = np.diff(np.searchsorted(first, starts), append=len(first)) == 0
    if bare.any():  # nothing but letters of rare planes: the block is a word of its own
        begins[starts[bare]] = True
        first = np.flatnonzero(begins)
    length = np.diff(first, append=len(codes))
    part = _LETTERS.take(codes, mode="clip")
    step = np.ones(len(codes), dtype=np.int64)
    step[first[0]] = 0
    step[first[1:]] -= length[:-1]
    step[: first[0]] = 0
    place = np.cumsum(step)  # counts up within a word, back to 0 at the next
    part *= _WEIGHTS.take(place, mode="clip")
    part[(kinds == DIGIT) & ~begins] = 0
    if some_pairs:
        at = np.flatnonzero(pairs)
        following = np.minimum(at + 1, len(codes) - 1)
        part[at] = codes[at].astype(np.uint64) * _WEIGHTS[0]
        part[at] += np.where(pairs[following], codes[following], 0).astype(np.uint64) * _WEIGHTS[1]
    hashes = np.add.reduceat(part, first)
    hashes ^= hashes >> np.uint64(29)
    hashes *= _MIX
    token_start = np.searchsorted(first, starts)
    count = np.diff(token_start, append=len(first))
    block = np.repeat(np.arange(len(texts)), count)
    capital = kinds[first] == UPPER
    words = count.astype(np.float32)
    if some_pairs:
        words -= (1 - WORDS_A_HAN) * classes[:, HAN] + (1 - WORDS_AN_UNSPACED) * classes[:, UNSPACED]
    last = kinds[ends - 2]
    for back in (3, 4):
        closing = (last == QUOTE) | (last == BRACKET)
        last = np.where(closing, kinds[np.maximum(ends - back, starts)], last)
    return Tokens(
        classes=classes,
        chars=classes.sum(axis=1) - classes[:, SPACE],
        words=words,
        capitalised=np.add.reduceat(capital.astype(np.float32), token_start),
        first=kinds[starts],
        last=last,
        very_last=codes[ends - 2],
        hash=hashes,
        block=block,
        start=token_start,
        count=count,
        length=length,
        capital=capital,
    )
