"""Whole pages in several languages: every field of every record, as it was read and found right."""

from pathlib import Path

import pytest

from tests.golden.enrich.renew import expected_of, pages, records_of


@pytest.mark.parametrize("page", list(pages()), ids=lambda page: page.name.partition(".")[0])
def test_a_page_gives_the_records_that_were_read_and_found_right(page: Path) -> None:
    assert records_of(page).decode() == expected_of(page).read_text(encoding="utf-8")


def test_there_are_pages() -> None:
    assert len(list(pages())) >= 5
