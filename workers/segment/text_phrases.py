"""What the phrases of news pages' furniture say of a line: whole, at its head, at its tail, in some thirty languages.

A page mixes languages, so all lists are asked at once. Phrases are compared as hashes of their words, for all blocks
together; only scripts that write no spaces need their text searched.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import HAN, UNSPACED
from workers.segment.text_tokens import Hashes, Tokens, tokenise

CATEGORIES = (
    "section", "feed", "related", "readmore", "image", "credit", "readtime", "byline", "updated", "subscribe",
    "account", "consent", "share", "comment", "advert", "rights", "more", "tags", "support", "bio", "contact", "note",
    "player",
)  # fmt: skip
"""The order is part of the trained model: append, never reorder, and train anew after every change."""
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "nordic", "fi", "pl", "cyrillic", "spaced")
LONGEST = 4
"""In words. Longer phrases are known by their first four."""
_TAIL = 3
_STEP = np.uint64(0xD6E8FEB86659FD93)
_SHORT = 40
"""In characters: fragments of unspaced scripts mean something in labels, not in sentences."""
_MOST = 0.6
"""A fragment that covers this share of a line counts as the whole line."""

Bits = NDArray[np.int32]


def heads(tokens: Tokens, most: int) -> list[Hashes]:
    """Hashes of each block's first 1, 2, ... `most` tokens; a shorter block repeats its longest."""
    result = [tokens.hash[tokens.start]]
    for place in range(1, most):
        there = tokens.count > place
        following = tokens.hash[np.minimum(tokens.start + place, len(tokens.hash) - 1)]
        result.append(np.where(there, result[-1] * _STEP + following, result[-1]))
    return result


def tails(tokens: Tokens, most: int) -> list[Hashes]:
    """Hashes of each block's last 1, 2, ... `most` tokens, combined as `heads` does; 0 where the block is shorter."""
    end = tokens.start + tokens.count
    result = []
    for length in range(1, most + 1):
        there = tokens.count >= length
        combined = tokens.hash[np.where(there, end - length, 0)]
        for place in range(length - 1, 0, -1):
            combined = combined * _STEP + tokens.hash[np.where(there, end - place, 0)]
        result.append(np.where(there, combined, np.uint64(0)))
    return result


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases by hash."""

    keys: Hashes
    """Sorted, with an end mark."""
    bits: Bits
    """Categories of each."""
    start: NDArray[np.int32]
    """By a hash's top 16 bits: where keys of this top begin. A search that needs no search."""
    depth: int
    """Keys that share a top, at most."""

    def look_up(self, wanted: Hashes) -> Bits:
        """Categories of each wanted hash, 0 for unknown ones."""
        at = self.start[(wanted >> np.uint64(48)).astype(np.intp)]
        found = np.where(self.keys[at] == wanted, self.bits[at], np.int32(0))
        for step in range(1, self.depth):
            there = np.minimum(at + step, len(self.keys) - 1)
            found |= np.where(self.keys[there] == wanted, self.bits[there], np.int32(0))
        result: Bits = found
        return result


@lru_cache(maxsize=1)
def _phrases() -> _Table:
    listed: dict[str, int] = {}
    for language in LANGUAGES:
        for bit, phrase in _entries(language):
            listed[phrase] = listed.get(phrase, 0) | bit
    texts = [phrase for phrase in listed if any(map(str.isalnum, phrase))]
    keys = heads(tokenise(texts), LONGEST)[-1]
    merged: dict[int, int] = {}
    for key, text in zip(keys.tolist(), texts, strict=True):
        merged[key] = merged.get(key, 0) | listed[text]
    ordered = sorted(merged)
    order = np.array([*ordered, 2**64 - 1], dtype=np.uint64)
    tops = np.arange(1 << 16, dtype=np.uint64) << np.uint64(48)
    start = np.searchsorted(order, tops).astype(np.int32)
    depth = int(np.bincount((order >> np.uint64(48)).astype(np.int64)).max())
    return _Table(order, np.array([*(merged[key] for key in ordered), 0], dtype=np.int32), start, depth)


@lru_cache(maxsize=1)
def _fragments() -> tuple[re.Pattern[str], dict[str, int]]:
    table: dict[str, int] = {}
    for bit, fragment in _entries("unspaced"):
        table[fragment] = table.get(fragment, 0) | bit
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), table


def _entries(language: str) -> list[tuple[int, str]]:
    entries = []
    text = (files("workers.segment") / "data" / f"text_phrases_{language}.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, listed = line.partition(": ")
            bit = 1 << CATEGORIES.index(name)
            entries += [(bit, entry.strip()) for entry in listed.split("; ") if entry.strip()]
    return entries


def phrase_bits(texts: list[str], tokens: Tokens, opening: list[Hashes]) -> tuple[Bits, Bits, Bits]:
    """Bits of CATEGORIES for each block: the block is such a phrase, starts with one, ends with one.

    opening: heads of the tokens, LONGEST of them.
    """
    known = _phrases()
    whole = np.zeros(len(texts), dtype=np.int32)
    head, tail = whole.copy(), whole.copy()
    for length, wanted in enumerate(opening, 1):
        found = known.look_up(wanted)
        head |= found
        np.copyto(whole, found, where=tokens.count == length)
    for wanted in tails(tokens, _TAIL):
        tail |= known.look_up(wanted)
    unspaced = tokens.classes[:, HAN : UNSPACED + 1].any(axis=1)
    if unspaced.any():
        pattern, table = _fragments()
        for row in np.flatnonzero(unspaced & (tokens.chars <= _SHORT)):
            text = texts[row]
            for match in pattern.finditer(text):
                bit = table[match[0]]
                head[row] |= bit
                if len(match[0]) >= _MOST * len(text):
                    whole[row] |= bit
    return whole, head, tail
