"""Texts folded letter by letter."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain
from workers.enrich import ids, letter_table

both = pytest.mark.parametrize("module", [letter_table, plain(letter_table)], ids=["compiled", "source"])


@both
def test_a_text_is_folded_where_each_letter_tells(module: ModuleType) -> None:
    table = module.LetterTable({"É": "é", "-": " ", " ": " ", "東": "東", "s": "s", "ß": ""}.__getitem__)
    assert table.text(" -É - s東--") == "é s東"
    assert table.text("--") == ""
    assert table.text("") == ""
    assert table.text("sß") is None
    assert table.text("s😀") is None


@both
def test_a_letter_is_asked_for_once(module: ModuleType) -> None:
    asked: list[str] = []

    def fold(letter: str) -> str:
        asked.append(letter)
        return letter.lower()

    table = module.LetterTable(fold)
    assert table.text("ABBA") == "abba"
    assert table.text("AB") == "ab"
    assert asked == ["A", "B"]


@given(
    st.text(
        alphabet="aZ -–é\u0301\u0308ΣςßİıﬁÅ\u212b¨Йй\u0306かが\u3099한\u1100\u1161\u11a8\u0640\u200b½Ａ", max_size=10
    )
)
def test_ids_fold_a_text_by_its_letters_as_they_fold_it_whole(text: str) -> None:
    alone = ids._LETTERS.text(text)
    assert alone is None or alone == ids._folded(text)
