"""Pages of the body corpora that we read block by block: tests/train/readings.jsonl says what each block is.

A line a page: its corpus and id, a digest of every block's words (so that labels find their blocks again when pages are
cut a little otherwise, and no page's text is stored here), and the labels in the notation of the corpora's guide:
"T 12; Y 14; B 16-22,24; t 40-41 / 42; t 50 !" — headline (T), dek (D), byline (Y), body (B), captions (C), teasers (t:
headline / summary, "!" if paid), snippets (n); what is not listed is chrome.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment.page import Role

FILE = Path(__file__).with_name("readings.jsonl")
LETTERS = {
    "T": Role.HEADLINE,
    "D": Role.DEK,
    "Y": Role.BYLINE,
    "B": Role.BODY,
    "C": Role.CAPTION,
    "t": Role.TEASER_HEADLINE,
    "n": Role.SNIPPET,
}
"""What the letters of the notation stand for."""
_DIGITS = 4
"""Hexadecimal digits a block: runs of blocks are compared, so that a chance match of one in 65,536 does no harm."""


@dataclass(frozen=True, slots=True)
class Promo:
    """A teaser as it was read: numbers of blocks."""

    headline: list[int]
    summary: list[int]
    paid: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What the blocks of a page are."""

    digests: list[str]
    roles: NDArray[np.int64]
    promos: list[Promo]


def block_digest(words: str) -> str:
    """A few digits that stand for a block's words (corpora.normal)."""
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]


@cache
def readings() -> dict[tuple[str, str], Reading]:
    """All readings by corpus and id."""
    found = {}
    with FILE.open(encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            blocks = page["blocks"]
            digests = [blocks[at : at + _DIGITS] for at in range(0, len(blocks), _DIGITS)]
            found[page["corpus"], page["id"]] = Reading(digests, *parse(page["labels"], len(digests)))
    return found


def parse(labels: str, count: int) -> tuple[NDArray[np.int64], list[Promo]]:
    """Roles and teasers from the notation above. Raises ValueError for a block that is not there or labelled twice."""
    roles = np.full(count, Role.CHROME, dtype=np.int64)
    promos = []
    for item in filter(None, (item.strip() for item in labels.split(";"))):
        kind, _, rest = item.partition(" ")
        blocks, _, summary = rest.replace("!", "").partition("/")
        headline, below = numbers(blocks), numbers(summary)
        for at, role in [(at, LETTERS[kind]) for at in headline] + [(at, Role.TEASER_SUMMARY) for at in below]:
            if not 0 <= at < count or roles[at] != Role.CHROME:
                raise ValueError(f"block {at} of {count} in {item!r} is not there or has a role already")
            roles[at] = role
        if kind == "t":
            promos.append(Promo(headline, below, "!" in rest))
    return roles, promos


def numbers(ranges: str) -> list[int]:
    """The numbers in "12,14-18"."""
    found: list[int] = []
    for part in filter(None, ranges.replace(" ", "").split(",")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found
