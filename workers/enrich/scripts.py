"""Which scripts a text is written in: their blocks, counted. Compiled.

A character class over the planes of the world's scripts takes milliseconds to compile, each time a process starts.
"""


def letters_beyond_latin(text: str) -> int:
    """Letters of Greek, Cyrillic and every script further on; letters with diacritics are Latin."""
    found = 0
    for letter in text:
        if letter >= "\u0340":
            # Not: Vietnamese letters, punctuation and symbols.
            found += letter < "\u1e00" or "\u1f00" <= letter < "\u2000" or "\u3000" <= letter < "\ud800"
    return found


def wide_characters(text: str) -> int:
    """Characters as wide as two: CJK with its punctuation, Hangul, full width forms."""
    found = 0
    for letter in text:
        if letter >= "\u3000":
            found += letter < "\ud800" or "\uf000" <= letter <= "\uffff"
    return found


def touches_its_neighbours(text: str) -> bool:
    """Whether a text has letters of scripts in which words touch or take prefixes: Hebrew, Arabic, Indic, Thai, CJK."""
    for letter in text:  # noqa: SIM110 (a generator is not compiled into a loop)
        if letter >= "\u0580" and (letter < "\u0700" or "\u0800" <= letter < "\u1000" or "\u3000" <= letter < "\ud800"):
            return True
    return False


def writes_no_spaces(text: str) -> bool:
    """Whether a text holds kana, Han, Thai, Lao, Burmese or Khmer."""
    for letter in text:
        if letter >= "\u0e00" and (
            letter < "\u0f00"
            or "\u1000" <= letter < "\u1080"
            or "\u1780" <= letter < "\u1800"
            or "\u3040" <= letter < "\ua000"
        ):
            return True
    return False


def is_cjk(character: str) -> bool:
    """Whether a character is kana, Han or Hangul (or their repetition mark)."""
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3"


def is_han(character: str) -> bool:
    """Whether a character is Han."""
    return "\u3400" <= character <= "\u9fff"


def is_caseless(character: str) -> bool:
    """Whether a character is of a script with words but without capitals: Hebrew, Arabic, Indic, Thai, Khmer,
    Georgian.
    """
    return "\u0590" <= character <= "\u0eff" or "\u1000" <= character <= "\u10ff" or "\u1780" <= character <= "\u17ff"
