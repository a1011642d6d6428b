"""The loop over a page's characters. Compiled."""

import numpy as np
from numpy.typing import NDArray

_CLASSES = 14
_LOWER, _UPPER, _UNCASED, _HAN, _DIGIT, _QUOTE, _BRACKET = 1, 2, 3, 4, 6, 9, 12
"""As in characters.py."""
_BEYOND_HAN = 0x20000
"""CJK extensions B and up; everything else beyond the Basic Multilingual Plane is emoji and rare symbols."""


def count_classes(
    texts: list[str],
    table: NDArray[np.uint8],
    classes: NDArray[np.float32],
    beginnings: NDArray[np.float32],
    first: NDArray[np.uint8],
    last: NDArray[np.uint8],
) -> None:
    """Count the classes of each text's characters, and of those that begin a word (classes x texts).

    table has the class of every character of the Basic Multilingual Plane, and at its end that of all others. first and
    last are the classes of each text's first character and of its last, up to two quotes or brackets left out.
    """
    beyond = len(table) - 1
    for number in range(len(texts)):
        text = texts[number]
        found = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        begun = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        in_word = False
        kind, before, before_that = 0, -1, -1
        for at in range(len(text)):
            code = ord(text[at])
            before_that, before = before, kind if at else -1
            kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
            found[kind] += 1
            if kind in (_LOWER, _UPPER, _UNCASED, _DIGIT):
                if not in_word:
                    begun[kind] += 1
                in_word = True
            else:
                in_word = False
            if at == 0:
                first[number] = kind
        for row in range(_CLASSES):
            classes[row, number] = found[row]
            beginnings[row, number] = begun[row]
        if kind in (_QUOTE, _BRACKET) and before >= 0:
            kind = before
            if kind in (_QUOTE, _BRACKET) and before_that >= 0:
                kind = before_that
        last[number] = kind
