"""Words and characters of a flattened page, counted for all blocks at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.segment import characters
from workers.segment.text_blocks import read_lines
from workers.segment.text_tokens import tokenise


def _hashes(text: str) -> list[int]:
    return [int(value) for value in tokenise([text]).hash]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Read more", "READ MORE"),
        ("4 min read", "17 min read"),
        ("Read more: ", "read… more"),
        ("ЧИТАЙТЕ также", "читайте ТАКЖЕ"),
        ("İstanbul'da", "istanbul'da"),
    ],
)
def test_case_digits_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert _hashes(one) == _hashes(other)


@pytest.mark.parametrize(("one", "other"), [("ab", "ba"), ("read", "reads"), ("2 min", "two min"), ("新着", "着新")])
def test_other_words_have_other_hashes(one: str, other: str) -> None:
    assert _hashes(one) != _hashes(other)


def test_scripts_without_spaces_are_read_as_overlapping_pairs() -> None:
    whole, part = _hashes("関連記事を読む"), _hashes("関連記事")
    assert len(whole) == 7
    assert whole[:3] == part[:3]


def test_tokens_know_their_blocks() -> None:
    tokens = tokenise(["One two", "3", "Drei vier fünf"])
    assert tokens.count.tolist() == [2, 1, 3]
    assert tokens.start.tolist() == [0, 2, 3]
    assert tokens.block.tolist() == [0, 0, 1, 2, 2, 2]
    assert tokens.capital.tolist() == [True, False, False, True, False, False]


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
def test_the_counts_are_those_of_the_html_side(texts: list[str]) -> None:
    texts = read_lines("\n".join(texts)).texts
    if not texts:
        return
    theirs, ours = characters.count(texts), tokenise(texts)
    np.testing.assert_array_equal(theirs.classes, ours.classes)
    np.testing.assert_array_equal(theirs.first, ours.first)
    np.testing.assert_array_equal(theirs.last, ours.last)
    assert ours.count.min() >= 1 or not any(map(str.isalnum, texts[0]))
