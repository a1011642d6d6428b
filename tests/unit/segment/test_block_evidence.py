"""Where a block's link leads, beside the page's own address; what its text shares with the declared title."""

import pytest

from workers.segment.block_evidence import EVIDENCE
from workers.segment.html_features import AT, HtmlFeatures
from workers.segment.html_walk import walk
from workers.segment.page_context import PageContext, page_context

OWN = "https://www.news.example/city/2026/ferry-stops"
TITLE = "Ferry stops for the winter"


def evidence(body: str) -> dict[str, float]:
    """EVIDENCE of the page's first block."""
    tree = walk(f"<title>{TITLE}</title><body>{body}")
    context: PageContext = page_context(tree.declared, OWN)
    table = HtmlFeatures(tree, context).table
    return {name: float(table[AT[name], 0]) for name in EVIDENCE}


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/city/2026/bridge-opens_again", {"path_parts": 3, "path_shared": 2, "slug_words": 2, "slug_digits": 1}),
        ("/city/2026/ferry-stops/", {"own_link": 1, "path_shared": 3}),
        ("https://news.example/city/2026/ferry-stops?x#y", {"own_link": 1, "link_query": 1, "link_fragment": 1}),
        ("//me@WWW.news.example", {"other_host": 0, "path_parts": 0, "own_link": 0}),
        ("https://sport.news.example/a", {"other_host": 0, "path_parts": 1}),
        ("https://other.example/long-slug-of-words/1", {"other_host": 1, "slug_words": 3, "slug_digits": 0}),
        ("mailto:desk@news.example?x", {"linked": 0, "link_query": 1, "path_parts": 0}),
        ("#top", {"linked": 0, "link_fragment": 1}),
        ("next//", {"linked": 1, "path_parts": 1, "other_host": 0}),
    ],
)
def test_an_address_is_compared_with_the_pages_own(href: str, expected: dict[str, float]) -> None:
    found = evidence(f"<p><a href='{href}'>Bridge opens again</a></p>")
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "match", "exact", "within"),
    [(TITLE, 1, 1, 1), ("for the winter", 0.6, 0, 1), ("Ferry", 0, 0, 0), ("Bridge opens again", 0, 0, 0)],
)
def test_a_line_is_compared_with_the_declared_title(text: str, match: float, exact: float, within: float) -> None:
    found = evidence(f"<p>{text}</p>")
    assert found["title_match"] == pytest.approx(match)
    assert (found["title_exact"], found["title_within"]) == (exact, within)


def test_words_of_the_line_in_the_address_are_counted_once() -> None:
    assert evidence("<a href='/s/bridge-opens'>Bridge opens bridge twice</a>")["slug_match"] == pytest.approx(2 / 3)
