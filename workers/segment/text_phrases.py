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
from workers.segment.phrase_loops import fill_bits
from workers.segment.text_tokens import Hashes, Tokens, tokenise
from workers.segment.token_loops import fill_heads, fill_tails

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
"""In words: how much of a line's end may be a phrase."""
_SHORT = 40
"""In characters: fragments of unspaced scripts mean something in labels, not in sentences."""
_MOST = 0.6
"""A fragment that covers this share of a line counts as the whole line."""

Bits = NDArray[np.int32]


def heads(tokens: Tokens, most: int) -> Hashes:
    """Hashes of each block's first 1, 2, ... `most` tokens (rows); a shorter block repeats its longest."""
    into = np.empty((most, len(tokens.count)), dtype=np.uint64)
    fill_heads(tokens.hash.data, tokens.bounds, into)
    return into


def tails(tokens: Tokens, most: int) -> Hashes:
    """Hashes of each block's last 1, 2, ... `most` tokens, combined as `heads` does; 0 where the block is shorter."""
    into = np.empty((most, len(tokens.count)), dtype=np.uint64)
    fill_tails(tokens.hash.data, tokens.bounds, into)
    return into


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases by hash."""

    keys: Hashes
    """Sorted, with an end mark."""
    bits: Bits
    """Categories of each."""
    start: NDArray[np.int32]
    """By a hash's top 16 bits: where keys of this top begin. A search that needs no search."""


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
    return _Table(order, np.array([*(merged[key] for key in ordered), 0], dtype=np.int32), start)


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


def phrase_bits(texts: list[str], tokens: Tokens, opening: Hashes) -> tuple[Bits, Bits, Bits]:
    """Bits of CATEGORIES for each block: the block is such a phrase, starts with one, ends with one.

    opening: heads of the tokens, LONGEST of them.
    """
    known = _phrases()
    whole, head, tail = np.empty((3, len(texts)), dtype=np.int32)
    fill_bits(opening, tails(tokens, _TAIL), tokens.count, known.keys, known.bits, known.start, whole, head, tail)
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
