"""What the words in an element's class, id, itemprop or role hint at, as bits."""

import re
from importlib.resources import files
from itertools import pairwise

_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])")
# Class attributes repeat within a site; the cap only keeps a hostile crawl from growing the worker for ever.
_REMEMBERED = 50_000


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
_remembered: dict[str, int] = {}
NO_CLASS = (-1, 0)
"""What class_hints says of an attribute that names no class."""
known_classes: dict[str, tuple[int, int]] = {}
"""What class_hints has said so far, for callers in a hurry."""


def hints(value: str) -> int:
    """Bits of the categories that an attribute value hints at: "article-card__Headline" -> article, card, headline."""
    known = _remembered.get(value)
    if known is not None:
        return known
    bits = _BITS.get(value.lower(), 0)
    words = [word.lower() for word in _WORD.findall(value[:200])]
    for word in words:
        bits |= _BITS.get(word, 0)
    for first, second in pairwise(words):
        bits |= _BITS.get(first + second, 0)
    if len(_remembered) < _REMEMBERED:
        _remembered[value] = bits
    return bits


def class_hints(value: str) -> tuple[int, int]:
    """A number that class attributes share if they are equal but for white space, and what they hint at.

    The numbers hold until forget_classes is called.
    """
    known = known_classes.get(value)
    if known is None:
        folded = " ".join(value.split())
        known = known_classes.get(folded) if folded else NO_CLASS
        if known is None:
            known = known_classes[folded] = len(known_classes), hints(folded)
        known_classes[value] = known
    return known


def forget_classes() -> None:
    """To be called between pages: empties a table that has grown too large."""
    if len(known_classes) > _REMEMBERED:
        known_classes.clear()
