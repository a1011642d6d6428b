"""What the words in an element's class, id, itemprop or role hint at, as bits."""

import re
from importlib.resources import files
from itertools import pairwise

_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])")
_GAPS = {code: " " for code in range(128) if not chr(code).islower()}
# Names repeat within a site; the cap only keeps a hostile crawl from growing the worker for ever.
_REMEMBERED = 50_000
_LONGEST = 200
"""Characters of an attribute that are looked at."""


def _load() -> tuple[tuple[str, ...], dict[str, int]]:
    """The categories in bit order, and for each word the bits of its categories."""
    names: list[str] = []
    bits: dict[str, int] = {}
    for line in (files("workers.segment") / "data" / "markup_words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(":")
            for word in words.split():
                bits[word] = bits.get(word, 0) | 1 << len(names)
            names.append(name)
    return tuple(names), bits


CATEGORIES, _BITS = _load()
_KNOWN = frozenset(_BITS)
_FIRST_PARTS = frozenset(word[:end] for word in _BITS for end in range(1, len(word)))
"""What may be the first of two words that together are one of the words."""
_Name = tuple[int, str, str]
"""What a name hints at, its first word and its last."""
_names: dict[str, _Name] = {}
NO_CLASS = (-1, 0)
"""What class_hints says of an attribute that names no class."""
known_classes: dict[str, tuple[int, int]] = {}
"""What class_hints has said so far, for callers in a hurry."""


def hints(value: str) -> int:
    """Bits of the categories that an attribute value hints at: "article-card__Headline" -> article, card, headline.

    A pair of words counts as one word too ("read-more", "readMore"), also across names.
    """
    return _hints(value[:_LONGEST].split())


def _hints(names: list[str]) -> int:
    bits, before = 0, ""
    for name in names:
        known = _names.get(name) or _name(name)
        bits |= known[0]
        if known[1]:
            if before in _FIRST_PARTS:
                bits |= _BITS.get(before + known[1], 0)
            before = known[2]
    return bits


def _name(name: str) -> _Name:
    small = name.lower()
    bits = _BITS.get(small, 0)
    if small.isascii() and small == name:
        words = [name] if name.isalpha() else name.translate(_GAPS).split()
    else:
        words = [word.lower() for word in _WORD.findall(name)]
    # Most names hold none of the words: one question for all costs less than one for each.
    if not _KNOWN.isdisjoint(words):
        for word in words:
            bits |= _BITS.get(word, 0)
    if not _FIRST_PARTS.isdisjoint(words):
        for first, second in pairwise(words):
            bits |= _BITS.get(first + second, 0)
    known = (bits, words[0], words[-1]) if words else (bits, "", "")
    if len(_names) < _REMEMBERED:
        _names[name] = known
    return known


def class_hints(value: str) -> tuple[int, int]:
    """A number that class attributes share if they are equal but for white space, and what they hint at.

    The numbers hold until forget_classes is called.
    """
    known = known_classes.get(value)
    if known is None:
        names = value.split()
        folded = " ".join(names)
        known = known_classes.get(folded) if names else NO_CLASS
        if known is None:
            known = known_classes[folded] = (
                len(known_classes),
                _hints(names) if len(folded) <= _LONGEST else hints(folded),
            )
        known_classes[value] = known
    return known


def forget_classes() -> None:
    """To be called between pages: empties a table that has grown too large."""
    if len(known_classes) > _REMEMBERED:
        known_classes.clear()


def forget() -> None:
    """Empty all that is remembered of earlier values, for measurements."""
    known_classes.clear()
    _names.clear()
