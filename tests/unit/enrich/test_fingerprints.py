"""Exact and near duplicates."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.enrich.fingerprints import content_hash, folded
from workers.enrich.simhash import simhash
from workers.enrich.word_counts import WordCounts

CORPORA = Path(__file__).parents[4] / "shared" / "eval"
PARAGRAPHS = [
    "The harbour of Example Town will be closed from Monday, the port authority said.",
    "Ships that wait outside the harbour have to sail on to Sample Bay, fifty miles to the north.",
    "The port authority expects the closure to last until the crane that fell into the basin is recovered.",
    "Two dockers were hurt when the crane fell; both have left hospital, the authority said.",
    "The crane had been inspected in March, and no damage had been found then.",
]
HEADLINE = "Example Town closes harbour after crane falls"


def content(headline: str | None, paragraphs: list[str]) -> str:
    first, _, others = folded([headline or "", *paragraphs]).partition(b"\n")
    return content_hash(first, others)


def near(headline: str | None, paragraphs: list[str]) -> str | None:
    first, _, others = folded([headline or "", *paragraphs]).partition(b"\n")
    return simhash(first, WordCounts(others))


def distance(one: str | None, other: str | None) -> int:
    assert one is not None
    assert other is not None
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_fingerprints_never_change() -> None:
    assert content(HEADLINE, PARAGRAPHS) == "811665d4e3b6014033a32e96c7c4dc4b"
    assert near(HEADLINE, PARAGRAPHS) == "20fcc2fc0affe87f"
    assert (
        near("首相が辞任を表明", ["首相は五日、辞任を表明した。", "後任は未定だと首相は述べた。"]) == "5a95c2bb521c7feb"
    )


def test_two_crawls_of_one_article_agree() -> None:
    again = [f"  {each.replace(' ', chr(0xA0))} ".upper().replace(",", " –") for each in PARAGRAPHS]
    assert content(HEADLINE, again) == content(HEADLINE, PARAGRAPHS)
    assert near(HEADLINE, again) == near(HEADLINE, PARAGRAPHS)


@pytest.mark.parametrize("change", [("Monday", "Tuesday"), ("fifty", "sixty"), ("Two", "Three")])
def test_a_changed_word_changes_the_content_hash(change: tuple[str, str]) -> None:
    changed = [each.replace(*change) for each in PARAGRAPHS]
    assert content(HEADLINE, changed) != content(HEADLINE, PARAGRAPHS)


def test_a_changed_vowel_sign_changes_the_content_hash() -> None:
    assert content("क", ["हिंदी"]) != content("क", ["हदी"])


def test_a_moved_paragraph_border_changes_the_content_hash() -> None:
    assert content(None, ["ab c", "d"]) != content(None, ["ab", "c d"])


def test_a_text_without_words_has_no_simhash() -> None:
    assert near(None, ["…", "!!"]) is None
    assert near("", []) is None


def test_a_news_flash_has_one() -> None:
    assert near(None, ["Harbour closed."]) is not None


def articles() -> Iterator[tuple[str, list[str]]]:
    for name in ("body-fundus", "body-wcxb"):
        with (CORPORA / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                page = json.loads(line)
                paragraphs = [each for each in page["body"].split("\n") if each.strip()]
                if len(paragraphs) >= 4 and len(page["body"]) > 800:
                    yield page.get("title") or "", paragraphs


@pytest.mark.skipif(not CORPORA.exists(), reason="the evaluation corpora are not beside the project")
def test_a_changed_paragraph_is_within_3_bits_in_95_of_100_articles_and_unrelated_articles_are_not() -> None:
    chance = random.Random(5)  # noqa: S311 - the same articles every time, no secret
    pages = chance.sample(list(articles()), 400)
    within = 0
    tried = chance.sample(range(len(pages)), 300)
    for index in tried:
        headline, paragraphs = pages[index]
        place = chance.randrange(len(paragraphs))
        stranger = chance.choice(chance.choice(pages)[1])
        changed = [*paragraphs[:place], stranger, *paragraphs[place + 1 :]]
        within += distance(near(headline, changed), near(headline, paragraphs)) <= 3
    assert within / len(tried) >= 0.95

    prints = [int(near(*page) or "0", 16) for page in pages]
    pairs = [(one, other) for index, one in enumerate(prints) for other in prints[index + 1 :]]
    alike = sum((one ^ other).bit_count() <= 3 for one, other in pairs)
    # The corpora hold a story twice.
    assert alike <= 1
