"""Is there a story on the page, or does it only promote others? Judged from the first pass's verdicts as a whole.

A story's paragraphs share a parent and stand in one run; the summaries of a section page stand each in a card of its
own, under a linked headline, beside a date. What the page declares (article, path of the address) counts as well.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features import AT, HtmlFeatures
from workers.segment.html_features_base import Matrix

_DECLARED = (
    "page_words", "page_links", "page_long", "page_long_words", "page_has_body", "page_is_article", "page_path_parts",
    "page_slug", "page_slug_dashes", "page_slug_digits", "title_found", "page_is_collection", "page_names_section",
    "page_in_body",
)  # fmt: skip
_DECLARED_ROWS = [AT[name] for name in _DECLARED]
_HEADINGS = [AT[name] for name in ("tag_h1", "tag_h2", "tag_h3", "tag_h4")]
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
    table, shape, words, links = features.table, features.shape, features.counts.words, features.links.of
    first = np.ascontiguousarray(first.T)
    mass = first[1] * words
    body = max(1.0, float(mass.sum()))
    heading = table[_HEADINGS].any(axis=0)
    linked = table[AT["link_ratio"]] > 0.8
    promoted = linked & (table[AT["words"]] >= 3) & (table[AT["linked"]] > 0) & (table[AT["own_link"]] == 0)
    # Links to pages below the page's own address: a section's stories, a show's episodes.
    own = table[AT["page_path_parts"], 0]
    below = (table[AT["path_shared"]] >= own) & (table[AT["path_parts"]] > own) & (own > 0)
    more = linked & (table[AT["hint_show_more"]] + table[AT["hint_read_more"]] > 0) & (words < 6)
    # A run of body ends where another story's linked headline stands.
    breaks = np.cumsum(promoted & (heading | (first[2] > 0.3)))
    run = float(np.bincount(breaks, mass).max())
    parent = np.bincount(shape.ancestors[1], mass)
    near = shape.near.of
    alike = np.bincount(near, mass)
    most = near[alike.take(near).argmax()]
    sure = first[1] > 0.5
    values = [
        *table[_DECLARED_ROWS, 0].tolist(),
        body, first[2].sum(), first[3].sum(), first[4].sum(), first[5].max(), run, run / body,
        mass[linked].sum() / body, parent.max() / body, parent.max(), alike.max() / body,
        words[near == most].mean(), heading.sum(), (heading & linked).sum(), table[AT["hint_month"]].sum(),
        len(np.unique(links[promoted])), words[sure].max() if sure.any() else 0.0,
        first[5].max() * run / body, float(np.argmax(sure)) / len(words),
        len(np.unique(links[below])), more.sum(), (table[AT["hint_by"]] * (words < 12)).sum(),
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
