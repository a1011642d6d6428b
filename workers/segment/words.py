"""What the words of a short line hint at, as bits, in many languages and scripts."""

import re
from importlib.resources import files

from workers.segment.word_table import WordTable

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
# Lines repeat within a site (menus, labels); the cap only keeps a hostile crawl from growing the worker for ever.
_REMEMBERED = 50_000
_REMEMBERED_LENGTH = 40
_HEAD, _TAIL = 240, 48
"""Characters of a long line that are looked at."""


def _load() -> tuple[tuple[str, ...], list[tuple[str, int]], dict[str, list[tuple[str, int]]]]:
    """Category names in bit order; words and phrases with their bit; fragments of unspaced scripts by first letter."""
    names: list[str] = []
    entries: list[tuple[str, int]] = []
    fragments: dict[str, list[tuple[str, int]]] = {}
    for line in (files("workers.segment") / "data" / "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, listed = line.partition(": ")
            for entry in listed.split():
                entry = entry.replace("_", " ").strip()
                if _UNSPACED.search(entry):
                    fragments.setdefault(entry[0], []).append((entry, 1 << len(names)))
                else:
                    entries.append((entry, len(names)))
            names.append(name)
    return tuple(names), entries, fragments


CATEGORIES, _ENTRIES, _FRAGMENTS = _load()
_TABLE = WordTable(_ENTRIES)
_remembered: dict[str, int] = {}


def word_hints(text: str) -> int:
    """Bits of the categories that the line's words hint at, in the low half for its head, all of it if it is short.

    The high half (shifted by 32) holds the same for the tail of a longer line.
    """
    short = len(text) <= _REMEMBERED_LENGTH
    if short:
        known = _remembered.get(text)
        if known is not None:
            return known
    # A verdict needs the line's head and tail only; long paragraphs are not searched through.
    bits = _TABLE.in_head(text[:_HEAD].lower())
    if not short:
        bits |= _TABLE.in_tail(text[-_TAIL:].lower()) << 32
    if len(text) <= 60 and not text.isascii() and _UNSPACED.search(text):
        lowered = text.lower()
        for at, letter in enumerate(lowered):
            for fragment, hint in _FRAGMENTS.get(letter, ()):
                if lowered.startswith(fragment, at):
                    bits |= hint
    if short and len(_remembered) < _REMEMBERED:
        _remembered[text] = bits
    return bits


def forget() -> None:
    """Empty all that is remembered of earlier lines, for measurements."""
    _remembered.clear()
