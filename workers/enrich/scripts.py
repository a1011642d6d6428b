"""Which scripts a text is written in, counted on its UTF-8 bytes.

A character class over the planes of the world's scripts takes milliseconds to compile, each time a process starts;
bytes are counted at once, and faster. The first byte of a character tells its block: D6-DB Hebrew to Arabic, E0 South
Asia to Lao, E1 Burmese to Khmer (and, from B8 to BB, Vietnamese letters), E2 punctuation, E3-E9 kana and Han, EA-ED
Hangul, EF full width.
"""

_BEYOND_LATIN = bytes([*range(0xCD, 0xE0), 0xE0, 0xE1, *range(0xE3, 0xEE)])
_VIETNAMESE = (b"\xe1\xb8", b"\xe1\xb9", b"\xe1\xba", b"\xe1\xbb")
_WIDE = bytes([*range(0xE3, 0xEE), 0xEF])
_KANA_AND_HAN = bytes(range(0xE3, 0xEA))
_SOUTH_EAST_ASIA = (
    b"\xe0\xb8",
    b"\xe0\xb9",
    b"\xe0\xba",
    b"\xe0\xbb",
    b"\xe1\x80",
    b"\xe1\x81",
    b"\xe1\x9e",
    b"\xe1\x9f",
)
_UNCASED = bytes([*range(0xD6, 0xDC), 0xE0, *range(0xE3, 0xEE)])


def letters_beyond_latin(text: str) -> int:
    """Letters of Greek, Cyrillic and every script further on; letters with diacritics are Latin."""
    if text.isascii():
        return 0
    data = text.encode("utf-8", "replace")
    beyond = len(data) - len(data.translate(None, _BEYOND_LATIN))
    return beyond - sum(map(data.count, _VIETNAMESE)) if beyond else 0


def wide_characters(text: str) -> int:
    """Characters as wide as two: CJK with its punctuation, Hangul, full width forms."""
    if text.isascii():
        return 0
    data = text.encode("utf-8", "replace")
    return len(data) - len(data.translate(None, _WIDE))


def touches_its_neighbours(text: str) -> bool:
    """Whether a text has letters of scripts in which words touch or take prefixes: Hebrew, Arabic, Indic, Thai, CJK."""
    if text.isascii():
        return False
    data = text.encode("utf-8", "replace")
    return len(data) != len(data.translate(None, _UNCASED))


def writes_no_spaces(text: str) -> bool:
    """Whether a text holds kana, Han, Thai, Lao, Burmese or Khmer."""
    if text.isascii():
        return False
    data = text.encode("utf-8", "replace")
    cjk = len(data) - len(data.translate(None, _KANA_AND_HAN)) - data.count(b"\xe3\x80")  # its punctuation
    return cjk > 0 or any(block in data for block in _SOUTH_EAST_ASIA)


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
