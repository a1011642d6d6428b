"""What the words in an element's class, id, itemprop or role hint at, as bits. Compiled."""

from importlib.resources import files

from workers.segment.word_table import WordTable

# Names repeat within a site; the cap only keeps a hostile crawl from growing the worker for ever.
_REMEMBERED = 50_000
_LONGEST = 200
"""Characters of an attribute that are looked at."""


def _load() -> tuple[tuple[str, ...], list[tuple[str, int]]]:
    """The categories in bit order, and every word with the number of its category."""
    names: list[str] = []
    entries: list[tuple[str, int]] = []
    for line in (files("workers.segment") / "data" / "markup_words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(":")
            entries.extend((word, len(names)) for word in words.split())
            names.append(name)
    return tuple(names), entries


CATEGORIES, _ENTRIES = _load()
_TABLE = WordTable(_ENTRIES)
NO_CLASS = (-1, 0)
"""What class_hints says of an attribute that names no class."""
_known: dict[str, tuple[int, int]] = {}
"""What class_hints has said so far."""


def hints(value: str) -> int:
    """Bits of the categories that an attribute value hints at: "article-card__Headline" -> article, card, headline.

    A pair of words counts as one word too ("read-more", "readMore"), also across names.
    """
    return _TABLE.in_names(value[:_LONGEST])


def class_hints(value: str) -> tuple[int, int]:
    """A number that class attributes share if they are equal but for white space, and what they hint at.

    The numbers hold until forget_classes is called.
    """
    known = _known.get(value)
    if known is None:
        folded = value if _is_folded(value) else " ".join(value.split())
        known = _known.get(folded) if folded else NO_CLASS
        if known is None:
            known = _known[folded] = (len(_known), hints(folded))
        if folded is not value:
            _known[value] = known
    return known


def _is_folded(value: str) -> bool:
    """Is the value plainly without white space that folding would change?"""
    before = 32
    for at in range(len(value)):
        code = ord(value[at])
        if code < 32 or code > 126 or (code == 32 and before == 32):
            return False
        before = code
    return before != 32


def forget_classes() -> None:
    """To be called between pages: empties a table that has grown too large."""
    if len(_known) > _REMEMBERED:
        _known.clear()


def forget() -> None:
    """Empty all that is remembered of earlier values, for measurements."""
    _known.clear()
