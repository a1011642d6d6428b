"""Words counted on bytes, beside Python's own way to count."""

from collections import Counter
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain
from workers.enrich import counts, word_counts

LETTERS = st.sampled_from([b"a", b"b", b"\xc3\xa9", b"\xe3\x81\x82", b" ", b" ", b"\n"])
TEXTS = st.lists(LETTERS, max_size=40).map(b"".join)
both = pytest.mark.parametrize("module", [word_counts, plain(word_counts)], ids=["compiled", "source"])


@both
@given(text=TEXTS)
def test_each_word_is_counted_where_it_first_occurs(module: ModuleType, text: bytes) -> None:
    expected = Counter(text.split())
    words = module.WordCounts(text)
    assert list(words.chosen(1, 1).items()) == list(expected.items())
    assert all(words.count(word) == count for word, count in expected.items())
    assert words.count(b"never") == 0


@both
@given(text=TEXTS, other=TEXTS)
def test_what_two_texts_share_is_found(module: ModuleType, text: bytes, other: bytes) -> None:
    shared = module.WordCounts(text).shared(module.WordCounts(other))
    assert len(shared) == len(set(shared))
    assert set(shared) == set(text.split()) & set(other.split())


@both
def test_words_are_chosen_by_number_and_length(module: ModuleType) -> None:
    words = module.WordCounts(b"the crane and the crane fell and the\ncrane")
    assert words.chosen(2, 3) == {b"the": 3, b"crane": 3, b"and": 2}
    assert words.chosen(2, 4) == {b"crane": 3}


@both
def test_only_the_first_words_tell_the_script(module: ModuleType) -> None:
    words = module.WordCounts("one one two 東京".encode())
    assert words.begins_beyond(0xE3, 3)
    assert not words.begins_beyond(0xE3, 2)
    assert not module.WordCounts(b"").begins_beyond(0, 1)


@given(text=st.text(alphabet="ab1²é–-. \n\u2028\xa0", max_size=30))
@pytest.mark.parametrize("module", [counts, plain(counts)], ids=["compiled", "source"])
def test_the_length_of_a_text_is_its_words_but_for_lone_marks(module: ModuleType, text: str) -> None:
    assert module.word_count(text) == sum(len(word) > 1 or word.isalnum() for word in text.split())
