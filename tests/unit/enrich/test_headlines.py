"""One headline out of four."""

from typing import Any

import pytest

from workers.enrich.claims import Claims
from workers.enrich.headlines import headline_of

NAMES = ["The Daily Example", "example.com", "example"]


def chosen(printed: str | None, *, near: tuple[str, ...] = (), **claims: Any) -> str | None:
    return headline_of(printed, Claims(**claims), NAMES, near)


def test_the_printed_headline_counts() -> None:
    assert (
        chosen("Minister resigns", structured_headline="Why the minister resigned: all you need to know")
        == "Minister resigns"
    )


def test_a_newsrooms_own_headline_counts_where_two_sources_agree_on_it() -> None:
    agreed: dict[str, Any] = {
        "structured_headline": "Minister resigns after vote",
        "graph_headline": "Minister resigns after vote",
    }
    assert chosen("He goes", is_news=True, **agreed) == "Minister resigns after vote"
    assert chosen("He goes", is_news=False, **agreed) == "He goes"


def test_without_a_printed_headline_the_declared_ones_count_in_order_of_trust() -> None:
    assert chosen(None, structured_headline="A structured one", graph_headline="A graph one") == "A structured one"
    assert chosen(None, graph_headline="A graph one", title="A title | Other") == "A graph one"
    assert chosen(None, title="Minister resigns | The Daily Example") == "Minister resigns"
    assert chosen(None) is None


@pytest.mark.parametrize(
    "title",
    [
        "Minister resigns | The Daily Example",
        "Minister resigns - The Daily Example",
        "Minister resigns – example.com",
        "Minister resigns : The Daily Example",
        "Minister resigns » The Daily Example",
        "The Daily Example | Minister resigns",
        "Minister resigns｜TheDailyExample",
    ],
)
def test_the_sites_name_is_no_part_of_a_headline(title: str) -> None:
    assert chosen(None, structured_headline=title) == "Minister resigns"


def test_a_tail_that_no_other_source_has_is_cut_off() -> None:
    assert (
        chosen(None, structured_headline="Minister resigns", title="Minister resigns | Politics | News")
        == "Minister resigns"
    )


def test_a_dash_inside_a_headline_stays() -> None:
    headline = "Minister resigns - and stays in parliament"
    assert chosen(headline, structured_headline=headline) == headline
    assert chosen(None, structured_headline=headline) == headline


@pytest.mark.parametrize(
    ("printed", "declared"),
    [
        ("Politics Minister resigns after vote", "Minister resigns after vote"),
        ("PoliticsMinister resigns after vote", "Minister resigns after vote"),
        ("Vote in parliament - Minister resigns after it", "Minister resigns after it"),
    ],
)
def test_a_kicker_in_the_headlines_block_is_cut_off(printed: str, declared: str) -> None:
    assert chosen(printed, graph_headline=declared) == declared


def test_a_headline_declared_as_it_is_printed_has_no_kicker() -> None:
    headline = "Explained: How a minister resigns"
    assert chosen(headline, structured_headline=headline, graph_headline="How a minister resigns") == headline


def test_the_headline_behind_a_kicker_that_was_taken_for_it() -> None:
    declared = "Vote in parliament: Minister resigns after it"
    near = ("Minister resigns after it", "By Ann Example")
    assert chosen("Vote in parliament", near=near, graph_headline=declared) == "Minister resigns after it"


def test_entities_and_markup_in_declared_headlines_are_read() -> None:
    assert (
        chosen(None, structured_headline="Minister &#8216;resigns&#8217; &amp; <i>stays</i>")
        == "Minister ‘resigns’ & stays"
    )
