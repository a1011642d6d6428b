"""The labeller of HTML pages: judge every block alone, then again in the light of its neighbours' verdicts."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features import HtmlFeatures
from workers.segment.html_features_base import Matrix
from workers.segment.page import Role
from workers.segment.page_kind import page_features
from workers.segment.second_look import second_look
from workers.segment.trees import Trees, load_trees

MODEL = Path(str(files("workers.segment"))) / "data" / "html_model.npz"
ROLES = 9
"""Roles that the labeller judges: CHROME to SNIPPET."""
LEAST_TEASER = 0.42
"""Where cross-validated precision and recall of teasers balance on the labelled pages."""


@cache
def models() -> tuple[Trees, Trees, Trees]:
    """The first pass, the page's kind, the second pass; loaded once a process."""
    return load_trees(MODEL, "first"), load_trees(MODEL, "kind"), load_trees(MODEL, "second")


def label(features: HtmlFeatures) -> tuple[Matrix, float]:
    """Probabilities of each block's roles (blocks x ROLES, rows add up to 1), and that the page holds a story."""
    first, kind, second = models()
    alone = first.probabilities(features.matrix)
    story = float(kind.probabilities(page_features(features, alone))[0, 1])
    return second.probabilities(both(features, alone, story)), story


def both(features: HtmlFeatures, alone: Matrix, story: float) -> Matrix:
    """The second pass's columns: the block's own, what the first pass said around it, the page's kind."""
    around = second_look(alone, features.counts.words, features.shape, features.links)
    kind = np.full((len(alone), 1), story, dtype=np.float32)
    return np.concatenate([features.matrix, around, kind], axis=1)


def decide(probabilities: Matrix, story: float, words: NDArray[np.float32]) -> list[Role]:
    """The role of each block. A teaser's headline needs less than half: what competes with it is mostly chrome.

    On a page that holds no story, what reads like one is a promo's summary or chrome. On a page that surely holds one
    and shows next to none of it, markup of an unknown kind has kept every block's probability low: then the best are
    taken.
    """
    if story < LEAST_STORY:
        probabilities = probabilities.copy()
        probabilities[:, _OWN] = 0
    best = probabilities.argmax(axis=1)
    teaser = probabilities[:, Role.TEASER_HEADLINE]
    best[(teaser >= LEAST_TEASER) & (best == Role.CHROME)] = Role.TEASER_HEADLINE
    if story >= SURE_STORY and words[best == Role.BODY].sum() < _NEXT_TO_NOTHING:
        body = np.where(words >= _PARAGRAPH, probabilities[:, Role.BODY], 0)
        least = max(_LEAST_BODY, _OF_THE_BEST * float(body.max()))
        best[(body >= least) & (best != Role.DEK)] = Role.BODY
    return [Role(value) for value in best.tolist()]


LEAST_STORY = 0.5
SURE_STORY = 0.8
_NEXT_TO_NOTHING = 40.0
_PARAGRAPH = 8
_LEAST_BODY, _OF_THE_BEST = 0.1, 0.5
_OWN = [int(role) for role in (Role.BODY, Role.HEADLINE, Role.DEK, Role.BYLINE, Role.CAPTION)]
