"""The labeller as a whole: each block gets probabilities; judging fewer blocks twice leaves the others alone."""

import numpy as np

from workers.segment import html_labeller
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import PageContext
from workers.segment.page_kind import page_features

PAGE = (
    "<nav>"
    + "".join(f'<a href="/{name}">{name}</a><br>' for name in ("World", "Sport", "Contact", "Imprint"))
    + "</nav>"
    "<article><h1>Ferries leave the old harbour again</h1>"
    + "<p>The first ferry left in the morning, and many people stood at the quay to see it go, the mayor said.</p>" * 5
    + "</article><footer><p>All rights reserved</p><a href='/privacy'>Privacy</a></footer>"
)


def features() -> HtmlFeatures:
    return HtmlFeatures(walk(f"<body>{PAGE}</body>"), PageContext())


def test_the_probabilities_of_every_block_add_up_to_one() -> None:
    probabilities, story = html_labeller.label(features())
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert 0 <= story <= 1


def test_blocks_that_are_surely_chrome_are_not_judged_again_and_the_others_come_out_the_same() -> None:
    page = features()
    first, body, kind, second = html_labeller.models()
    verdicts = html_labeller.alone(first, body, page)
    story = float(kind.probabilities(page_features(page, verdicts))[0, 1])
    of_all = second.probabilities(html_labeller.both(page, verdicts, story))
    sure = verdicts[:, Role.CHROME] > html_labeller.SURE_CHROME
    probabilities, _ = html_labeller.label(page)
    assert 0 < sure.sum() < len(sure)
    assert (probabilities[sure, Role.CHROME] == 1).all()
    assert np.allclose(probabilities[~sure], of_all[~sure], atol=1e-6)
