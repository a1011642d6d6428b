"""A table of words and what each hints at, asked about whole names and lines at once. Compiled.

Most words of a page stand in no table. So the characters are gone through once, and words are looked up by a hash that
is put together on the way: no string is made of any. The hash is FNV-1a (Fowler, Noll, Vo) of 64 bits, over characters;
with a thousand words, chance collisions are out of question.
"""

import re

import numpy as np

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
_EDGES = ".,;!?()[]{}\"'“”„«»‹›‘’|•·–—-/…"
"""Stripped off a line's words."""


class WordTable:
    """Bits by word or phrase. Up to 62 bits; phrases are words with one space between them."""

    def __init__(self, entries: list[tuple[str, int]]) -> None:
        """entries: a word or phrase and the number of a bit; a word may have several bits, in an entry each."""
        slots = 64
        while slots < 4 * len(entries):
            slots *= 2
        self.slots = slots
        self.keys = np.zeros(slots, dtype=np.uint64)
        self.values = np.zeros(slots, dtype=np.int64)
        for entry, bit in entries:
            self._add(entry, bit)

    def _add(self, entry: str, bit: int) -> None:
        one = 1
        key = _hash(entry, _EMPTY)
        slot = self._slot(key)
        self.keys[slot] = key
        self.values[slot] |= one << bit

    def _slot(self, key: int) -> int:
        """Where the key stands, or would."""
        slot = key % self.slots
        while self.keys[slot] != 0 and self.keys[slot] != key:
            slot = (slot + 1) % self.slots
        return slot

    def _bits(self, key: int) -> int:
        return int(self.values[self._slot(key)])

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

    def in_head(self, lowered: str) -> int:
        """Bits of a line's words and phrases, of a long line's first words. It has to be in lower case."""
        starts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        ends = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        number = _words(lowered, starts, ends)
        if number > _MOST_WORDS:
            number = _HEAD_WORDS
        return self._of_words(lowered, starts, ends, number)

    def in_tail(self, lowered: str) -> int:
        """Bits of a line's last words, as if they were a line."""
        end = len(lowered)
        start = end
        for _ in range(_TAIL_WORDS):
            while end > 0 and lowered[end - 1].isspace():
                end -= 1
            start = end
            while start > 0 and not lowered[start - 1].isspace():
                start -= 1
            end = start
        return self.in_head(lowered[start:])

    def _of_words(self, lowered: str, starts: list[int], ends: list[int], number: int) -> int:
        bits = 0
        for at in range(number):
            start, end = starts[at], ends[at]
            bits |= self._bits(_hash_of(lowered, start, end, _EMPTY))
            _strip(lowered, starts, ends, at)
            if starts[at] != start or ends[at] != end:
                bits |= self._bits(_hash_of(lowered, starts[at], ends[at], _EMPTY))
        for at in range(min(_PHRASE_STARTS, number - 1)):
            key = _hash_of(lowered, starts[at], ends[at], _EMPTY)
            for following in range(at + 1, min(at + _PHRASE_WORDS, number)):
                key = ((key ^ _SPACE) * _PRIME) & _WHOLE
                key = _hash_of(lowered, starts[following], ends[following], key)
                bits |= self._bits(key)
        return bits


def _hash(text: str, begun: int) -> int:
    """The hash of a text, or, from the hash of another, that of both together."""
    return _hash_of(text, 0, len(text), begun)


def _hash_of(text: str, start: int, end: int, begun: int) -> int:
    result = begun
    for at in range(start, end):
        result = ((result ^ ord(text[at])) * _PRIME) & _WHOLE
    return result


def _words(text: str, starts: list[int], ends: list[int]) -> int:
    """Where the words stand that white space parts, one more than are looked at of a line; how many."""
    number = 0
    size, at = len(text), 0
    while number <= _MOST_WORDS:
        while at < size and text[at].isspace():
            at += 1
        if at == size:
            break
        starts[number] = at
        while at < size and not text[at].isspace():
            at += 1
        ends[number] = at
        number += 1
    return number


def _strip(text: str, starts: list[int], ends: list[int], at: int) -> None:
    """Leave out what stands at a word's edges."""
    start, end = starts[at], ends[at]
    # Letters are asked first: most words have nothing at their edges.
    while start < end and not text[start].isalnum() and text[start] in _EDGES:
        start += 1
    while start < end and not text[end - 1].isalnum() and text[end - 1] in _EDGES:
        end -= 1
    starts[at] = start
    ends[at] = end


def _is_lower(code: int) -> bool:
    return 97 <= code <= 122


def _is_upper(code: int) -> bool:
    return 65 <= code <= 90
