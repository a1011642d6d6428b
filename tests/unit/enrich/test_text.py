"""The text rule."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain as source_of
from workers.enrich import text as compiled
from workers.enrich.text import is_composed, plain, tidy, tidy_all

SOURCE = source_of(compiled)

TIDIED: dict[str, tuple[str | None, str | None]] = {
    "plain text stays": ("One two", "One two"),
    "white space of every kind is one space": (" a\u00a0b\u3000c\r\n\td\u2003e ", "a b c d e"),
    "a composed letter": ("cafe\u0301", "café"),
    "control characters go": ("a\x00b\x07c\x9fd", "abcd"),
    "bidirectional overrides go": ("a\u202eb\u2066c\u2069", "abc"),
    "soft hyphens and zero-width spaces go": ("Donau\u00addampf\u200bschiff\ufeff", "Donaudampfschiff"),
    "joiners stay, Persian needs them": ("می\u200cخواهم", "می\u200cخواهم"),
    "direction marks stay": ("שלום\u200f!", "שלום\u200f!"),
    "icon fonts go": ("\ue001 Menu", "Menu"),
    "an object mark goes": ("a\ufffcb", "ab"),
    "half a character is marked as broken": ("a\ud83db", "a\ufffdb"),
    "nothing": ("", None),
    "only white space": (" \u200b\n", None),
    "none": (None, None),
}


@pytest.mark.parametrize(("raw", "clean"), TIDIED.values(), ids=TIDIED.keys())
def test_text_is_tidied(raw: str | None, clean: str | None) -> None:
    assert tidy(raw) == clean


def test_declared_text_loses_its_entities_and_its_markup() -> None:
    assert plain("R&uuml;ckbau &#8216;jetzt&#8217; <b>fett</b>") == "Rückbau ‘jetzt’ fett"
    assert plain("a < b and c > d") == "a < b and c > d"
    assert plain("<!-- nothing -->") is None


def test_a_list_is_tidied_each_text_once() -> None:
    assert tidy_all([" a ", "b", "", "a"]) == ["a", "b"]


def test_letters_that_are_composed_for_certain_compose_with_nothing_before_them() -> None:
    decomposed = (unicodedata.decomposition(chr(code)) for code in range(0x110000))
    seconds = {int(code, 16) for each in decomposed if each and each[0] != "<" for code in each.split()[1:]}
    jamo = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    for code in filter(lambda code: is_composed(chr(code)), range(0x110000)):
        assert code not in seconds | jamo
        assert unicodedata.combining(chr(code)) == 0
        assert unicodedata.is_normalized("NFC", chr(code))


@given(st.text(alphabet="ae \u0301\xa0\u3042\u3099\ufffc\ud83dя", max_size=12))
def test_what_is_tidied_is_printable_composed_and_stays_as_it_is(text: str) -> None:
    tidied = tidy(text)
    assert tidied == SOURCE.tidy(text)
    assert tidied is None or tidied.isprintable()
    assert tidied is None or (tidied == unicodedata.normalize("NFC", tidied) == tidy(tidied))
