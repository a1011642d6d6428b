"""A record's confidence is read off the table as numpy.interp reads it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.segment.assemble import Assembled
from workers.segment.confidence import article_score, calibrate, tables
from workers.segment.page import Block, FeedItem, Promo, Role


@given(st.floats(-0.5, 1.5))
def test_a_share_is_read_off_a_straight_line_between_two_scores(score: float) -> None:
    found = Assembled(None, [Promo("One", confidence=score)], [FeedItem("Two", confidence=score)])
    calibrate("html", found, 0.0)
    assert found.promos[0].confidence == np.interp(score, *tables()["html", "teaser"])
    assert found.feed_items[0].confidence == np.interp(score, *tables()["html", "snippet"])


@pytest.mark.parametrize(("roles", "score"), [((1, 1), 32 / 36), ((1, 0), 16 / 26), ((0, 0), 0.0)])
def test_the_score_of_a_body_falls_with_what_it_leaves_out(roles: tuple[int, int], score: float) -> None:
    probabilities = np.zeros((2, 9), dtype=np.float32)
    probabilities[:, Role.BODY] = 0.8
    blocks = [Block("Text", role=Role(role)) for role in roles]
    words = np.array([10, 10], dtype=np.float32)
    assert article_score(blocks, probabilities, words) == pytest.approx(score)
