"""Counts of character classes for all blocks of a page at once, in every script.

Nothing here counts words by white space alone: Han and Kana characters count as 0.55 of a word each and scripts that
are written without spaces (Thai, Lao, Khmer, Burmese) as 0.2 of a word a letter, so that a sentence weighs much the
same in every language (ratios of parallel sentences in translations: 1.7-1.9 Han characters and 4.5-5.5 Thai letters
an English word).
"""

import zlib
from collections.abc import Sequence
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

from workers.segment.character_counts import count_classes

# character_counts.py has the same numbers.
SPACE, LOWER, UPPER, UNCASED, HAN, UNSPACED, DIGIT, STOP, COMMA, QUOTE, COLON, DASH, BRACKET, SYMBOL = range(14)
CLASSES = 14
WORDS_A_HAN = 0.55
WORDS_AN_UNSPACED = 0.2

TABLE: NDArray[np.uint8] = np.frombuffer(
    zlib.decompress((files("workers.segment") / "data" / "character_classes.bin").read_bytes()), dtype=np.uint8
)
"""Class of every character of the Basic Multilingual Plane, written by tests/train/character_classes.py.

The last entry stands for all beyond the plane.
"""


class Lowered(msgspec.Struct):
    """All texts in lower case, one after another, for loops over characters that make no strings."""

    codes: Sequence[int]
    """Code points, as a memoryview."""
    start: NDArray[np.int64]
    """Where each text begins, and behind the last where it ends."""
    odd: NDArray[np.uint8]
    """1 for a text that lower case changes by more than one character at a time (İ, Σ): what `codes` has is not it."""


class Counts(msgspec.Struct):
    """Per block: how many characters of each class, and what they add up to. Arrays of length n (float32)."""

    classes: NDArray[np.float32]
    """n x CLASSES."""
    chars: NDArray[np.float32]
    """Characters without spaces."""
    words: NDArray[np.float32]
    """Words, by the rule of the module."""
    capitalised: NDArray[np.float32]
    """Words that start with an upper-case letter."""
    first: NDArray[np.uint8]
    """Class of the first character."""
    last: NDArray[np.uint8]
    """Class of the last character that is no quote or bracket (a full stop inside quotes ends the sentence)."""
    lowered: Lowered


def code_points(text: str) -> Sequence[int]:
    """The text as numbers, in the way of Lowered."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").data


def count(texts: list[str]) -> Counts:
    """Count the character classes of non-empty texts."""
    number = len(texts)
    classes = np.empty((CLASSES, number), dtype=np.float32)
    beginnings = np.empty((CLASSES, number), dtype=np.float32)
    first, last = np.empty(number, dtype=np.uint8), np.empty(number, dtype=np.uint8)
    codes = np.empty(sum(map(len, texts)), dtype=np.uint32)
    lowered = Lowered(
        codes=codes.data,
        start=np.empty(number + 1, dtype=np.int64),
        odd=np.empty(number, dtype=np.uint8),
    )
    count_classes(texts, TABLE, classes, beginnings, first, last, codes, lowered.start, lowered.odd)
    # An apostrophe or hyphen inside a word is no boundary to a reader; its effect here is a few per cent at most.
    words = beginnings.sum(axis=0)
    words += WORDS_A_HAN * classes[HAN] + WORDS_AN_UNSPACED * classes[UNSPACED]
    chars = classes.sum(axis=0) - classes[SPACE]
    return Counts(classes.T, chars, words, beginnings[UPPER], first, last, lowered)
