"""Learns the lexicon: which roles words speak for, one vote a publisher."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from workers.segment.text_lexicon import BITS, GROUP_OF_CLASS, GROUPS, OPENING, STEPS, Lexicon, openings, slots
from workers.segment.text_phrases import heads
from workers.segment.text_tokens import Tokens

_LEAST_PUBLISHERS = 4
"""A word must be used by so many publishers to be in the table: what fewer share is their own."""
_PRIOR = 3.0
"""Votes for "as everywhere" that every word starts with."""

Page = tuple[str, Tokens, NDArray[np.int64]]
"""Publisher, the page's tokens, its blocks' roles."""


def learn(pages: Iterable[Page]) -> Lexicon:
    """Count, per word and group of roles, the shares that publishers give it."""
    by_publisher: dict[str, list[Page]] = {}
    for page in pages:
        by_publisher.setdefault(page[0], []).append(page)
    size = 2**BITS * len(GROUPS)
    votes = [np.zeros(size), np.zeros(size)]
    users = [np.zeros(2**BITS), np.zeros(2**BITS)]
    for publisher in sorted(by_publisher):
        for table, keys in enumerate(_keys(by_publisher[publisher])):
            unique, count = np.unique(keys, return_counts=True)
            word, number = unique // len(GROUPS), count.astype(np.float64)
            total = np.bincount(np.unique(word, return_inverse=True)[1], number)
            words, inverse = np.unique(word, return_inverse=True)
            votes[table][unique] += number / total[inverse]
            users[table][words] += 1
    return Lexicon(*(_evidence(vote, user) for vote, user in zip(votes, users, strict=True)))


def _keys(pages: list[Page]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Slot x group of every word of a publisher's pages, anywhere and at openings."""
    anywhere: list[NDArray[np.int64]] = []
    opening: list[NDArray[np.int64]] = []
    for _, tokens, roles in pages:
        group = np.where(roles >= 0, GROUP_OF_CLASS[np.maximum(roles, 0)], -1)
        for found, slot, of in (
            (anywhere, slots(tokens.hash), group[tokens.block]),
            *((opening, slot, group) for slot in openings(heads(tokens, OPENING))),
        ):
            found.append((slot * len(GROUPS) + of)[of >= 0])
    return np.concatenate(anywhere), np.concatenate(opening)


def _evidence(votes: NDArray[np.float64], users: NDArray[np.float64]) -> NDArray[np.int8]:
    votes = votes.reshape(-1, len(GROUPS))
    usual = votes.sum(axis=0) / max(1.0, votes.sum())
    smoothed = (votes + _PRIOR * usual) / (votes.sum(axis=1, keepdims=True) + _PRIOR)
    table = np.rint(np.log(smoothed / np.maximum(usual, 1e-9)) * STEPS)
    table[users < _LEAST_PUBLISHERS] = 0
    result: NDArray[np.int8] = np.clip(table, -127, 127).astype(np.int8)
    return result
