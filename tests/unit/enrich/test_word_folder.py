"""Texts folded to the words by which they are compared, beside Python's own folding."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain
from workers.enrich import word_folder

both = pytest.mark.parametrize("module", [word_folder, plain(word_folder)], ids=["compiled", "source"])
ASCII_SPACED = {code: " " for code in range(128) if code != 10 and not chr(code).isalnum()}


@both
@given(text=st.text(alphabet="aZ9 -_\n\x00’–ÉßΐﬃİΣ漢😀𐐀\ud83d", max_size=40))
def test_case_is_folded_and_punctuation_is_spaces(module: ModuleType, text: str) -> None:
    spaced = text.replace("’", " ").replace("–", " ").casefold().encode("utf-8", "replace").decode()
    assert module.WordFolder("’–").fold(text).decode() == spaced.translate(ASCII_SPACED)


@both
@pytest.mark.parametrize("letter", ["a", "ß", "ΐ", "漢", "😀"])
def test_a_long_text_of_long_letters_is_folded_whole(module: ModuleType, letter: str) -> None:
    assert module.WordFolder("").fold(letter * 1000).decode() == letter.casefold() * 1000
