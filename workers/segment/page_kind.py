"""Is there a story on the page, or does it only promote others? Judged from the first pass's verdicts as a whole.

A story's paragraphs share a parent and stand in one run; the summaries of a section page stand each in a card of its
own, under a linked headline, beside a date. What the page declares (article, path of the address) counts as well.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import page_sums
from workers.segment.html_features import AT, HtmlFeatures
from workers.segment.html_features_base import Matrix

_DECLARED = (
    "page_words", "page_links", "page_long", "page_long_words", "page_has_body", "page_is_article", "page_path_parts",
    "page_slug", "page_slug_dashes", "page_slug_digits", "title_found", "page_is_collection", "page_names_section",
    "page_in_body",
)  # fmt: skip
_DECLARED_ROWS = [AT[name] for name in _DECLARED]
_COUNTED_ROWS = np.array([AT[name] for name in page_sums.ROWS])
_CARDS = tuple(
    f"{kind}_{name}"
    for kind in ("card", "unit")
    for name in ("count", "uneven", "linked", "headings", "long", "images", "times", "links", "longest")
)
_CARD_ROWS = [AT[name] for name in _CARDS]
_IN_CARD, _IN_UNIT = AT["card_count"], AT["unit_count"]
NAMES = (
    *_DECLARED, "body", "teasers", "summaries", "captions", "head", "longest_run", "run_share", "linked_body",
    "parent_share", "parent_words", "alike_share", "alike_words", "headings", "linked_headings", "dates",
    "far_links", "longest_block", "headline_and_body", "first_body_at", "children", "more_links", "bylines", "promoted",
    *(f"body_{name}" for name in _CARDS), "body_in_cards", "body_in_units", "largest_list", "largest_list_cards",
)  # fmt: skip


def page_features(features: HtmlFeatures, first: Matrix) -> NDArray[np.float32]:
    """One row of NAMES (1 x columns) from a page's features and the first pass's probabilities."""
    table, shape, words = features.table, features.shape, features.counts.words
    first = np.ascontiguousarray(first.T)
    mass = first[1] * words
    body = max(1.0, float(mass.sum()))
    masks = np.empty((5, len(words)), dtype=np.uint8)
    counts, sums = np.empty(page_sums.COUNTS, dtype=np.int64), np.empty(page_sums.SUMS)
    page_sums.count_page(
        table, _COUNTED_ROWS, first, mass, shape.ancestors[1], shape.near.of, features.links.of,
        float(table[AT["page_path_parts"], 0]), masks, counts, sums,
    )  # fmt: skip
    linked, promoted, _, sure, most = masks.view(np.bool_)
    headings, linked_headings, more, bylines, first_sure, targets, targets_below = counts.tolist()
    run, parent, alike = sums.tolist()
    values = [
        *table[_DECLARED_ROWS, 0].tolist(),
        body, first[2].sum(), first[3].sum(), first[4].sum(), first[5].max(), run, run / body,
        mass[linked].sum() / body, parent / body, parent, alike / body,
        words[most].mean(), headings, linked_headings, table[AT["hint_month"]].sum(),
        targets, words[sure].max() if sure.any() else 0.0,
        first[5].max() * run / body, first_sure / len(words),
        targets_below, more, bylines,
        promoted.sum() / len(words),
        # How the body stands in cards: a list's summaries do, each with a headline, a date and a link of its own.
        *((table[_CARD_ROWS] @ mass) / body).tolist(), mass[table[_IN_CARD] > 0].sum() / body,
        mass[table[_IN_UNIT] > 0].sum() / body, *_largest_list(table, mass, body),
    ]  # fmt: skip
    return np.array([values], dtype=np.float32)


def _largest_list(table: Matrix, mass: NDArray[np.float32], body: float) -> tuple[float, float]:
    """The share of the body in the list of cards that holds most of it, and how many cards that list has."""
    lists = table[_IN_CARD].astype(np.int64) * (table[AT["card_links"]] > _MOST_LEAD)
    held = np.bincount(lists, mass)
    held[0] = 0
    largest = int(held.argmax())
    return float(held[largest]) / body, float(largest)


_MOST_LEAD = 0.6
"""In a list of promos most cards hold a link of their own."""
