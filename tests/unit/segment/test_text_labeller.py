"""What the labeller of flattened pages makes of its verdicts."""

import numpy as np

from workers.segment.page import Role
from workers.segment.text_assembly import segment_text
from workers.segment.text_blocks import read_lines
from workers.segment.text_features import TextFeatures
from workers.segment.text_labeller import ROLES, text_blocks

SENTENCES = (
    "The harbour office has found a chart behind the old wallpaper, and nobody in the town knows who drew it.",
    "It shows the river before the flood of 1872, the director said on Monday, with a bridge that was never built.",
    "Two historians were called from the university; they will look at the paper, the ink and the handwriting.",
    "Until they are done the chart stays in a drawer, because light would do more harm to it than the wallpaper did.",
    "The town council wants to show it in the spring, when the museum at the lock opens again after its repair.",
)


def test_paragraphs_under_a_byline_are_a_story() -> None:
    found = segment_text("\n\n".join(["Chart found behind the wallpaper", "By Ann Example", *SENTENCES]))
    assert found.story is not None
    assert found.story.paragraphs[:4] == list(SENTENCES[:4])
    assert found.story.byline == ["By Ann Example"]


def test_a_story_that_stands_on_a_flat_page_twice_is_its_body_once() -> None:
    lines = read_lines("\n\n".join([*SENTENCES, "Share this page with your friends", *SENTENCES]))
    judged = np.zeros((len(lines.texts), ROLES), dtype=np.float32)
    judged[:, Role.BODY] = 1
    blocks = text_blocks(lines.texts, judged, 1.0, TextFeatures(lines))
    assert [block.text for block in blocks if block.role is Role.BODY] == lines.texts[: len(SENTENCES) + 1]
