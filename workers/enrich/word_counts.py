"""How often each word of a text occurs, counted on its bytes: of most words no object is ever made. Compiled.

Words are known by a hash that is put together while the text is gone through: FNV-1a (Fowler, Noll, Vo) of 64 bits,
begun with a secret of this process, so that nobody can write a text whose words all fall into one place.
"""

import numpy as np

_WHOLE = 0xFFFFFFFFFFFFFFFF
_SEED = hash("where the hash of every word begins") & _WHOLE
"""Python begins its own hashes with a number that nobody outside the process knows."""
_PRIME = 0x100000001B3
_SPACE, _LINE_END = 32, 10
_START, _END, _COUNT = 0, 1, 2
"""Rows of what is known of each word."""


class WordCounts:
    """The words of a text, each once, in the order in which they first occur."""

    def __init__(self, text: bytes) -> None:
        """text: words parted by spaces and line ends, one or several."""
        most = len(text) // 2 + 1
        self.text = text
        self.known = np.empty((3, most), np.int64)
        self.hashes = np.empty(most, np.uint64)
        self.distinct = 0
        words = self._find(text)
        slots = 64
        while slots < 2 * words:
            slots *= 2
        self.places = np.zeros(slots, np.int64)
        self._count(text, words)

    def _find(self, text: bytes) -> int:
        """Start, end and hash of every word; how many there are."""
        known, hashes = self.known, self.hashes
        at, words, key, before = 0, 0, _SEED, _SPACE
        for at in range(len(text)):
            letter = text[at]
            if letter != _SPACE and letter != _LINE_END:
                if before == _SPACE:
                    known[_START, words] = at
                    key = _SEED
                key = ((key ^ letter) * _PRIME) & _WHOLE
            else:
                letter = _SPACE
                if before != _SPACE:
                    known[_END, words] = at
                    hashes[words] = key
                    words += 1
            before = letter
        if before != _SPACE:
            known[_END, words] = len(text)
            hashes[words] = key
            words += 1
        return words

    def _count(self, text: bytes, words: int) -> None:
        """Of equal words leave the first alone, with their number."""
        known, hashes, places = self.known, self.hashes, self.places
        for word in range(words):
            start, end, key = known[_START, word], known[_END, word], hashes[word]
            slot = self._slot(text, text, start, end, key)
            first = places[slot] - 1
            if first >= 0:
                known[_COUNT, first] += 1
                continue
            first = self.distinct
            known[_START, first], known[_END, first], known[_COUNT, first] = start, end, 1
            hashes[first] = key
            self.distinct = first + 1
            places[slot] = self.distinct

    def _slot(self, text: bytes, other: bytes, start: int, end: int, key: int) -> int:
        """Where the word that stands there in the other text has its place, or would."""
        last = len(self.places) - 1
        slot = (key ^ (key >> 32)) & last
        while self.places[slot]:
            word = self.places[slot] - 1
            if self.hashes[word] == key and self._is(text, word, other, start, end):
                break
            slot = (slot + 1) & last
        return int(slot)

    def _is(self, text: bytes, word: int, other: bytes, start: int, end: int) -> bool:
        at = self.known[_START, word]
        if self.known[_END, word] - at != end - start:
            return False
        for place in range(start, end):
            if text[at] != other[place]:
                return False
            at += 1
        return True

    def count(self, word: bytes) -> int:
        """How often a word occurs: 0 if it does not."""
        key = _SEED
        for at in range(len(word)):
            key = ((key ^ word[at]) * _PRIME) & _WHOLE
        first = self.places[self._slot(self.text, word, 0, len(word), key)] - 1
        return int(self.known[_COUNT, first]) if first >= 0 else 0

    def shared(self, other: "WordCounts") -> list[bytes]:
        """The words of another text that occur here too."""
        found: list[bytes] = []
        own, letters = self.text, other.text
        for word in range(other.distinct):
            start, end = other.known[_START, word], other.known[_END, word]
            if self.places[self._slot(own, letters, start, end, other.hashes[word])]:
                found.append(other.text[start:end])
        return found

    def chosen(self, least: int, shortest: int) -> dict[bytes, int]:
        """How often the words occur that do so often enough and have bytes enough."""
        found: dict[bytes, int] = {}
        for word in range(self.distinct):
            start, end, count = self.known[_START, word], self.known[_END, word], self.known[_COUNT, word]
            if count >= least and end - start >= shortest:
                found[self.text[start:end]] = int(count)
        return found

    def begins_beyond(self, first: int, among: int) -> bool:
        """Whether one of the first words, among so many, begins with this byte or a higher one."""
        found = False
        for word in range(min(among, self.distinct)):
            found |= self.text[self.known[_START, word]] >= first
        return found
