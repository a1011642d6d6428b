"""What reads like the story and stands behind its end is somebody else's; copies and labels are no story twice."""

import numpy as np
import pytest

from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.repeats import without_repeats
from workers.segment.story_bounds import within_bounds

HEADLINE = "Five charts that changed the river"
TITLE = f"<h1>{HEADLINE}</h1>"
PARAGRAPH = "<p>The harbour office found the chart behind the old wallpaper on Monday, and nobody knows its maker.</p>"
STORY = PARAGRAPH * 8
COMMENT = "<p>My grandfather drew that chart in the winter of the great flood, as everybody in the village knows.</p>"


def roles_of(html: str) -> tuple[str, str]:
    """The roles of blocks that the labeller takes for body, or for the headline: within bounds, and without repeats."""
    tree = walk(f"<body>{html}</body>")
    roles = [Role.HEADLINE if text == HEADLINE else Role.BODY for text in tree.block_text]
    words = np.array([len(text.split()) for text in tree.block_text], dtype=np.float32)
    shown = {Role.HEADLINE: "h", Role.BODY: "b", Role.CHROME: ".", Role.TEASER_HEADLINE: "T", Role.TEASER_SUMMARY: "s"}
    judged = np.zeros((len(roles), 9), dtype=np.float32)
    judged[range(len(roles)), roles] = 1
    bounded, sure = within_bounds(tree, roles, judged, words)
    assert all(sure[at, role] > 0.8 for at, role in enumerate(bounded))
    once, sure = without_repeats(tree, roles, judged, words)
    assert all(sure[at, role] == 1 for at, role in enumerate(once))
    assert Role.CHROME not in roles
    return "".join(map(shown.__getitem__, bounded)), "".join(map(shown.__getitem__, once))


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (f"<article>{STORY}</article><ul>{COMMENT * 3}</ul>", "b" * 8 + "..."),
        (f"<article>{TITLE}{STORY}</article><article>{COMMENT * 20}</article>", "h" + "b" * 8 + "." * 20),
        (f"<article>{TITLE}{STORY}</article><article><h2>Next</h2>{STORY}</article>", "hbbbbbbbbTsss....."),
        (f"<article>{STORY}</article><article><h2>Ann</h2>{COMMENT}</article>", "b" * 8 + ".."),
        (f"<article>{PARAGRAPH}</article><div>{COMMENT * 9}</div>", "b" * 10),
        (f"{PARAGRAPH}<article>{STORY}</article>{COMMENT}", "b" * 10),
        (f"<article><article>{STORY}</article>{PARAGRAPH}</article>{COMMENT}", "b" * 9 + "."),
        (TITLE + f"<article>{PARAGRAPH * 3}</article>" * 4, "h" + "b" * 12),
        (
            f"<article>{TITLE}{PARAGRAPH * 3}</article>" + f"<article>{COMMENT * 3}</article>" * 3,
            "hbbb" + "." * 9,
        ),
        (f"<main>{STORY}</main>{COMMENT}", "b" * 8 + "."),
        (f"<main>{PARAGRAPH * 6}</main>{COMMENT * 9}", "b" * 15),
        (f'<div class="article-content">{STORY}</div><div class="voices">{COMMENT}</div>', "b" * 8 + "."),
        (f"<div>{STORY}</div><div>{COMMENT}</div>", "b" * 9),
    ],
)
def test_what_stands_behind_the_element_that_holds_the_story_is_not_its_body(html: str, kept: str) -> None:
    assert roles_of(html)[0] == kept


LINES = "".join(f"<p>Line {at} of the story, which is a long one: the chart came to light.</p>" for at in range(5))
LABEL = '<div class="visually-hidden">Article content</div>'


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (LINES + LINES, "b" * 5 + "." * 5),
        (LINES * 3, "b" * 5 + "." * 10),
        (f"{LINES}<p>Between them.</p>{LINES}<p>After them.</p>", "b" * 6 + "." * 5 + "b"),
        ("<p>Pros</p><p>It floats.</p><p>Pros</p><p>It floats.</p>", "bbbb"),
        (f"<p>Two</p>{LINES}<p>Two</p>", "b" * 7),
        ("".join(LABEL + line + "</p>" for line in LINES.split("</p>")[:5]), ".b" * 5),
        ("".join(LABEL + line + "</p>" for line in LINES.split("</p>")[:4]), "bb" * 4),
    ],
)
def test_a_second_copy_and_a_label_before_each_paragraph_are_no_body(html: str, kept: str) -> None:
    assert roles_of(html)[1] == kept
