"""The loop over a page's characters. Compiled."""

import numpy as np
from numpy.typing import NDArray

_CLASSES = 14
_LOWER, _UPPER, _UNCASED, _HAN, _DIGIT, _QUOTE, _BRACKET = 1, 2, 3, 4, 6, 9, 12
"""As in characters.py."""
_IN_WORDS = 1 << _LOWER | 1 << _UPPER | 1 << _UNCASED | 1 << _DIGIT
_DOTTED_I, _SIGMA = 0x130, 0x3A3
"""In lower case the one becomes two characters, the other depends on its place in the word."""
_PLANE = 0xFFFF
_BEYOND_HAN = 0x20000
"""CJK extensions B and up; everything else beyond the Basic Multilingual Plane is emoji and rare symbols."""


def _lower_cases() -> NDArray[np.uint16]:
    """What each character of the Basic Multilingual Plane is in lower case; the two above are left as they are."""
    codes = np.arange(_PLANE + 1, dtype="<u4")
    letters = codes.tobytes().decode("utf-32-le", "surrogatepass")
    letters = letters.replace(chr(_DOTTED_I), " ").replace(chr(_SIGMA), " ").lower()
    small = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint16)
    small[[_DOTTED_I, _SIGMA]] = _DOTTED_I, _SIGMA
    return small


_SMALL = _lower_cases()


def count_classes(
    texts: list[str],
    table: NDArray[np.uint8],
    classes: NDArray[np.float32],
    beginnings: NDArray[np.float32],
    first: NDArray[np.uint8],
    last: NDArray[np.uint8],
    lowered: NDArray[np.uint32],
    start: NDArray[np.int64],
    odd: NDArray[np.uint8],
) -> None:
    """Count the classes of each text's characters, and of those that begin a word (classes x texts).

    table has the class of every character of the Basic Multilingual Plane, and at its end that of all others. first and
    last are the classes of each text's first character and of its last, up to two quotes or brackets left out.
    lowered, start, odd: what characters.Lowered holds.
    """
    beyond = len(table) - 1
    small = _SMALL
    place = 0
    for number in range(len(texts)):
        text = texts[number]
        # Letters in a row are mostly of one class: counted in two places by turns, none waits for the one before.
        found = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        begun = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        before = 0
        kind = 0
        size = len(text)
        start[number] = place
        odd[number] = 0
        turn = 0
        at = place
        for letter in text:
            code = ord(letter)
            kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
            found[kind + turn] += 1
            turn ^= 16
            # No branches: where words begin and end is what a processor cannot foresee.
            within = _IN_WORDS >> kind & 1
            begun[kind] += within > before
            before = within
            # Asking Python for a letter's lower case costs as much as twenty letters here.
            lowered[at] = small[code] if code <= _PLANE else ord(letter.lower())
            if code in (_DOTTED_I, _SIGMA):
                odd[number] = 1
            at += 1
        place += size
        code = ord(text[0])
        first[number] = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
        for row in range(_CLASSES):
            classes[row, number] = found[row] + found[row + 16]
            beginnings[row, number] = begun[row]
        for at in range(size - 2, max(size - 4, -1), -1):
            if kind != _QUOTE and kind != _BRACKET:
                break
            code = ord(text[at])
            kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
        last[number] = kind
    start[len(texts)] = place
