"""The loops over a flattened page's characters and words. Compiled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import TABLE

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_LOWER, _UPPER, _UNCASED, _HAN, _UNSPACED, _DIGIT, _QUOTE, _BRACKET = 1, 2, 3, 4, 5, 6, 9, 12
"""As in characters.py."""
_IN_WORDS = 1 << _LOWER | 1 << _UPPER | 1 << _UNCASED | 1 << _DIGIT
_PAIRED = 1 << _HAN | 1 << _UNSPACED
_CLOSING = 1 << _QUOTE | 1 << _BRACKET
_BEYOND_HAN = 0x20000
_BEYOND_LETTERS = 0xFFFF
"""Letters of the other planes are told apart by nothing."""
_PLACES = 32
"""Characters of a word that are told apart by their place; in longer words the rest only add up."""
_MIX = 0x9E3779B97F4A7C15
_STEP = 0xD6E8FEB86659FD93
_WHOLE = 0xFFFFFFFFFFFFFFFF


def _weights() -> Hashes:
    """An odd 64-bit weight a place, from a linear congruential generator (Knuth's MMIX constants)."""
    state = 20261124
    result: list[int] = []
    for _ in range(_PLACES):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        result.append(state | 1)
    return np.array(result, dtype=np.uint64)


def _letters() -> NDArray[np.uint32]:
    """Lower-case code of every letter of the Basic Multilingual Plane that makes words, 0's for digits, else 0."""
    table = np.zeros(0x10000, dtype=np.uint32)
    for code in range(0x10000):
        kind = TABLE[code]
        if _LOWER <= kind <= _UNCASED:
            small = chr(code).lower()
            table[code] = ord(small[0])  # the dotted capital I becomes two characters
        elif kind == _DIGIT:
            table[code] = ord("0")
    return table


WEIGHTS, LETTERS = _weights(), _letters()


def read_tokens(
    texts: list[str],
    codes: Sequence[int],
    table: Sequence[int],
    letters: Sequence[int],
    weights: Sequence[int],
    classes: NDArray[np.float32],
    facts: NDArray[np.uint32],
    bounds: Places,
    hashes: Hashes,
    length: Places,
    capital: NDArray[np.uint8],
) -> int:
    """Take the words of texts that are not empty; returns how many there are.

    codes: of all texts, one after another. table: characters.TABLE; letters, weights: LETTERS, WEIGHTS. The rest is
    filled with what text_tokens.Tokens says: classes is characters.CLASSES x blocks; facts is 5 x blocks (class of the
    first character, of the last, code of the last, characters, words with a capital); hashes, length and capital have
    room for as many words as there are characters.
    """
    beyond = len(table) - 1
    offset, number, begun = 0, 0, 0
    for block in range(len(texts)):
        size = len(texts[block])
        bounds[block] = number
        found = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        at, capitals = 0, 0
        while at < size:
            code = codes[offset + at]
            kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
            found[kind] += 1
            at += 1
            if _IN_WORDS >> kind & 1:
                if number > 0:
                    length[number - 1] = offset + block + at - 1 - begun
                begun = offset + block + at - 1
                capital[number] = kind == _UPPER
                capitals += kind == _UPPER
                letter = letters[code if code < _BEYOND_LETTERS else _BEYOND_LETTERS]
                key = (letter * weights[0]) & _WHOLE
                place = 1
                while at < size:
                    code = codes[offset + at]
                    kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
                    if not _IN_WORDS >> kind & 1:
                        break
                    found[kind] += 1
                    at += 1
                    # A run of digits is one 0 where it begins a word, and nothing within.
                    if kind != _DIGIT:
                        letter = letters[code if code < _BEYOND_LETTERS else _BEYOND_LETTERS]
                        key = (key + letter * weights[place if place < _PLACES else _PLACES - 1]) & _WHOLE
                    place += 1
                hashes[number] = ((key ^ (key >> 29)) * _MIX) & _WHOLE
                number += 1
            elif _PAIRED >> kind & 1:
                if number > 0:
                    length[number - 1] = offset + block + at - 1 - begun
                begun = offset + block + at - 1
                capital[number] = False
                letter = code
                key = (letter * weights[0]) & _WHOLE
                if at < size:
                    code = codes[offset + at]
                    kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
                    if _PAIRED >> kind & 1:
                        letter = code
                        key = (key + letter * weights[1]) & _WHOLE
                hashes[number] = ((key ^ (key >> 29)) * _MIX) & _WHOLE
                number += 1
        if bounds[block] == number:  # nothing but letters of rare planes: the block is a word of its own
            if number > 0:
                length[number - 1] = offset + block - begun
            begun = offset + block
            capital[number] = False
            hashes[number] = 0
            number += 1
        for row in range(14):
            classes[row, block] = found[row]
        code = codes[offset]
        facts[0, block] = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
        code = codes[offset + size - 1]
        facts[2, block] = code
        kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
        for at in range(size - 2, max(size - 4, -1), -1):
            if not _CLOSING >> kind & 1:
                break
            code = codes[offset + at]
            kind = table[code] if code < beyond else _HAN if code >= _BEYOND_HAN else table[beyond]
        facts[1, block] = kind
        facts[3, block] = size
        facts[4, block] = capitals
        offset += size
    bounds[len(texts)] = number
    if number > 0:
        length[number - 1] = offset + len(texts) - begun
    return number


def fill_heads(hashes: Sequence[int], bounds: Places, into: Hashes) -> None:
    """Hashes of each block's first 1, 2, ... words (rows of `into`); a shorter block repeats its longest."""
    for block in range(into.shape[1]):
        first, end = bounds[block], bounds[block + 1]
        key = hashes[first]
        into[0, block] = key
        for place in range(1, len(into)):
            if first + place < end:
                key = (key * _STEP + hashes[first + place]) & _WHOLE
            into[place, block] = key


def fill_tails(hashes: Sequence[int], bounds: Places, into: Hashes) -> None:
    """Hashes of each block's last 1, 2, ... words (rows of `into`); 0 where the block is shorter."""
    for block in range(into.shape[1]):
        first, end = bounds[block], bounds[block + 1]
        for row in range(len(into)):
            key = 0
            if first + row < end:
                key = hashes[end - row - 1]
                for place in range(end - row, end):
                    key = (key * _STEP + hashes[place]) & _WHOLE
            into[row, block] = key


def fill_lines(hashes: Sequence[int], bounds: Places, into: Hashes) -> None:
    """One hash a block, of all its words in their order."""
    for block in range(len(into)):
        key, weight = 0, 1
        for place in range(bounds[block], bounds[block + 1]):
            key = (key + hashes[place] * weight) & _WHOLE
            weight += 2
        into[block] = key
