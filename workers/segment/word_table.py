"""A table of words and what each hints at, asked about whole names and lines at once. Compiled.

Most words of a page stand in no table. So the characters are gone through once, and words are looked up by a hash that
is put together on the way: no string is made of any. The hash is FNV-1a (Fowler, Noll, Vo) of 64 bits, over characters;
with a thousand words, chance collisions are out of question.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_EMPTY = 0xCBF29CE484222325
_PRIME = 0x100000001B3
_WHOLE = 0xFFFFFFFFFFFFFFFF
_SPACE = 32
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])")
"""The words of a name; _ascii_name finds the same ones in names of ASCII alone."""
_MOST_WORDS = 16
"""A line of more is a paragraph, of which the head is looked at."""
_HEAD_WORDS = 6
_TAIL_WORDS = 3
_PHRASE_STARTS, _PHRASE_WORDS = 5, 4
"""A phrase starts at one of a line's first so many words and has at most so many."""
_BEGINS = 1 << 62
"""Bit of words that a phrase begins with: most words begin none, and nothing is looked up for them."""
_BITS = _BEGINS - 1
_EDGES = ".,;!?()[]{}\"'“”„«»‹›‘’|•·–—-/…"
"""Stripped off a line's words."""

Codes = Sequence[int]
"""Code points: a memoryview, which gives Python's integers where this is not compiled."""


def _marked(letters: str) -> NDArray[np.uint8]:
    """1 for every code point that is one of the letters, up to the last of them."""
    marks = np.zeros(max(map(ord, letters)) + 1, dtype=np.uint8)
    marks[list(map(ord, letters))] = 1
    return marks


class WordTable:
    """Bits by word or phrase. Up to 62 bits; phrases are words with one space between them."""

    def __init__(self, entries: list[tuple[str, int]]) -> None:
        """entries: a word or phrase and the number of a bit; a word may have several bits, in an entry each."""
        slots = 64
        while slots < 4 * len(entries):
            slots *= 2
        self.last = slots - 1
        self.keys = np.zeros(slots, dtype=np.uint64)
        self.values = np.zeros(slots, dtype=np.int64)
        self.edges = _marked(_EDGES)
        for entry, bit in entries:
            self._add(entry, 1 << bit)
            first, space, _ = entry.partition(" ")
            if space:
                self._add(first, _BEGINS)

    def _add(self, entry: str, bits: int) -> None:
        key = _hash(entry, _EMPTY)
        slot = self._slot(key)
        self.keys[slot] = key
        self.values[slot] |= bits

    def _slot(self, key: int) -> int:
        """Where the key stands, or would."""
        slot = key & self.last
        while self.keys[slot] != 0 and self.keys[slot] != key:
            slot = (slot + 1) & self.last
        return slot

    def _bits(self, key: int) -> int:
        found: int = self.values[self._slot(key)]
        return found & _BITS

    def in_names(self, value: str) -> int:
        """Bits of names as markup has them ("article-card__Headline readMore").

        That is of every word, of every two words in a row, as one, and of every name as a whole.
        """
        return self._ascii_names(value) if value.isascii() else self._other_names(value)

    def _ascii_names(self, value: str) -> int:
        bits = 0
        before, name = _EMPTY, _EMPTY
        size, at = len(value), 0
        while at < size:
            code = ord(value[at])
            end = at + 1
            if _is_lower(code) or _is_upper(code):
                if _is_upper(code) and end < size and _is_upper(ord(value[end])):
                    # Capitals are a word, but for the last before a small letter: "HTMLElement".
                    while end < size and _is_upper(ord(value[end])):
                        end += 1
                    if end < size and _is_lower(ord(value[end])):
                        end -= 1
                else:
                    while end < size and _is_lower(ord(value[end])):
                        end += 1
                word, pair = _EMPTY, before
                for place in range(at, end):
                    small = ord(value[place]) | 32
                    word = ((word ^ small) * _PRIME) & _WHOLE
                    pair = ((pair ^ small) * _PRIME) & _WHOLE
                    name = ((name ^ small) * _PRIME) & _WHOLE
                bits |= self._bits(word) | self._bits(pair)
                before = word
            elif code == _SPACE or 9 <= code <= 13 or 28 <= code <= 31:
                bits |= self._bits(name)
                name = _EMPTY
            else:
                name = ((name ^ code) * _PRIME) & _WHOLE
            at = end
        return bits | self._bits(name)

    def _other_names(self, value: str) -> int:
        """The same for letters of any script."""
        bits = 0
        before = _EMPTY
        for name in value.split():
            bits |= self._bits(_hash(name.lower(), _EMPTY))
            for word in _WORD.findall(name):
                small = word.lower()
                bits |= self._bits(_hash(small, before))
                before = _hash(small, _EMPTY)
                bits |= self._bits(before)
        return bits

    def in_head(self, lowered: Codes, begin: int, end: int) -> int:
        """Bits of a line's words and phrases, of a long line's first words.

        The line is what stands from `begin` to `end`, in lower case, its white space single spaces.
        """
        starts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        ends = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        number = _words(lowered, begin, end, starts, ends)
        if number > _MOST_WORDS:
            number = _HEAD_WORDS
        return self._of_words(lowered, starts, ends, number)

    def in_tail(self, lowered: Codes, begin: int, end: int) -> int:
        """Bits of a line's last words, as if they were a line."""
        last = end
        start = end
        for _ in range(_TAIL_WORDS):
            while last > begin and lowered[last - 1] == _SPACE:
                last -= 1
            start = last
            while start > begin and lowered[start - 1] != _SPACE:
                start -= 1
            last = start
        return self.in_head(lowered, start, end)

    def _of_words(self, lowered: Codes, starts: list[int], ends: list[int], number: int) -> int:
        keys = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        bits, begins = 0, 0
        for at in range(number):
            start, end = starts[at], ends[at]
            key = _hash_of(lowered, start, end, _EMPTY)
            found: int = self.values[self._slot(key)]
            bits |= found
            # What stands at a word's edges is left out.
            while start < end and self._is_edge(lowered[start]):
                start += 1
            while start < end and self._is_edge(lowered[end - 1]):
                end -= 1
            if starts[at] != start or ends[at] != end:
                starts[at] = start
                ends[at] = end
                key = _hash_of(lowered, start, end, _EMPTY)
                found = self.values[self._slot(key)]
                bits |= found
            keys[at] = key
            if found & _BEGINS:
                begins |= 1 << at
        for at in range(min(_PHRASE_STARTS, number - 1)):
            if begins >> at & 1:
                key = keys[at]
                for following in range(at + 1, min(at + _PHRASE_WORDS, number)):
                    key = ((key ^ _SPACE) * _PRIME) & _WHOLE
                    key = _hash_of(lowered, starts[following], ends[following], key)
                    bits |= self._bits(key)
        return bits & _BITS

    def _is_edge(self, code: int) -> bool:
        return code < len(self.edges) and bool(self.edges[code] != 0)


def _hash(text: str, begun: int) -> int:
    """The hash of a text, or, from the hash of another, that of both together."""
    result = begun
    for at in range(len(text)):
        result = ((result ^ ord(text[at])) * _PRIME) & _WHOLE
    return result


def _hash_of(codes: Codes, start: int, end: int, begun: int) -> int:
    """The same of what stands from `start` to `end`."""
    result = begun
    for at in range(start, end):
        result = ((result ^ codes[at]) * _PRIME) & _WHOLE
    return result


def _words(codes: Codes, begin: int, end: int, starts: list[int], ends: list[int]) -> int:
    """Where the words stand that spaces part, one more than are looked at of a line; how many."""
    number = 0
    at = begin
    while number <= _MOST_WORDS:
        while at < end and codes[at] == _SPACE:
            at += 1
        if at == end:
            break
        starts[number] = at
        while at < end and codes[at] != _SPACE:
            at += 1
        ends[number] = at
        number += 1
    return number


def _is_lower(code: int) -> bool:
    return 97 <= code <= 122


def _is_upper(code: int) -> bool:
    return 65 <= code <= 90
