"""Confidence that means what it says: of records with confidence 0.9, nine in ten are right.

The labeller's probabilities are sure of themselves in their own way, and a record is more than one block. So each kind
of record gets a score from the probabilities of the blocks it is made of, and a table, learned from pages that the
model had not seen, says how many of the records with such a score were right (isotonic regression: Zadrozny and
Elkan, Transforming classifier scores into accurate multiclass probability estimates, 2002).

Right means: an article whose body has nine tenths of its words right (word F1 against a reader's), a teaser whose
headline is that of a promo on the page, a snippet that is one.
"""

import json
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from workers.segment.assemble import Assembled
from workers.segment.page import Block, Role

Kind = Literal["html", "text"]
Table = tuple[list[float], list[float]]
"""Rising scores, and the share of right records at each."""

FILE = "confidence.json"


def calibrate(kind: Kind, found: Assembled, article: float) -> None:
    """Replace the records' scores by the share of right records among those with such a score, 0..1.

    Between the table's scores a share is read off a straight line. article: the story's score, from `article_score`.
    Promos and feed items come with theirs: the probability of the block that makes them.
    """
    if found.story is not None:
        found.story.confidence = _share(tables()[kind, "article"], article)
    if found.promos:
        table = tables()[kind, "teaser"]
        for promo in found.promos:
            promo.confidence = _share(table, promo.confidence)
    if found.feed_items:
        table = tables()[kind, "snippet"]
        for item in found.feed_items:
            item.confidence = _share(table, item.confidence)


def _share(table: Table, score: float) -> float:
    """As numpy.interp has it, which is slow where it is asked for one value."""
    known, shares = table
    at = bisect_right(known, score) - 1
    if at < 0:
        return shares[0]
    if at == len(known) - 1 or known[at] == score:
        return shares[at]
    slope = (shares[at + 1] - shares[at]) / (known[at + 1] - known[at])
    return slope * (score - known[at]) + shares[at]


def article_score(blocks: list[Block], probabilities: NDArray[np.float32], words: NDArray[np.float32]) -> float:
    """The word F1 that the probabilities lead one to expect of the body as chosen, 0..1.

    blocks have their roles; probabilities is blocks x roles; words the length of each block.
    """
    return expected_f1([at for at, block in enumerate(blocks) if block.role is Role.BODY], probabilities, words)


def expected_f1(body: list[int], probabilities: NDArray[np.float32], words: NDArray[np.float32]) -> float:
    """As article_score, where it is known which blocks were chosen."""
    chosen = np.array(body, dtype=np.intp)
    mass = probabilities[:, Role.BODY] * words
    both = float(np.add.reduce(words.take(chosen)) + np.add.reduce(mass))
    return 2 * float(np.add.reduce(mass.take(chosen))) / both if both else 0.0


@cache
def tables() -> dict[tuple[str, str], Table]:
    """The tables by kind of page and record, loaded once a process."""
    stored = json.loads((files("workers.segment") / "data" / FILE).read_text("utf-8"))
    return {
        (kind, record): ([float(row[0]) for row in rows], [float(row[1]) for row in rows])
        for kind, records in stored.items()
        for record, rows in records.items()
    }
