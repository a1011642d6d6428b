"""What a page declares of its story, prepared for comparison with many lines. Compiled."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import code_points
from workers.segment.html_features_base import Matrix
from workers.segment.line_words import LONGEST, SHORTEST, LineWords, hash_word
from workers.segment.page_context import PageContext

NAMES = (
    "title_match", "title_exact", "title_within", "description_match", "description_starts", "in_body", "names_author",
)  # fmt: skip
_TITLE_MATCH, _TITLE_EXACT, _TITLE_WITHIN, _DESCRIPTION_MATCH, _STARTS, _IN_BODY, _NAMES_AUTHOR = range(7)
_LONGEST_BYLINE = 200
_OPENING = 48
"""More than is compared of a longer text's opening, since letters may change their number in lower case."""
_LEAST = 20
"""Characters of what is compared with the description and the body."""
_SIMILAR = 0.3
"""Title match from which on a line is compared letter by letter."""
_TRIPLES = 1 << 16
"""Numbers of triples of letters: a power of two, of which a long story takes a twentieth."""
_DESCRIPTION = 4
"""Behind the titles, of which page_context keeps at most four."""


class Declaration:
    """Titles, description, body and authors."""

    def __init__(self, context: PageContext) -> None:
        self.title_texts = context.title_texts
        self.described = context.description_text
        self.first_described = ord(self.described[0]) if self.described else -1
        self.body = context.body
        self.triples = _triples(context.body) if context.body else _NO_TRIPLES
        named = [*context.titles[:_DESCRIPTION]]
        self.titles = len(named)
        self.size = np.zeros(_DESCRIPTION + 1, dtype=np.int64)
        """Words of each title, and of the description."""
        self.common = np.zeros(_DESCRIPTION + 1, dtype=np.int64)
        slots = 64
        while slots < 4 * sum(map(len, (*named, context.description))):
            slots *= 2
        self.last = slots - 1
        self.keys = np.zeros(slots, dtype=np.uint64)
        self.holders = np.zeros(slots, dtype=np.int64)
        """Bits of the titles and the description that hold a word."""
        for number, words in enumerate(named):
            self._take(words, number)
        self._take(context.description, _DESCRIPTION)
        self.names = code_points("".join(context.authors))
        self.name_ends = np.cumsum([0, *map(len, context.authors)])

    def _take(self, words: frozenset[str], number: int) -> None:
        self.size[number] = len(words)
        for word in words:
            key = hash_word(word)
            slot = self._slot(key)
            self.keys[slot] = key
            self.holders[slot] |= 1 << number

    def _slot(self, key: int) -> int:
        """Where the word stands, or would."""
        slot = key & self.last
        while self.holders[slot] != 0 and self.keys[slot] != key:
            slot = (slot + 1) & self.last
        return slot

    def compare(
        self, text: str, codes: Sequence[int], begin: int, end: int, words: LineWords, into: Matrix, at: int
    ) -> None:
        """Compare one line with what the page declares: NAMES.

        codes from begin to end: the text in lower case. words: its words, if it could be a title.
        """
        length = len(text)
        if SHORTEST <= length <= LONGEST:
            self._match(text, words, into, at)
        if length >= _LEAST and (self.body or self.first_described == codes[begin]):
            lowered = (text if length <= LONGEST else text[:_OPENING]).lower()
            described = self.described
            if described:
                into[_STARTS, at] = described.startswith(lowered[:40]) or lowered.startswith(described[:40])
            if self.body:
                sample = lowered[2:42]
                into[_IN_BODY, at] = self._may_hold(sample) and sample in self.body
        if length <= _LONGEST_BYLINE and self._names_author(codes, begin, end):
            into[_NAMES_AUTHOR, at] = 1

    def _may_hold(self, sample: str) -> bool:
        """Do all of the sample's triples of letters stand in the body? Most lines stand nowhere in it."""
        for at in range(len(sample) - 2):
            if self.triples[_triple(ord(sample[at]), ord(sample[at + 1]), ord(sample[at + 2]))] == 0:
                return False
        return True

    def _match(self, text: str, words: LineWords, into: Matrix, at: int) -> None:
        """title_match, title_exact, title_within, description_match of a line that could be a title."""
        common = self.common
        for number in range(_DESCRIPTION + 1):
            common[number] = 0
        any_common = 0
        for word in range(words.number):
            holders = self.holders[self._slot(words.keys[word])]
            any_common |= holders
            for number in range(_DESCRIPTION + 1):
                common[number] += holders >> number & 1
        if any_common == 0:
            return
        size, best = words.number, 0.0
        for number in range(self.titles):
            shared = common[number]
            if shared:
                best = max(best, shared / (size + self.size[number] - shared))
        into[_TITLE_MATCH, at] = best
        shared = common[_DESCRIPTION]
        if shared:
            into[_DESCRIPTION_MATCH, at] = shared / (size + self.size[_DESCRIPTION] - shared)
        if best >= _SIMILAR:
            lowered = text.lower()
            into[_TITLE_EXACT, at] = lowered in self.title_texts
            for title_text in self.title_texts:
                if lowered in title_text:
                    into[_TITLE_WITHIN, at] = 1

    def _names_author(self, codes: Sequence[int], begin: int, end: int) -> bool:
        for number in range(len(self.name_ends) - 1):
            start = self.name_ends[number]
            length = self.name_ends[number + 1] - start
            for at in range(begin, end - length + 1):
                place = 0
                while place < length and codes[at + place] == self.names[start + place]:
                    place += 1
                if place == length:
                    return True
        return False


_NO_TRIPLES = np.zeros(0, dtype=np.uint8)


def _triples(text: str) -> NDArray[np.uint8]:
    """1 for every three letters in a row that the text has, by their number."""
    into = np.zeros(_TRIPLES, dtype=np.uint8)
    _fill_triples(text, into)
    return into


def _fill_triples(text: str, into: NDArray[np.uint8]) -> None:
    for at in range(len(text) - 2):
        into[_triple(ord(text[at]), ord(text[at + 1]), ord(text[at + 2]))] = 1


def _triple(first: int, second: int, third: int) -> int:
    return (first * 1601 + second * 40 + third) & (_TRIPLES - 1)
