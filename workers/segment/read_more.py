"""The words that sites put before the headline of another story ("Read more: …", "Lesen Sie auch …"), in many
languages.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_MARKS = ':：|>»›→▶►➤•·-–—!]】)）"“”'
_MARKED = re.compile(rf"\s*[{re.escape(_MARKS)}]")
_TRIM = f" \t{_MARKS}"
_OPENING = '[【(（"“»›→▶►➤•·|>-–— \t'


def _read() -> tuple[dict[str, list[str]], frozenset[str]]:
    """Phrases by their first character or word, longest first; and those that need a mark."""
    by_first_word: dict[str, list[str]] = {}
    marked: set[str] = set()
    section = ""
    text = (Path(__file__).with_name("data") / "read_more.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        phrase = line.strip()
        if phrase.startswith("["):
            section = phrase.strip("[]")
        elif phrase and not phrase.startswith("#"):
            by_first_word.setdefault(_first(phrase), []).append(phrase)
            if section == "marked":
                marked.add(phrase)
    for phrases in by_first_word.values():
        phrases.sort(key=len, reverse=True)
    return by_first_word, frozenset(marked)


def _first(text: str) -> str:
    """The key of a phrase: its first three characters, since scripts without spaces have no first word."""
    return text[:3].strip()


_PHRASES, _NEED_A_MARK = _read()


def without_read_more(headline: str) -> str:
    """A promo's headline without the phrase before it; unchanged when there is none or nothing else is there."""
    for phrase, rest in _opened(headline):
        if _MARKED.match(rest) or (phrase not in _NEED_A_MARK and _begins_anew(rest)):
            return _closed(rest.lstrip(_TRIM).rstrip(), headline) or headline
    return headline


def announces(text: str) -> bool:
    """Whether a line opens with such a phrase and a mark behind it, as "Read more: " does."""
    return any(_MARKED.match(rest) for _, rest in _opened(text))


def _opened(line: str) -> Iterator[tuple[str, str]]:
    """The phrases that a line opens with, longest first, each with the rest of the line."""
    text = line.lstrip(_OPENING)
    lowered = text.lower()
    for phrase in _PHRASES.get(lowered[:3], ()) or _PHRASES.get(_first(lowered), ()):
        # Letters may change their number in lower case; then no place in one is a place in the other.
        if lowered.startswith(phrase) and len(lowered) == len(text):
            yield phrase, text[len(phrase) :]


def _begins_anew(rest: str) -> bool:
    """Whether a headline begins here: after a space, or at once with a capital or a letter of an unspaced script."""
    if not rest[:1].isspace():
        return rest[:1].isupper() or rest[:1] >= "\u2e80"
    return not rest.lstrip()[:1].islower()  # "Read more about …" is a sentence of its own


def _closed(rest: str, headline: str) -> str:
    """Without the bracket that closes one before the phrase: "[Read more: Headline]"."""
    return rest[:-1].rstrip() if headline[:1] in "[(" and rest[-1:] in "])" else rest
