"""What the words of a short line hint at, as bits, in many languages and scripts."""

import re
from importlib.resources import files
from itertools import pairwise

# A verdict needs the line's head and tail only; long paragraphs are not searched through.
_HEAD_WORDS = 6
_TAIL_WORDS = 3
_SHORT = 16
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
_EDGES = ".,;!?()[]{}\"'“”„«»‹›‘’|•·–—-/…"
# Lines repeat within a site (menus, labels); the cap only keeps a hostile crawl from growing the worker for ever.
_REMEMBERED = 50_000
_REMEMBERED_LENGTH = 40


def _load() -> tuple[tuple[str, ...], dict[str, int], dict[str, int], dict[str, int]]:
    """Category names in bit order; bits by word, by phrase of two to four words, by unspaced fragment."""
    names: list[str] = []
    words: dict[str, int] = {}
    phrases: dict[str, int] = {}
    fragments: dict[str, int] = {}
    for line in (files("workers.segment") / "data" / "words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, listed = line.partition(": ")
            for entry in listed.split():
                entry = entry.replace("_", " ").strip()
                table = fragments if _UNSPACED.search(entry) else phrases if " " in entry else words
                table[entry] = table.get(entry, 0) | 1 << len(names)
            names.append(name)
    return tuple(names), words, phrases, fragments


CATEGORIES, _WORDS, _PHRASES, _FRAGMENTS = _load()
_PHRASE_STARTS = frozenset(phrase.split(" ", 1)[0] for phrase in _PHRASES)
_PHRASE_PAIRS = frozenset(" ".join(phrase.split(" ", 2)[:2]) for phrase in _PHRASES)
_KNOWN = frozenset(_WORDS)
_KNOWN_WITH_MARKS = frozenset(word for word in _WORDS if not word.isalnum())
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
    head = text[:240].lower().split(None, _SHORT)
    if len(head) > _SHORT:
        head = head[:_HEAD_WORDS]
    bits = _bits(head)
    if not short:
        bits |= _bits(text[-48:].lower().split()[-_TAIL_WORDS:]) << 32
    if len(text) <= 60 and not text.isascii() and _UNSPACED.search(text):
        lowered = text.lower()
        for fragment, hint in _FRAGMENTS.items():
            if fragment in lowered:
                bits |= hint
    if short and len(_remembered) < _REMEMBERED:
        _remembered[text] = bits
    return bits


def _bits(tokens: list[str]) -> int:
    bits = 0
    stripped = [token if token.isalnum() else token.strip(_EDGES) for token in tokens]
    # Most lines hold none of the words: one question for all costs less than one for each.
    if not _KNOWN.isdisjoint(stripped):
        for bare in stripped:
            bits |= _WORDS.get(bare, 0)
    if not _KNOWN_WITH_MARKS.isdisjoint(tokens):
        for token in _KNOWN_WITH_MARKS.intersection(tokens):
            bits |= _WORDS[token]
    if not _PHRASE_STARTS.isdisjoint(stripped[:5]):
        for start, (word, following) in enumerate(pairwise(stripped[:6])):
            if word in _PHRASE_STARTS and f"{word} {following}" in _PHRASE_PAIRS:
                for size in (2, 3, 4):
                    bits |= _PHRASES.get(" ".join(stripped[start : start + size]), 0)
    return bits


def forget() -> None:
    """Empty all that is remembered of earlier lines, for measurements."""
    _remembered.clear()
