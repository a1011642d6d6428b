"""What only a sequence of flat lines can say."""

import numpy as np
import pytest

from workers.segment.page import Role
from workers.segment.text_decision import under_feeds

B, C, S, H = Role.BODY, Role.CHROME, Role.SNIPPET, Role.TEASER_HEADLINE


@pytest.mark.parametrize(
    ("roles", "heading", "body", "expected"),
    [
        pytest.param([B, C, S, B, B], 1, 0.7, [B, C, S, S, S], id="unsure paragraphs under the heading are the feed's"),
        pytest.param([B, C, S, B], 1, 0.9, [B, C, S, B], id="a sure one stays"),
        pytest.param([B, C, B, B], 1, 0.7, [B, C, B, B], id="nothing there is a snippet: the story goes on"),
        pytest.param([C, B, S], 0, 0.7, [C, B, S], id="a feed before the story says nothing about the story"),
        pytest.param([B, C, S, H, B], 1, 0.7, [B, C, S, H, B], id="a headline ends the feed"),
    ],
)
def test_what_stands_under_a_feeds_heading(roles: list[Role], heading: int, body: float, expected: list[Role]) -> None:
    probabilities = np.zeros((len(roles), 9), np.float32)
    probabilities[:, Role.BODY] = body
    feed = np.arange(len(roles)) == heading
    assert under_feeds(roles, probabilities, feed) == expected
