"""The text rule."""

import pytest

from workers.enrich.text import plain, tidy, tidy_all

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
