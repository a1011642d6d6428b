"""Counts of character classes for all blocks of a page at once, in every script.

Nothing here counts words by white space alone: Han and Kana characters count as 0.55 of a word each and scripts that
are written without spaces (Thai, Lao, Khmer, Burmese) as 0.2 of a word a letter, so that a sentence weighs much the
same in every language (ratios of parallel sentences in translations: 1.7-1.9 Han characters and 4.5-5.5 Thai letters
an English word).
"""

import zlib
from importlib.resources import files

import msgspec
import numpy as np
from numpy.typing import NDArray

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
_TABLE = TABLE
_WITH_START = np.uint8(CLASSES)
_IS_WORD = np.isin(np.arange(CLASSES), (LOWER, UPPER, UNCASED, DIGIT))
_BEYOND_HAN = 0x20000  # CJK extensions B and up; everything else beyond the BMP is emoji and rare symbols


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


def count(texts: list[str]) -> Counts:
    """Count the character classes of non-empty texts."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = TABLE.take(codes, mode="clip")
    if codes.max() >= _BEYOND_HAN:
        kinds[codes >= _BEYOND_HAN] = HAN
    number = len(texts)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=number) + 1
    ends = np.cumsum(sizes)
    starts = ends - sizes

    # Every character is counted once, in the cell of its block, its class, and whether a word starts with it.
    letter = _IS_WORD.take(kinds)
    starting = kinds.copy()
    starting[0] += _WITH_START * letter[0]
    starting[1:] += _WITH_START * (letter[1:] > letter[:-1])
    cells = np.repeat(np.arange(number) * (2 * CLASSES), sizes)
    cells += starting
    counted = np.bincount(cells, minlength=number * 2 * CLASSES).reshape(number, 2, CLASSES).transpose(1, 2, 0)
    beginnings = counted[1].astype(np.float32)
    classes = (counted[0] + counted[1]).astype(np.float32)
    classes[SPACE] -= 1  # the separator

    # An apostrophe or hyphen inside a word is no boundary to a reader; its effect here is a few per cent at most.
    words = beginnings.sum(axis=0)
    words += WORDS_A_HAN * classes[HAN] + WORDS_AN_UNSPACED * classes[UNSPACED]
    chars = classes.sum(axis=0) - classes[SPACE]
    last = kinds[ends - 2]
    for back in (3, 4):
        closing = (last == QUOTE) | (last == BRACKET)
        index = np.maximum(ends - back, starts)
        last = np.where(closing, kinds[index], last)
    return Counts(classes.T, chars, words, beginnings[UPPER], kinds[starts], last)
