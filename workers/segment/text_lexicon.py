"""Which roles the words of a block speak for, as learned: one row of evidence a word, whatever its language.

Naive Bayes with one vote a publisher: a word's row holds, for each group of roles, the logarithm of how much likelier
the group is where the word stands than anywhere. Words that fewer than a few publishers use are left out, so that
nothing of a single site is in the table. (A softmax regression on the same words is the better judge by itself, but
trees that hear it trust it too much: their held-out verdicts on promos got worse.)
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment.text_tokens import Floats, Hashes, Tokens

ALT = 9
"""The class after the labeller's roles: a picture's alt text. Chrome to everyone else, but it speaks a language of its
own, which is learned better apart."""
CLASSES = 10
"""The labeller's roles and ALT."""
GROUPS = ("chrome", "body", "teaser_headline", "summary", "label", "alt")
"""What words can tell apart; headlines go with teaser headlines, deks and snippets with summaries, bylines and captions
are labels."""
GROUP_OF_CLASS = np.array([0, 1, 2, 3, 4, 4, 2, 3, 3, 5], dtype=np.int64)
"""By class."""
BITS = 17
"""Words are kept by so many bits of their hash."""
STEPS = 24.0
"""The table's whole numbers are logarithms times this."""
OPENING = 3
_CLOSING = 2
_FIELD = 21
"""Bits of a sum: three share a 64-bit number, so that a block's words are added up three groups at a time."""
_OFFSET = 128
"""Makes the table's numbers positive, which sharing needs; taken off the sums again."""


class Lexicon:
    """Evidence by word, anywhere in a block and at its opening: 2**BITS x GROUPS, int8, STEPS to one."""

    def __init__(self, anywhere: NDArray[np.int8], opening: NDArray[np.int8]) -> None:
        self.anywhere = anywhere
        self.opening = opening
        parts = -(-(len(GROUPS) + 1) // 3)
        fields = np.zeros((len(anywhere), 3 * parts), dtype=np.uint64)
        fields[:, : len(GROUPS)] = anywhere.astype(np.int64) + _OFFSET
        fields[:, len(GROUPS)] = anywhere.any(axis=1)
        places = np.uint64(_FIELD) * np.arange(3, dtype=np.uint64)
        self.packed = [
            (fields[:, 3 * part : 3 * part + 3] << places).sum(axis=1, dtype=np.uint64) for part in range(parts)
        ]

    def sums(self, tokens: Tokens) -> Floats:
        """(GROUPS + 1) x blocks: the sums of a block's words in each group, and how many of them are known."""
        slot = slots(tokens.hash)
        mask = np.uint64((1 << _FIELD) - 1)
        rows = []
        for table in self.packed:
            total = np.add.reduceat(table[slot], tokens.start)
            rows += [(total >> np.uint64(_FIELD * place)) & mask for place in range(3)]
        result = np.stack(rows[: len(GROUPS) + 1]).astype(np.float32)
        result[: len(GROUPS)] -= np.float32(_OFFSET) * tokens.count
        return result


def slots(hashes: Hashes) -> NDArray[np.int64]:
    """Rows of the table that belong to hashes."""
    return (hashes >> np.uint64(64 - BITS)).astype(np.int64)


def openings(heads: list[Hashes]) -> list[NDArray[np.int64]]:
    """Rows of the opening table: of the first word, the first two, the first three. From text_phrases.heads."""
    return [slots(hashes) for hashes in heads[:OPENING]]


def evidence(lexicon: Lexicon, tokens: Tokens, heads: list[Hashes]) -> Floats:
    """Columns x blocks: means over a block's words, its last words, its openings; the share of known words.

    heads: of the tokens, from text_phrases.heads.
    """
    count = tokens.count.astype(np.float32)
    summed = lexicon.sums(tokens)
    sums = summed[: len(GROUPS)] / (count * np.float32(STEPS))
    end = tokens.start + tokens.count
    last = np.zeros_like(sums)
    for back in range(1, _CLOSING + 1):
        at = np.maximum(end - back, tokens.start)
        last += lexicon.anywhere[slots(tokens.hash[at])].T / np.float32(STEPS * _CLOSING)
    opening = np.zeros_like(sums)
    for slot in openings(heads):
        opening += lexicon.opening[slot].T / np.float32(STEPS * OPENING)
    return np.concatenate([sums, last, opening, summed[len(GROUPS) :] / count])


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon stored in a model file. Raises KeyError and OSError as numpy does."""
    with np.load(path, allow_pickle=False) as stored:
        return Lexicon(stored["lexicon_anywhere"], stored["lexicon_opening"])
