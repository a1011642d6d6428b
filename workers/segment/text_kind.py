"""Is there a story on the flattened page, or does it only promote others? Judged from the first pass as a whole.

A story's paragraphs follow one another, share their names with each other and with the headline; the summaries of a
section page stand each under a headline of its own, beside a date, and share little.
"""

import numpy as np

from workers.segment.page import Role
from workers.segment.text_features import TextFeatures
from workers.segment.text_tokens import Floats

_OWN = (
    "page_blocks", "page_words", "page_long", "page_long_share", "page_gaps", "page_stops", "page_uncased", "page_han",
    "page_titles",
)  # fmt: skip
NAMES = (
    *_OWN, "body", "body_share", "sure", "head", "dek", "byline", "teasers", "summaries", "snippets", "captions",
    "run", "run_share", "run_blocks", "alone", "shared", "shared_with_headline", "titled", "dates", "mores",
    "block_words", "first_sure", "head_and_run", "after_headline",
)  # fmt: skip
_LIKELY = 0.3
"""From this probability on a block may be a promo's headline, and ends a run of body."""


def page_features(features: TextFeatures, first: Floats) -> Floats:
    """One row of NAMES (1 x columns) from a page's features and the first pass's probabilities (roles x blocks)."""
    at = {name: row for row, name in enumerate(features.names)}
    columns, words = features.columns, features.words
    number = len(words)
    body = first[Role.BODY]
    mass = body * words
    total = max(1.0, float(mass.sum()))
    head = first[Role.HEADLINE]
    headline = np.zeros_like(head)
    headline[int(np.argmax(head))] = 1
    promoted = first[Role.TEASER_HEADLINE] > _LIKELY
    run = np.cumsum(promoted)
    masses = np.bincount(run, mass)
    most = int(masses.argmax())
    sure = body > 0.5
    titled = np.zeros(number, dtype=bool)
    title = (columns[at["ends_stop"]] == 0) & (words >= 3) & (words <= 24)
    titled[1:] = title[:-1]
    titled[2:] |= title[:-2]
    alone = np.ones(number, dtype=bool)
    alone[1:] &= ~sure[:-1]
    alone[:-1] &= ~sure[1:]
    shared = features.cohesion.shared_with(body)
    with_headline = features.cohesion.shared_with(headline)
    dates = columns[[at["whole_updated"], at["head_updated"], at["tail_updated"]]].max(axis=0)
    values = [
        *(float(columns[at[name], 0]) for name in _OWN), total, total / max(1.0, float(words.sum())), sure.sum(),
        head.max(), first[Role.DEK].max(), first[Role.BYLINE].max(), first[Role.TEASER_HEADLINE].sum(),
        first[Role.TEASER_SUMMARY].sum(), first[Role.SNIPPET].sum(), first[Role.CAPTION].sum(), masses[most],
        masses[most] / total, (sure & (run == most)).sum(), mass[alone].sum() / total, (shared * mass).sum() / total,
        (with_headline * mass).sum() / total, mass[titled].sum() / total, dates.sum(),
        (columns[at["whole_more"]] * columns[at["repeats"]]).max(), words[sure].mean() if sure.any() else 0.0,
        float(np.argmax(sure)) / number, head.max() * masses[most] / total,
        mass[int(np.argmax(head)) :].sum() / total,
    ]  # fmt: skip
    return np.array([values], dtype=np.float32)
