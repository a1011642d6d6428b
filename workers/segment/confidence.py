"""Confidence that means what it says: of records with confidence 0.9, nine in ten are right.

The labeller's probabilities are sure of themselves in their own way, and a record is more than one block. So each kind
of record gets a score from the probabilities of the blocks it is made of, and a table, learned from pages that the
model had not seen, says how many of the records with such a score were right (isotonic regression: Zadrozny and
Elkan, Transforming classifier scores into accurate multiclass probability estimates, 2002).

Right means: an article whose body has nine tenths of its words right (word F1 against a reader's), a teaser whose
headline is that of a promo on the page, a snippet that is one.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from workers.segment.assemble import Assembled
from workers.segment.page import Block, Role

Record = Literal["article", "teaser", "snippet"]
Kind = Literal["html", "text"]
Table = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Rising scores, and the share of right records at each."""

FILE = "confidence.json"


def calibrate(kind: Kind, found: Assembled, article: float) -> None:
    """Replace the records' scores by the share of right records among those with such a score, 0..1.

    Between the table's scores a share is read off a straight line. article: the story's score, from `article_score`.
    Promos and feed items come with theirs: the probability of the block that makes them.
    """
    if found.story is not None:
        found.story.confidence = float(_shares(kind, "article", [article])[0])
    teasers = _shares(kind, "teaser", [promo.confidence for promo in found.promos])
    for promo, share in zip(found.promos, teasers, strict=True):
        promo.confidence = float(share)
    snippets = _shares(kind, "snippet", [item.confidence for item in found.feed_items])
    for item, share in zip(found.feed_items, snippets, strict=True):
        item.confidence = float(share)


def _shares(kind: Kind, record: Record, scores: list[float]) -> NDArray[np.float64]:
    known, shares = tables()[kind, record]
    return np.interp(scores, known, shares)


def article_score(blocks: list[Block], probabilities: NDArray[np.float32], words: NDArray[np.float32]) -> float:
    """The word F1 that the probabilities lead one to expect of the body as chosen, 0..1.

    blocks have their roles; probabilities is blocks x roles; words the length of each block.
    """
    chosen = np.fromiter((block.role is Role.BODY for block in blocks), dtype=bool, count=len(blocks))
    mass = probabilities[:, Role.BODY] * words
    both = float(words[chosen].sum() + mass.sum())
    return 2 * float(mass[chosen].sum()) / both if both else 0.0


@cache
def tables() -> dict[tuple[str, str], Table]:
    """The tables by kind of page and record, loaded once a process."""
    stored = json.loads((files("workers.segment") / "data" / FILE).read_text("utf-8"))
    return {
        (kind, record): (np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))
        for kind, records in stored.items()
        for record, rows in records.items()
    }
