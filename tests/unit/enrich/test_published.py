"""When a story appeared, from what the page declares, prints, or has in its address."""

from datetime import date

from workers.enrich.claims import Claims
from workers.enrich.published import (
    blocks_behind_story,
    crawl_day,
    lines_behind_story,
    lines_near_headline,
    modified_at,
    published_at,
)
from workers.segment.page import Block, Role


def found(claims: Claims | None = None, near: list[str] | None = None, **more: object) -> str | None:
    settings: dict[str, object] = {"times": [], "url": None, "latest": None, "language": "en", "locale": None}
    return published_at(claims or Claims(), near or [], **(settings | more))  # type: ignore[arg-type]


def test_the_most_trusted_declared_date_counts() -> None:
    assert found(Claims(published=["nonsense", "2024-03-05T12:00:00Z", "2023-01-01"])) == "2024-03-05T12:00:00+00:00"


def test_a_template_date_is_passed_over() -> None:
    assert found(Claims(published=["0001-01-01T00:00:00", "1970-01-01", "2024-03-05"])) == "2024-03-05"


def test_a_date_after_the_crawl_is_none_of_publication() -> None:
    claims = Claims(published=["2031-01-01", "2024-03-05"])
    assert found(claims, latest=date(2024, 3, 6)) == "2024-03-05"
    assert found(Claims(published=["2024-03-07"]), latest=date(2024, 3, 6)) == "2024-03-07"
    assert found(Claims(published=["2024-03-08"]), latest=date(2024, 3, 6)) is None


def test_the_sites_own_offset_holds_for_a_time_without_one() -> None:
    claims = Claims(published=["2024-03-05T12:00:00"], modified=["2024-03-05T18:00:00+02:00"])
    assert found(claims) == "2024-03-05T12:00:00+02:00"
    assert found(Claims(published=["2024-03-05T12:00:00"], modified=["2024-03-05T18:00:00Z"])) == "2024-03-05"


def test_the_printed_date_counts_where_none_is_declared() -> None:
    assert found(near=["By Ann Example", "5 March 2024"]) == "2024-03-05"
    assert found(near=["Di 05.03.24 | 14:07 Uhr | Von Ann Beispiel"], language="de") == "2024-03-05"


def test_a_line_about_a_change_counts_last() -> None:
    assert found(near=["Updated 7 March 2024", "Published 5 March 2024"]) == "2024-03-05"
    assert found(near=["Updated 7 March 2024"]) == "2024-03-07"


def test_a_printed_time_that_machines_can_read_counts_as_they_read_it() -> None:
    times = [("2024-01-01T08:00:00Z", "New Year"), ("2024-03-05T12:00:00+01:00", "Today, noon")]
    assert found(near=["Today, noon"], times=times) == "2024-03-05T12:00:00+01:00"


def test_a_date_at_the_end_of_the_title_counts() -> None:
    assert found(Claims(title="Minister resigns | The Daily Example | 05.03.2024"), language="de") == "2024-03-05"
    assert found(Claims(title="What happened on 05.03.2024 in Paris")) is None


def test_the_address_counts_last() -> None:
    assert found(url="https://example.com/2024/03/05/minister-resigns") == "2024-03-05"
    assert found(url="https://example.com/20240305-minister") == "2024-03-05"
    assert found(url="https://example.com/2024/13/05/minister") is None
    assert found(url="https://example.com/12345678/minister") is None


def test_a_page_without_a_date_has_none() -> None:
    assert found() is None


def test_a_change_is_not_before_the_publication() -> None:
    claims = Claims(modified=["2024-03-04", "2024-03-06T12:00:00Z"])
    assert modified_at(claims, "2024-03-05", latest=None, language="en") == "2024-03-06T12:00:00+00:00"
    assert modified_at(claims, None, latest=None, language="en") == "2024-03-04"
    assert modified_at(Claims(), "2024-03-05", latest=None, language="en") is None


def test_the_crawls_day_is_read() -> None:
    assert crawl_day("2024-03-05T12:00:00Z") == date(2024, 3, 5)
    assert crawl_day("nonsense") is None
    assert crawl_day(None) is None


def test_the_lines_around_the_headline_are_short_and_no_promos() -> None:
    blocks = [
        Block("Politics"),
        Block("Minister resigns", role=Role.HEADLINE),
        Block("By Ann Example", role=Role.BYLINE),
        Block("Another story", role=Role.TEASER_HEADLINE),
        Block("5 March 2024"),
        Block("A long box. " * 40),
        Block("The minister.", role=Role.BODY),
        Block("(dpa)"),
    ]
    assert lines_near_headline(blocks) == ["By Ann Example", "5 March 2024", "(dpa)", "Politics"]
    assert lines_behind_story(blocks_behind_story(blocks)) == ["(dpa)"]
    assert lines_near_headline([]) == []
    assert blocks_behind_story([]) == []
