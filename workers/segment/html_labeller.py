"""The labeller of HTML pages: judge every block alone, then again in the light of its neighbours' verdicts."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment import second_look
from workers.segment.block_roles import likeliest, places, words_in
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_features_base import Matrix
from workers.segment.page import Role
from workers.segment.page_kind import page_features
from workers.segment.trees import Trees, load_trees

MODEL = Path(str(files("workers.segment"))) / "data" / "html_model.npz"
ROLES = 9
"""Roles that the labeller judges: CHROME to SNIPPET."""
SURE_CHROME = 0.98
"""What the first pass is this sure of is not judged again: six blocks of ten, and cross-validated no figure moves."""
LEAST_PROMOS = 3.0
"""Headlines of promos that a list holds at least, summed up over the first pass's probabilities: the 20 labelled
section pages have 5 to 62, stories that were taken for lists most often less than 3."""
_BODY, _PROMO, _BODY_OR_NOT = 1, 2, 6
"""Columns of the first pass's verdicts (second_look.FIRST_CLASSES)."""
_SMALL, _BARE = 40, 0.6
"""Blocks of a bare page at most, and the share of its words that are body at the first look."""
_LINE, _LIKELY, _HALF, _MORE = 4, 0.35, 0.5, 0.51
"""Words of a line that may be body there, and how likely it has to be in the mean of two judges: of 45 mock-ups of
pages without a story one, terms of use, has more than _BARE of its words in such lines."""
LEAST_TEASER = 0.42
"""Where cross-validated precision and recall of teasers balance on the labelled pages."""


@cache
def models() -> tuple[Trees, Trees, Trees, Trees]:
    """First pass, body or not, the page's kind, second pass; loaded once a process."""
    first, body, kind, second = (load_trees(MODEL, name) for name in ("first", "body", "kind", "second"))
    return first, body, kind, second


def label(features: HtmlFeatures) -> tuple[Matrix, float]:
    """Probabilities of each block's roles (blocks x ROLES, rows add up to 1), and that the page holds a story."""
    first, body, kind, second = models()
    verdicts = alone(first, body, features)
    story = holds_story(kind, features, verdicts)
    probabilities = np.zeros((len(verdicts), ROLES), dtype=np.float32)
    probabilities[:, Role.CHROME] = 1
    open_to_doubt = np.flatnonzero(verdicts[:, Role.CHROME] <= SURE_CHROME)
    if len(open_to_doubt):
        probabilities[open_to_doubt] = second.probabilities(both(features, verdicts, story, open_to_doubt))
    trust_the_first_look(probabilities, verdicts, features.counts.words)
    return probabilities, story


def holds_story(kind: Trees, features: HtmlFeatures, verdicts: Matrix) -> float:
    """Probability that the page holds a story; a page that promotes next to nothing is no list, whatever else it is."""
    story = float(kind.probabilities(page_features(features, verdicts))[0, 1])
    return max(story, LEAST_STORY) if _promotes_nothing(verdicts) else story


def _promotes_nothing(verdicts: Matrix) -> bool:
    return bool(verdicts[:, _PROMO].sum() < LEAST_PROMOS)


def trust_the_first_look(probabilities: Matrix, verdicts: Matrix, words: NDArray[np.float32]) -> None:
    """On a bare page, one that is hardly more than paragraphs, what the first pass takes for body is body.

    Pages of a few paragraphs and nothing else are unlike all that the second pass has learned from, and they have no
    context to judge by.
    """
    if len(words) > _SMALL or not _promotes_nothing(verdicts):
        return
    likely = (verdicts[:, _BODY] + verdicts[:, _BODY_OR_NOT]) / 2
    body = (words >= _LINE) & (likely >= _LIKELY) & (probabilities[:, Role.HEADLINE] < _HALF)
    if words[body].sum() < _BARE * words.sum():
        return
    doubted = np.flatnonzero(body & (probabilities[:, Role.BODY] < _HALF))
    probabilities[doubted] = 0
    probabilities[doubted, Role.BODY] = np.maximum(likely[doubted], _MORE)
    probabilities[doubted, Role.CHROME] = 1 - probabilities[doubted, Role.BODY]


def alone(first: Trees, body: Trees, features: HtmlFeatures) -> Matrix:
    """Verdicts on each block alone: blocks x FIRST_CLASSES.

    Two judges, since few pages have every block labelled and many only their body.
    """
    matrix = features.matrix
    return np.concatenate([first.probabilities(matrix).T, body.probabilities(matrix).T[1:]]).T


def both(features: HtmlFeatures, verdicts: Matrix, story: float, of: NDArray[np.intp] | None = None) -> Matrix:
    """The second pass's columns: the block's own, the verdicts around it, the page's kind.

    of: the blocks that are asked about; None: all.
    """
    own, count = features.table.shape
    asked = np.arange(count) if of is None else of
    table = np.empty((own + second_look.ROWS + 1, len(asked)), dtype=np.float32)
    # mode="clip" spares a check of every index, and a buffer.
    features.table.take(asked, axis=1, out=table[:own], mode="clip")
    first = np.ascontiguousarray(verdicts.T)
    second_look.fill(table[own:-1], first, features.counts.words, features.shape, features.links, asked)
    table[-1] = story
    return table.T


def decide(probabilities: Matrix, story: float, words: NDArray[np.float32]) -> list[Role]:
    """The role of each block. A teaser's headline needs less than half: what competes with it is mostly chrome.

    On a page that holds no story, what reads like one is a promo's summary or chrome. On one that holds a story, and
    shows next to none of it, markup of an unknown kind has kept every block's probability low: then the best are taken.
    """
    roles = likeliest(probabilities, story >= LEAST_STORY, LEAST_TEASER)
    if story >= LEAST_STORY and words_in(words, places(roles, Role.BODY)) < _NEXT_TO_NOTHING:
        body = np.where(words >= _PARAGRAPH, probabilities[:, Role.BODY], 0)
        least = max(_LEAST_BODY, _OF_THE_BEST * float(body.max()))
        for at in np.flatnonzero(body >= least).tolist():
            if roles[at] is not Role.DEK:
                roles[at] = Role.BODY
    return roles


LEAST_STORY = 0.35
"""Below this a page holds no story: cross-validated, 243 of 244 story pages and 16 of 20 section pages fall right. None
of these is between .21 and .67; of 1,400 other pages as many stories as lists are between .35 and .5."""
_NEXT_TO_NOTHING = 40.0
"""Words of body: less is a caption or a teaser taken for the story."""
_PARAGRAPH = 8
"""Words: what is shorter is no evidence of a story."""
_LEAST_BODY, _OF_THE_BEST = 0.1, 0.25
"""What counts as body on such a page: at least this likely, and this share of the likeliest block's probability."""
