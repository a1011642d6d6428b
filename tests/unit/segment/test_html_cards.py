"""Cards: which blocks stand in units that repeat, and where a headline stands a second time."""

import numpy as np
import pytest

from workers.segment.html_features import AT, HtmlFeatures
from workers.segment.html_walk import walk
from workers.segment.page_context import PageContext

PARAGRAPH = "<p>The harbour was quiet in the morning, and nobody at the quay could say when the ferries would run.</p>"


def feature(html: str, name: str) -> list[float]:
    tree = walk(f"<body>{html}</body>")
    values: list[float] = HtmlFeatures(tree, PageContext()).table[AT[name]].tolist()
    return values


def card(number: int, classes: str) -> str:
    return (
        f'<div class="{classes}"><h3><a href="/story-{number}">Ferry number {number} leaves the harbour</a></h3>'
        f"<p>It is the first in {number} days.</p></div>"
    )


def test_a_list_of_cards_is_seen_as_one() -> None:
    html = PARAGRAPH + "".join(card(number, "card") for number in range(4)) + PARAGRAPH
    assert feature(html, "card_count") == [0, *[4] * 8, 0]
    assert feature(html, "card_blocks") == [0, *[2] * 8, 0]
    assert feature(html, "card_headings") == [0, *[1] * 8, 0]
    assert feature(html, "card_at") == [0, *[0, 1] * 4, 0]


def test_cards_with_classes_of_their_own_are_alike_by_their_tag() -> None:
    html = "".join(card(number, f"post post-{number}") for number in range(4))
    assert feature(html, "card_count") == [0] * 8
    assert feature(html, "unit_count") == [4] * 8


@pytest.mark.parametrize("html", [PARAGRAPH * 6, card(1, "card") + card(2, "card"), f"<div>{PARAGRAPH * 2}</div>"])
def test_paragraphs_and_pairs_are_no_list(html: str) -> None:
    assert not np.any(feature(html, "card_count"))


def test_the_longest_link_of_a_card_is_told_from_its_other_links() -> None:
    entries = "".join(
        f'<li><p><a href="/{n}">World</a></p><p><a href="/{n}">Ferry {n} leaves the harbour</a></p></li>'
        for n in range(3)
    )
    assert feature(f"<ul>{entries}</ul>", "card_longest_linked") == [0, 1] * 3


def test_a_headline_that_stands_again_behind_its_kicker_is_found_both_ways() -> None:
    html = (
        '<div><p><a href="/a">Ferry leaves the harbour</a></p><p>Transport Ferry leaves the harbour</p></div>'
        "<p>An unrelated line of text</p>"
    )
    assert feature(html, "within_after") == [1, 0, 0]
    assert feature(html, "holds_before") == [0, 1, 0]
