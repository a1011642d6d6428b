"""Writes the table of characters.py: python -m tests.train.character_classes

Computing it takes some twenty times as long as loading it, and every start of every worker and command would pay. A
table in a file is also the same under every Python, whose Unicode data differ from release to release.
"""

import unicodedata
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import (
    BRACKET,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    HAN,
    LOWER,
    QUOTE,
    SPACE,
    STOP,
    SYMBOL,
    UNCASED,
    UNSPACED,
    UPPER,
)

_STOPS = ".!?…。！？؟।॥։።。⁇⁈⁉"
_COMMAS = ",;،؛、，；"
_QUOTES = "\"'“”„‟«»‹›‘’‚‛「」『』`"
_COLONS = ":："
_DASHES = "-–—―|/\\•·»>›→‣▶*+~"
_UNSPACED_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
_HAN_RANGES = ((0x2E80, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F))


def table() -> NDArray[np.uint8]:
    """Class of every character of the Basic Multilingual Plane; the last entry stands for all beyond it."""
    by_category = {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER, "Lo": UNCASED, "Lm": UNCASED, "Mn": UNCASED, "Mc": UNCASED}
    by_category |= {"Nd": DIGIT, "Nl": DIGIT, "No": DIGIT, "Zs": SPACE, "Cc": SPACE, "Ps": BRACKET, "Pe": BRACKET}
    category = unicodedata.category
    classes = np.array([by_category.get(category(chr(code)), SYMBOL) for code in range(0x10000)], dtype=np.uint8)
    for ranges, value in ((_UNSPACED_RANGES, UNSPACED), (_HAN_RANGES, HAN)):
        for first, last in ranges:
            part = classes[first : last + 1]
            part[(part == UNCASED) | (part == LOWER)] = value
    for characters, value in (
        (_STOPS, STOP), (_COMMAS, COMMA), (_QUOTES, QUOTE), (_COLONS, COLON), (_DASHES, DASH),
    ):  # fmt: skip
        for character in characters:
            classes[ord(character)] = value
    return classes


def main() -> None:
    """Write the file."""
    path = Path(__file__).parents[2] / "workers" / "segment" / "data" / "character_classes.bin"
    path.write_bytes(zlib.compress(table().tobytes(), 9))


if __name__ == "__main__":
    main()
