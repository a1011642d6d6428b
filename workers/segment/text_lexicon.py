"""Which roles the words of a block speak for, as learned: one row of evidence a word, whatever its language.

Naive Bayes with one vote a publisher: a word's row holds, for each group of roles, the logarithm of how much likelier
the group is where the word stands than anywhere. Words that fewer than a few publishers use are left out, so that
nothing of a single site is in the table. (A softmax regression on the same words is the better judge by itself, but
trees that hear it trust it too much: their held-out verdicts on promos got worse.)
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment.phrase_loops import fill_evidence as _weigh
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
"""So many last words of a block are looked at apart."""
_DIVIDED = np.array([STEPS, STEPS * _CLOSING, STEPS * OPENING], dtype=np.float32)
"""A sum of words, of last words, of openings has so many steps to one."""
_WIDTH = 8
ROWS = 3 * len(GROUPS) + 1
"""Of evidence."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Evidence by word, anywhere in a block and at its opening: 2**BITS x GROUPS, int8, STEPS to one."""

    anywhere: NDArray[np.int8]
    opening: NDArray[np.int8]
    table: NDArray[np.int8] = field(init=False, repr=False)
    """anywhere with, behind it, 1 for words that are known; as wide as what a processor adds up at once."""

    def __post_init__(self) -> None:
        table = np.zeros((len(self.anywhere), _WIDTH), dtype=np.int8)
        table[:, : len(GROUPS)] = self.anywhere
        table[:, len(GROUPS)] = self.anywhere.any(axis=1)
        object.__setattr__(self, "table", table)


def slots(hashes: Hashes) -> NDArray[np.int64]:
    """Rows of the table that belong to hashes."""
    return (hashes >> np.uint64(64 - BITS)).astype(np.int64)


def openings(heads: Hashes) -> list[NDArray[np.int64]]:
    """Rows of the opening table: of the first word, the first two, the first three. From text_phrases.heads."""
    return [slots(hashes) for hashes in heads[:OPENING]]


def fill_evidence(lexicon: Lexicon, tokens: Tokens, heads: Hashes, into: Floats) -> None:
    """ROWS x blocks: means over a block's words, its last words, its openings; the share of known words.

    heads: of the tokens, from text_phrases.heads, at least OPENING of them.
    """
    count = tokens.count.astype(np.float32)
    _weigh(
        tokens.hash.data,
        tokens.bounds,
        heads[:OPENING],
        lexicon.table.data,
        lexicon.opening.data,
        64 - BITS,
        _CLOSING,
        _DIVIDED,
        count,
        into,
    )


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon stored in a model file. Raises KeyError and OSError as numpy does."""
    with np.load(path, allow_pickle=False) as stored:
        return Lexicon(stored["lexicon_anywhere"], stored["lexicon_opening"])
