"""Section, keywords, the publication's name."""

from workers.enrich.claims import Claims
from workers.enrich.topics import keywords_of, section_of, site_name_of


def test_the_first_usable_section_counts() -> None:
    claims = Claims(
        sections=["", "Home", "https://example.com/politics", "The Daily Example", "12", " Politics &amp; Law "]
    )
    assert section_of(claims, "The Daily Example") == "Politics & Law"
    assert section_of(Claims(sections=["x" * 100]), None) is None
    assert section_of(Claims(), None) is None


def test_a_line_by_the_headline_that_stands_in_the_address_is_the_section() -> None:
    url = "https://example.com/wirtschaft/hafen-1.html"
    assert section_of(Claims(), None, ["Von Ann Beispiel", "Wirtschaft"], url) == "Wirtschaft"
    assert section_of(Claims(), None, ["hafen-1.html", "Panorama"], url) is None
    assert section_of(Claims(sections=["Politik"]), None, ["Wirtschaft"], url) == "Politik"


def test_keywords_are_split_and_stand_once() -> None:
    assert keywords_of(Claims(keywords=[[], ["minister, vote; Paris, Minister"]])) == ["minister", "vote", "Paris"]
    assert keywords_of(Claims(keywords=[["Minister", "Vote, Paris"]])) == ["Minister", "Vote, Paris"]
    assert keywords_of(Claims(keywords=[["大臣、辞任，巴黎"]])) == ["大臣", "辞任", "巴黎"]
    assert keywords_of(Claims(keywords=[[" , ,"], ["x" * 300]])) == []


def test_the_publications_name_is_a_name() -> None:
    assert site_name_of(Claims(site_names=["https://example.com", "", "The Daily&nbsp;Example"])) == "The Daily Example"
    assert site_name_of(Claims()) is None
