"""The share of common words."""

import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain
from workers.enrich import common_words

both = pytest.mark.parametrize("module", [common_words, plain(common_words)], ids=["compiled", "source"])
COMMON = frozenset(["the", "a", "é", "я"])


@both
def test_the_share_is_that_of_words_and_not_of_numbers_or_marks(module: ModuleType) -> None:
    assert module.share_of(COMMON, "the cat, a_dog; the 12 mice") == 0.5
    assert module.share_of(COMMON, "12 -") == 0
    assert module.share_of(frozenset(), "the") == 0


@both
@given(text=st.text(alphabet="the aéя_1²-\u0301", max_size=20))
def test_words_are_those_of_the_pattern(module: ModuleType, text: str) -> None:
    words = re.findall(r"[^\W\d_]+", text)
    assert module.share_of(COMMON, text) == (sum(word in COMMON for word in words) / len(words) if words else 0)
