"""Which roles the words of a block speak for, as learned: one row of evidence a word, whatever its language.

Naive Bayes with one vote a publisher: a word's row holds, for each group of roles, the logarithm of how much likelier
the group is where the word stands than anywhere. Words that fewer than a few publishers use are left out, so that
nothing of a single site is in the table.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment.text_phrases import heads
from workers.segment.text_tokens import Floats, Hashes, Tokens

GROUPS = ("chrome", "body", "teaser_headline", "summary", "label")
"""What words can tell apart; headlines go with teaser headlines, deks and snippets with summaries, bylines and captions
are labels."""
GROUP_OF_ROLE = np.array([0, 1, 2, 3, 4, 4, 2, 3, 3], dtype=np.int64)
"""By Role's number."""
BITS = 17
"""Words are kept by so many bits of their hash."""
STEPS = 24.0
"""The table's whole numbers are logarithms times this."""
_OPENING = 3
_CLOSING = 2


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Evidence by word, anywhere in a block and at its opening: 2**BITS x GROUPS, int8, STEPS to one."""

    anywhere: NDArray[np.int8]
    opening: NDArray[np.int8]


def slots(hashes: Hashes) -> NDArray[np.int64]:
    """Rows of the table that belong to hashes."""
    return (hashes >> np.uint64(64 - BITS)).astype(np.int64)


def openings(tokens: Tokens) -> list[NDArray[np.int64]]:
    """Rows of the opening table: of the first word, the first two, the first three."""
    return [slots(hashes) for hashes in heads(tokens, _OPENING)]


def evidence(lexicon: Lexicon, tokens: Tokens) -> Floats:
    """Columns x blocks: means over a block's words, its last words, its openings; the share of known words."""
    rows = lexicon.anywhere[slots(tokens.hash)]
    known = rows.any(axis=1)
    count = tokens.count.astype(np.float32)
    sums = np.add.reduceat(rows, tokens.start, axis=0, dtype=np.int32).T / (count * np.float32(STEPS))
    end = tokens.start + tokens.count
    last = np.zeros_like(sums)
    for back in range(1, _CLOSING + 1):
        last += rows[np.maximum(end - back, tokens.start)].T / np.float32(STEPS * _CLOSING)
    opening = np.zeros_like(sums)
    for slot in openings(tokens):
        opening += lexicon.opening[slot].T / np.float32(STEPS * _OPENING)
    share = np.add.reduceat(known, tokens.start, dtype=np.float32) / count
    return np.concatenate([sums, last, opening, share[None, :]]).astype(np.float32)


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon stored in a model file. Raises KeyError and OSError as numpy does."""
    with np.load(path, allow_pickle=False) as stored:
        return Lexicon(stored["lexicon_anywhere"], stored["lexicon_opening"])
