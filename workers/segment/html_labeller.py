"""The labeller of HTML pages: judge every block alone, then again in the light of its neighbours' verdicts."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from workers.segment.html_features import HtmlFeatures
from workers.segment.html_features_base import Matrix
from workers.segment.page import Role
from workers.segment.second_look import second_look
from workers.segment.trees import Trees, load_trees

MODEL = Path(str(files("workers.segment"))) / "data" / "html_model.npz"
ROLES = 9
"""Roles that the labeller judges: CHROME to SNIPPET."""
LEAST_TEASER = 0.42
"""Where cross-validated precision and recall of teasers balance on the labelled pages."""


@cache
def models() -> tuple[Trees, Trees]:
    """The first and the second pass, loaded once a process."""
    return load_trees(MODEL, "first"), load_trees(MODEL, "second")


def label(features: HtmlFeatures) -> Matrix:
    """Probabilities of each block's roles: blocks x ROLES, rows add up to 1."""
    first, second = models()
    alone = first.probabilities(features.matrix)
    return second.probabilities(both(features, alone))


def both(features: HtmlFeatures, alone: Matrix) -> Matrix:
    """The second pass's columns: the block's own features, then what the first pass said around it."""
    around = second_look(alone, features.counts.words, features.shape, features.links)
    return np.concatenate([features.matrix, around], axis=1)


def decide(probabilities: Matrix) -> list[Role]:
    """The role of each block. A teaser's headline needs less than half: what competes with it is mostly chrome."""
    best = probabilities.argmax(axis=1)
    teaser = probabilities[:, Role.TEASER_HEADLINE]
    best[(teaser >= LEAST_TEASER) & (best == Role.CHROME)] = Role.TEASER_HEADLINE
    return [Role(value) for value in best.tolist()]
