"""The different words of one line, and which of them stand in an address. Compiled.

Words are what page_context.parted makes of a line: what spaces part, in scripts written without spaces every two
characters in a row. They are told apart by a hash (FNV-1a, as in word_table.py); no string is made of any.
"""

from collections.abc import Sequence

import numpy as np

SHORTEST, LONGEST = 8, 300
"""Characters of a line that could be a title; in lower case it may have twice as many (İ)."""
_MOST_CODES = 2 * LONGEST
_SLOTS = 1024
"""Half as many again as words of a line, most lines have ten: a power of two."""
_LONGEST_SLUG = 320
"""Characters of an address, in lower case."""
_BEGINNING = 3
"""Characters by which words are looked up in an address; shorter ones are not looked for."""
_HEADS = 256
_SPACE = 32
_EMPTY = 0xCBF29CE484222325
_PRIME = 0x100000001B3
_WHOLE = 0xFFFFFFFFFFFFFFFF


class LineWords:
    """Room for the words of a line, to be used for one after another."""

    def __init__(self) -> None:
        self.number = 0
        """Different words of the line that was read last."""
        self.keys = np.zeros(_MOST_CODES, dtype=np.uint64)
        """Hash of each."""
        self.start = np.zeros(_MOST_CODES, dtype=np.int64)
        self.end = np.zeros(_MOST_CODES, dtype=np.int64)
        self.round = 0
        self.seen_in = np.zeros(_SLOTS, dtype=np.int64)
        self.seen = np.zeros(_SLOTS, dtype=np.uint64)
        self.head = np.zeros(_HEADS, dtype=np.int64)
        self.next = np.zeros(_LONGEST_SLUG + 1, dtype=np.int64)

    def read(self, codes: Sequence[int], begin: int, end: int) -> None:
        """Take the words of a line of at most LONGEST characters, in lower case with its white space folded."""
        self.round += 1
        self.number = 0
        unspaced = False
        for at in range(begin, end):
            if codes[at] >= 0xE00 and _is_unspaced(codes[at]):
                unspaced = True
                break
        at = begin
        while at < end:
            if codes[at] == _SPACE:
                at += 1
                continue
            start = at
            while at < end and codes[at] != _SPACE:
                at += 1
            if not unspaced:
                self._add(codes, start, at)
            else:
                for place in range(start, max(start + 1, at - 1)):
                    self._add(codes, place, min(place + 2, at))

    def _add(self, codes: Sequence[int], start: int, end: int) -> None:
        key = _hash_of(codes, start, end)
        slot = key & (_SLOTS - 1)
        while self.seen_in[slot] == self.round:
            if self.seen[slot] == key:
                return
            slot = (slot + 1) & (_SLOTS - 1)
        self.seen_in[slot] = self.round
        self.seen[slot] = key
        self.keys[self.number] = key
        self.start[self.number] = start
        self.end[self.number] = end
        self.number += 1

    def found_in(self, codes: Sequence[int], slug: str) -> int:
        """How many of the words of three letters and more stand somewhere in the slug. codes: as they were read."""
        size = min(len(slug), _LONGEST_SLUG)
        for number in range(_HEADS):
            self.head[number] = 0
        # Places that begin alike make a chain; the places of a chain are counted from 1.
        for at in range(size - _BEGINNING + 1):
            begun = _begun(ord(slug[at]), ord(slug[at + 1]), ord(slug[at + 2]))
            self.next[at + 1] = self.head[begun]
            self.head[begun] = at + 1
        found = 0
        for number in range(self.number):
            start, length = self.start[number], self.end[number] - self.start[number]
            if length < _BEGINNING:
                continue
            at = self.head[_begun(codes[start], codes[start + 1], codes[start + 2])]
            while at > 0:
                if at - 1 + length <= size:
                    place = 0
                    while place < length and ord(slug[at - 1 + place]) == codes[start + place]:
                        place += 1
                    if place == length:
                        found += 1
                        break
                at = self.next[at]
        return found


def _hash_of(codes: Sequence[int], start: int, end: int) -> int:
    """hash_word of what stands from `start` to `end`."""
    result = _EMPTY
    for at in range(start, end):
        result = ((result ^ codes[at]) * _PRIME) & _WHOLE
    return result


def hash_word(word: str) -> int:
    """By what a word is known."""
    result = _EMPTY
    for at in range(len(word)):
        result = ((result ^ ord(word[at])) * _PRIME) & _WHOLE
    return result


def _is_unspaced(code: int) -> bool:
    """Is it a letter of a script that is written without spaces? page_context.parted looks for the same."""
    return (
        0xE00 <= code <= 0xEFF
        or 0x1000 <= code <= 0x109F
        or 0x1780 <= code <= 0x17FF
        or 0x2E80 <= code <= 0x9FFF
        or 0xFF66 <= code <= 0xFF9F
    )


def _begun(first: int, second: int, third: int) -> int:
    return (first * 5 + second * 23 + third) & (_HEADS - 1)
