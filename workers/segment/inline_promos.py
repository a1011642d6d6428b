"""Lines in the story's text that announce another story: "Read more: HEADLINE" and its kin in many languages.

They stand in paragraphs like the story's own and are few a page: the labeller takes every third of them for body.
"""

import numpy as np

from workers.segment.html_blocks import LINK_COLUMNS, linked_body
from workers.segment.html_features import AT, HtmlFeatures
from workers.segment.html_features_base import Matrix
from workers.segment.html_tree import HtmlTree
from workers.segment.page import Role
from workers.segment.read_more import announces

SURE = 0.85
"""Probability that such a line promotes another story: of the labelled ones that were taken for body, 15 of 16 do.
Other promos that structure tells, and not the labeller, have the same."""
_LINKED, _LEAST_WORDS = 0.5, 5
_ROWS = np.array([AT[name] for name in LINK_COLUMNS])


def with_announced(tree: HtmlTree, features: HtmlFeatures, probabilities: Matrix) -> Matrix:
    """The blocks' probabilities, with lines that were taken for body, and announce what they link to, as promos."""
    lines = linked_body(features.table, _ROWS, probabilities, _LINKED, _LEAST_WORDS)
    found = [at for at in lines if announces(tree.block_text[at])]
    if found:
        probabilities = probabilities.copy()
        probabilities[found] = 0
        probabilities[found, Role.TEASER_HEADLINE] = SURE
        probabilities[found, Role.CHROME] = 1 - SURE
    return probabilities
