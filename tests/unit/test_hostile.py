"""The corpus of bad pages through the whole core and through the command: each ends as it must, and nothing leaks."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from schemas import RawPage
from tests.hostile.addresses import BAD_ADDRESSES
from tests.hostile.cases import CASES, Case
from tests.hostile.families import FAMILIES
from tests.hostile.invariants import check_records
from tests.hostile.story import HEADLINE, PARAGRAPHS, story_page
from workers.cli.segment import segment
from workers.errors import PageError
from workers.pipeline import process_page


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_page_ends_as_it_must(case: Case) -> None:
    page = case.page()
    try:
        records = process_page(page, source="news.pages:3:14", seen_at="2024-03-05T10:00:00+00:00")
    except PageError as error:
        outcome, detail = error.reason, str(error)
        assert len(detail) < 2000, "a dead letter's detail is a sentence"
        assert outcome in case.outcomes, detail
        return
    assert records.outcome in case.outcomes
    check_records(page, records)
    if case.story_survives:
        assert records.article is not None
        assert records.article.headline == HEADLINE
        missing = [text for text in PARAGRAPHS if _letters(text) not in _letters(records.article.body)]
        assert not missing


def _letters(text: str) -> str:
    """What is left when bytes that were broken on purpose, quotes and spaces are of no account."""
    return "".join(filter(str.isalnum, text))


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 60


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_becomes_records_at_any_small_size(name: str) -> None:
    for count in (0, 1, 2, 7, 40):
        page = FAMILIES[name](count)
        check_records(page, process_page(page))


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_no_bad_address_is_ever_in_a_record(address: str) -> None:
    escaped = address.replace('"', "&quot;")
    card = (
        f'<div class="card"><a href="{escaped}"><img src="{escaped}"><h3>Council votes on the ferry plan</h3></a></div>'
    )
    page = RawPage(
        body=story_page(
            after=card * 3, inside=f'<figure><img src="{escaped}"><figcaption>The bridge</figcaption></figure>'
        ),
        url="https://news.example/",
        content_type="text/html; charset=utf-8",
    )
    records = process_page(page)
    check_records(page, records)
    assert b"password" not in repr(records).encode("utf-8", "replace")


@pytest.mark.parametrize("case", [case for case in CASES if case.for_command], ids=lambda case: case.name)
def test_the_command_says_the_same_in_one_line_of_json(case: Case, tmp_path: Path) -> None:
    page = case.page()
    path = tmp_path / "page"
    path.write_bytes(page.body)
    arguments = [str(path)]
    for flag, value in (("--url", page.url), ("--content-type", page.content_type)):
        if value:
            arguments += [flag, value]
    result = CliRunner().invoke(segment, arguments, standalone_mode=False)
    assert result.exception is None
    reasons = case.outcomes - {"article", "no_article", "empty"}
    if page.body.startswith(b"WARC/"):
        # What a crawler sends as one page is a damaged crawl to the command, which reads crawls.
        assert result.return_value == 1
        assert "damaged after byte 0" in result.stderr
        return
    if result.return_value == 1:
        assert any(reason in result.stderr for reason in reasons)
        return
    (line,) = result.stdout.splitlines()
    shown = json.loads(line)
    assert shown["path"] == str(path)
    outcome = "article" if shown["article"] else "no_article" if shown["teasers"] or shown["snippets"] else "empty"
    assert outcome in case.outcomes
