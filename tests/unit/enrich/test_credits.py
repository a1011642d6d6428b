"""Who gets the credit."""

from workers.enrich.credits import Credits, attribution_of, credits_of, possible_bylines
from workers.enrich.fingerprints import folded
from workers.enrich.structured import Credit
from workers.enrich.word_counts import WordCounts

HOUSE = ["The Daily Example", "Example Media", "example.com", "example"]


def found(
    declared: list[list[Credit]] | None = None,
    bylines: list[str] | None = None,
    *,
    elsewhere: tuple[str, ...] = (),
    language: str = "en",
) -> Credits:
    return credits_of(declared or [], bylines or [], elsewhere=elsewhere, publishers=HOUSE, language=language)


def test_declared_people_are_the_authors() -> None:
    assert found([[Credit("Ann Example"), Credit("Bob Sample")]]) == Credits(["Ann Example", "Bob Sample"], [])


def test_a_person_named_twice_is_one() -> None:
    assert found([[Credit("Ann Example"), Credit("ANN EXAMPLE")]], ["By Ann Example"]).authors == ["Ann Example"]


def test_a_printed_byline_counts_where_nothing_is_declared() -> None:
    assert found(bylines=["By Ann Example and Bob Sample, Z"]).authors == ["Ann Example", "Bob Sample"]


def test_a_byline_in_two_blocks_is_read_as_one() -> None:
    assert found(bylines=["By", "Ann Example"]).authors == ["Ann Example"]


def test_a_printed_byline_overrules_the_account_that_uploaded_the_story() -> None:
    assert found([[Credit("Carl Uploader")]], ["By Ann Example"]).authors == ["Ann Example"]


def test_a_declared_name_tells_where_a_fused_byline_ends() -> None:
    assert found([[Credit("Ann Example")]], ["Ann Example Political Correspondent For The Example"]).authors == [
        "Ann Example"
    ]


def test_a_second_author_beside_a_declared_one_counts() -> None:
    assert found([[Credit("Ann Example")]], ["By Ann Example and Bob Sample"]).authors == ["Ann Example", "Bob Sample"]


def test_another_block_that_looks_like_a_name_does_not() -> None:
    assert found([[Credit("Ann Example")]], ["By Ann Example", "Supreme Court"]).authors == ["Ann Example"]


def test_an_agency_beside_a_person_is_attribution() -> None:
    assert found([[Credit("Ann Example"), Credit("Reuters")]]) == Credits(["Ann Example"], ["Reuters"])
    assert found(bylines=["Von Ann Beispiel, dpa"], language="de") == Credits(["Ann Beispiel"], ["dpa"])


def test_a_desk_beside_a_person_is_attribution() -> None:
    assert found([[Credit("Ann Example"), Credit("Gear Team")]]) == Credits(["Ann Example"], ["Gear Team"])


def test_the_publication_beside_a_person_is_nothing() -> None:
    declared = [[Credit("Ann Example"), Credit("The Daily Example", is_organisation=True)]]
    assert found(declared, ["By Ann Example | The Daily Example"]) == Credits(["Ann Example"], [])


def test_an_organisation_does_not_become_a_person_beside_one() -> None:
    declared = [[Credit("Ann Example"), Credit("Sample Foundation", is_organisation=True)]]
    assert found(declared) == Credits(["Ann Example"], ["Sample Foundation"])


def test_a_source_that_names_a_person_counts_before_one_that_names_the_house() -> None:
    assert found([[Credit("The Daily Example")], [Credit("Ann Example")]]).authors == ["Ann Example"]


def test_where_no_person_is_credited_the_one_named_instead_stands_as_author() -> None:
    assert found([[Credit("The Daily Example", is_organisation=True)]]) == Credits(["The Daily Example"], [])
    assert found([[Credit("Deutsche Presse-Agentur")]]) == Credits(["Deutsche Presse-Agentur"], ["dpa"])
    assert found(bylines=["By Sample Staff"]) == Credits(["Sample Staff"], ["Sample Staff"])


def test_a_page_without_credits_has_none() -> None:
    assert found() == Credits([], [])


def test_an_overlooked_byline_is_asked_only_if_nobody_else_is_named() -> None:
    assert found([[Credit("The Daily Example")]], elsewhere=("London", "By Bob Sample")).authors == ["Bob Sample"]
    assert found([[Credit("Ann Example")]], elsewhere=("By Bob Sample",)).authors == ["Ann Example"]
    assert found([[Credit("The Daily Example")]], elsewhere=("By The Daily Example",)).authors == ["The Daily Example"]


def test_possible_bylines_open_like_one_or_are_names_alone() -> None:
    near = ["Politics", "Di 05.03.24 | 14:07 Uhr | Von Ann Beispiel"]
    paragraphs = ["BERND MUSTER", "Der Minister ging.", "Er kam nicht wieder.", "Cleo Fall"]
    lines = list(possible_bylines(near, paragraphs, ["Autorin: Dora Dort"], "de"))
    assert lines == ["Von Ann Beispiel", "Autorin: Dora Dort", "BERND MUSTER", "Cleo Fall"]


def test_agencies_of_headline_dateline_body_and_last_line_are_credited_once() -> None:
    paragraphs = ["LONDON (Reuters) - The minister will go.", "He told AFP so, Reuters reported.", "(dpa)"]
    body = "\n\n".join(paragraphs)
    words = WordCounts(folded(paragraphs))
    assert attribution_of("Bloomberg: Minister goes", paragraphs, body, words) == ["Bloomberg", "Reuters", "AFP", "dpa"]
    assert attribution_of(None, [], "", WordCounts(b"")) == []
