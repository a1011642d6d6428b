"""Counts of character classes for all blocks of a page at once, in every script.

Nothing here counts words by white space alone: Han and Kana characters count as 0.55 of a word each and scripts that
are written without spaces (Thai, Lao, Khmer, Burmese) as 0.2 of a word a letter, so that a sentence weighs much the
same in every language (ratios of parallel sentences in translations: 1.7-1.9 Han characters and 4.5-5.5 Thai letters
an English word).
"""

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SPACE, LOWER, UPPER, UNCASED, HAN, UNSPACED, DIGIT, STOP, COMMA, QUOTE, COLON, DASH, BRACKET, SYMBOL = range(14)
CLASSES = 14
WORDS_A_HAN = 0.55
WORDS_AN_UNSPACED = 0.2

_STOPS = ".!?…。！？؟।॥։።。⁇⁈⁉"
_COMMAS = ",;،؛、，；"
_QUOTES = "\"'“”„‟«»‹›‘’‚‛「」『』`"
_COLONS = ":："
_DASHES = "-–—―|/\\•·»>›→‣▶*+~"
_UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_HAN_RANGES = ((0x2E80, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F))


def _table() -> NDArray[np.uint8]:
    """Class of every character of the Basic Multilingual Plane; the last entry stands for all beyond it."""
    by_category = {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": UNCASED, "Lm": UNCASED, "Mn": UNCASED, "Mc": UNCASED}
    by_category |= {"Nd": DIGIT, "Nl": DIGIT, "No": DIGIT, "Zs": SPACE, "Cc": SPACE, "Ps": BRACKET, "Pe": BRACKET}
    category = unicodedata.category
    table = np.array([by_category.get(category(chr(code)), SYMBOL) for code in range(0x10000)], dtype=np.uint8)
    for ranges, value in ((_UNSPACED_RANGES, UNSPACED), (_HAN_RANGES, HAN)):
        for first, last in ranges:
            part = table[first : last + 1]
            part[(part == UNCASED) | (part == LOWER)] = value
    for characters, value in (
        (_STOPS, STOP), (_COMMAS, COMMA), (_QUOTES, QUOTE), (_COLONS, COLON), (_DASHES, DASH),
    ):  # fmt: skip
        for character in characters:
            table[ord(character)] = value
    return table


_TABLE = _table()
_BEYOND_HAN = 0x20000  # CJK extensions B and up; everything else beyond the BMP is emoji and rare symbols


@dataclass(slots=True)
class Counts:
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
    kinds = _TABLE[np.minimum(codes, 0xFFFF)]
    if codes.max() >= _BEYOND_HAN:
        kinds[codes >= _BEYOND_HAN] = HAN
    ends = np.cumsum(np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts)))
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1]
    block = np.repeat(np.arange(len(texts), dtype=np.int64), ends - starts)
    counted = np.bincount(block * CLASSES + kinds, minlength=len(texts) * CLASSES).reshape(-1, CLASSES)
    classes = counted.astype(np.float32)
    classes[:, SPACE] -= 1  # the separator

    letter = (kinds >= LOWER) & (kinds <= UNCASED) | (kinds == DIGIT)
    start = letter.copy()
    start[1:] &= ~letter[:-1]
    # An apostrophe or hyphen inside a word is no boundary to a reader; its effect here is a few per cent at most.
    words = np.add.reduceat(start, starts, dtype=np.float32)
    words += WORDS_A_HAN * classes[:, HAN] + WORDS_AN_UNSPACED * classes[:, UNSPACED]
    capitalised = np.add.reduceat(start & (kinds == UPPER), starts, dtype=np.float32)
    chars = classes.sum(axis=1) - classes[:, SPACE]
    last = kinds[ends - 2]
    for back in (3, 4):
        closing = (last == QUOTE) | (last == BRACKET)
        index = np.maximum(ends - back, starts)
        last = np.where(closing, kinds[index], last)
    return Counts(classes, chars, words, capitalised, kinds[starts], last)
