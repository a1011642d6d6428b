"""What the words of a short line hint at, as bits, in many languages and scripts. Compiled."""

import re
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import Lowered, code_points
from workers.segment.word_table import WordTable

_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af]")
_SHORT = 40
"""Characters of a line that is looked at as a whole; of others the tail is told apart from the head."""
_HEAD, _TAIL = 240, 48
"""Characters of a long line that are looked at."""
_LABEL = 60
"""Characters of a line in which words of scripts without spaces are looked for."""


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


def line_hints(texts: list[str], lowered: Lowered) -> NDArray[np.int64]:
    """Bits of the categories that each line's words hint at, in the low half for its head, all of it if it is short.

    The high half (shifted by 32) holds the same for the tail of a longer line. lowered: of the same texts, whose white
    space is folded.
    """
    into = np.empty(len(texts), dtype=np.int64)
    _fill(texts, lowered.codes, lowered.start, lowered.odd, into)
    return into


def _fill(
    texts: list[str],
    codes: Sequence[int],
    starts: NDArray[np.int64],
    odd: NDArray[np.uint8],
    into: NDArray[np.int64],
) -> None:
    for at in range(len(texts)):
        start, end = starts[at], starts[at + 1]
        # A verdict needs the line's head and tail only; long paragraphs are not searched through.
        if odd[at]:
            bits = _odd_hints(texts[at])
        else:
            bits = _TABLE.in_head(codes, start, min(end, start + _HEAD))
            if end - start > _SHORT:
                bits |= _TABLE.in_tail(codes, max(start, end - _TAIL), end) << 32
        if end - start <= _LABEL and not texts[at].isascii():
            bits |= _fragments_in(texts[at])
        into[at] = bits


def _odd_hints(text: str) -> int:
    """What a line hints at that takes more than its letters one by one to be in lower case."""
    head = code_points(text[:_HEAD].lower())
    bits = _TABLE.in_head(head, 0, len(head))
    if len(text) > _SHORT:
        tail = code_points(text[-_TAIL:].lower())
        bits |= _TABLE.in_tail(tail, 0, len(tail)) << 32
    return bits


def _fragments_in(text: str) -> int:
    """Bits of words of scripts without spaces."""
    bits = 0
    if _UNSPACED.search(text):
        lowered = text.lower()
        for at, letter in enumerate(lowered):
            for fragment, hint in _FRAGMENTS.get(letter, ()):
                if lowered.startswith(fragment, at):
                    bits |= hint
    return bits
