"""Composed training pages: what is put in is labelled, what was taken out is gone."""

import numpy as np
import pytest

from tests.train.composed import LEFT_OVER, Composed, Offer, roles_in, section, story
from tests.train.corpora import normal
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role

TEXTS = [
    f"Paragraph number {n} tells at length what happened at the quay and who had seen it coming." for n in range(5)
]
PAGE = (
    '<html><head><title>A quiet day</title><meta property="og:type" content="article"></head><body>'
    '<nav><a href="/world">World</a></nav><article><h1>A quiet day at the quay</h1>'
    + "".join(f"<p>{text}</p>" for text in TEXTS)
    + "</article><footer>Imprint</footer></body></html>"
)
OFFERS = [
    Offer(f"Ferry number {n} leaves the old harbour", [f"It was the first in {n} days that the ferry {n} left " * 2])
    for n in range(9)
]


def blocks() -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    texts = walk(PAGE).block_text
    roles = [Role.CHROME, Role.HEADLINE, *[Role.BODY] * len(TEXTS), Role.CHROME]
    return texts, np.array([int(role) for role in roles], dtype=np.int64)


def walked(made: Composed) -> tuple[HtmlTree, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """A made page's blocks and their roles."""
    texts, roles = blocks()
    tree = walk(made.html)
    return tree, roles_in(made, tree, dict(zip(map(normal, texts), roles.tolist(), strict=True)))


@pytest.mark.parametrize("seed", range(12))
def test_a_section_page_holds_nothing_of_the_story_and_labels_what_is_new(seed: int) -> None:
    texts, roles = blocks()
    made = section(PAGE, texts, roles, OFFERS, seed)
    assert made is not None
    tree, found = walked(made)
    shown = dict(zip(tree.block_text, found.tolist(), strict=True))
    assert not [text for text, role in shown.items() if text in TEXTS and role != LEFT_OVER]
    assert not set(found.tolist()) & {Role.BODY, Role.HEADLINE}
    assert shown["World"] == shown["Imprint"] == Role.CHROME
    assert "og:type" not in made.html


def test_nearly_every_list_shows_its_headlines_as_blocks_of_their_own() -> None:
    """Markup by lot may fuse a headline with what follows; such lists teach nothing and have to be few."""
    texts, roles = blocks()
    with_promos = showing = 0
    for seed in range(60):
        made = section(PAGE, texts, roles, OFFERS, seed)
        assert made is not None
        found = roles_in(made, walk(made.html), {})
        with_promos += Role.TEASER_HEADLINE in made.roles.values()
        showing += Role.TEASER_HEADLINE in found
    assert with_promos > 40
    assert showing >= 0.85 * with_promos


@pytest.mark.parametrize("seed", range(12))
def test_a_page_with_more_around_its_story_keeps_the_story(seed: int) -> None:
    texts, roles = blocks()
    made = story(PAGE, texts, roles, OFFERS, seed)
    assert made is not None
    tree, found = walked(made)
    kept = [text for text, role in zip(tree.block_text, found.tolist(), strict=True) if role == Role.BODY]
    assert kept == TEXTS
    assert len(tree.block_text) > len(texts) + 4


def test_the_same_seed_composes_the_same_page() -> None:
    texts, roles = blocks()
    assert section(PAGE, texts, roles, OFFERS, 3) == section(PAGE, texts, roles, OFFERS, 3)


def test_a_page_without_a_story_to_take_out_gives_none() -> None:
    texts = walk("<p>One line</p>").block_text
    assert section("<p>One line</p>", texts, np.array([int(Role.BODY)]), OFFERS, 1) is None
