"""Mock-ups are filled as their docstring says, and every label that stands in one reaches a block."""

import pytest

from tests.train.composed import Offer
from tests.train.corpora import normal
from tests.train.mockups import fill, mockups, roles_in
from workers.segment.html_walk import walk
from workers.segment.page import Role

_STORIES = [
    Offer(f"Headline number {n} of a made-up story", [f"Paragraph {k} of story {n}, made up. " * 4 for k in range(8)])
    for n in range(60)
]
_ADDRESS = "<!-- url: https://example.org/ -->"


def test_gaps_of_one_round_are_filled_from_one_story() -> None:
    source = (
        _ADDRESS + '<repeat n="3"><a href="/{slug}" data-is="t">{headline}</a><p data-is="s">{paragraph}</p></repeat>'
    )
    page = fill("made-up", source, _STORIES, seed=1)
    tree = walk(page.html)
    headlines, summaries = tree.block_text[::2], tree.block_text[1::2]
    assert len(set(headlines)) == 3
    for headline, summary, href in zip(headlines, summaries, tree.block_href[::2], strict=True):
        number = headline.split()[2]
        assert f"story {number}," in summary
        assert f"number-{number}-" in str(href)


def test_the_same_seed_gives_the_same_page_and_another_one_another() -> None:
    source = _ADDRESS + '<repeat n="1-9"><p data-is="t">{headline}</p></repeat><maybe p="0.5"><p>{date}</p></maybe>'
    pages = [fill("made-up", source, _STORIES, seed).html for seed in (1, 1, 2, 3, 4)]
    assert pages[0] == pages[1]
    assert len(set(pages)) > 2


@pytest.mark.parametrize(
    ("source", "complaint"),
    [("<p>{headline}</p>", "does not begin with"), (_ADDRESS + "<p>{dateline}</p>", "has no gap {dateline}")],
)
def test_a_mock_up_that_cannot_be_filled_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        fill("made-up", source, _STORIES, seed=1)


def test_a_headline_that_stands_as_alt_text_as_well_counts_once() -> None:
    source = _ADDRESS + '<a href="/a"><img src="/a.jpg" alt="{headline}"><h2 data-is="t">{headline}</h2></a>'
    page = fill("made-up", source, _STORIES, seed=1)
    assert roles_in(page, walk(page.html)).tolist() == [Role.CHROME, Role.TEASER_HEADLINE]


@pytest.mark.parametrize(("name", "source"), list(mockups()))
def test_every_label_of_a_mock_up_reaches_a_block(name: str, source: str) -> None:
    page = fill(name, source, _STORIES, seed=1)
    tree = walk(page.html)
    blocks = [normal(text) for text, image in zip(tree.block_text, tree.block_image, strict=True) if image < 0]
    lost = [
        text for text in page.roles if not any(text in block or (len(block) > 20 and block in text) for block in blocks)
    ]
    assert not lost
