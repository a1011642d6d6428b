"""The words that sites put before the headline of another story ("Read more: …", "Lesen Sie auch …"), in many
languages.
"""

import re
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
    text = headline.lstrip(_OPENING)
    lowered = text.lower()
    for phrase in _PHRASES.get(lowered[:3], ()) or _PHRASES.get(_first(lowered), ()):
        if lowered.startswith(phrase) and len(lowered) == len(text):
            rest = text[len(phrase) :]
            if _MARKED.match(rest) or (phrase not in _NEED_A_MARK and _begins_anew(rest)):
                return _closed(rest.lstrip(_TRIM).rstrip(), headline) or headline
    return headline


def announces(text: str) -> bool:
    """Whether a line opens with such a phrase and a mark behind it, as "Read more: " does."""
    opening = text.lstrip(_OPENING)
    lowered = opening.lower()
    phrases = _PHRASES.get(lowered[:3], ()) or _PHRASES.get(_first(lowered), ())
    return len(lowered) == len(opening) and any(
        lowered.startswith(phrase) and _MARKED.match(opening[len(phrase) :]) for phrase in phrases
    )


def _begins_anew(rest: str) -> bool:
    """Whether a headline begins here: after a space, or at once with a capital or a letter of an unspaced script."""
    if not rest[:1].isspace():
        return rest[:1].isupper() or rest[:1] >= "\u2e80"
    return not rest.lstrip()[:1].islower()  # "Read more about …" is a sentence of its own


def _closed(rest: str, headline: str) -> str:
    """Without the bracket that closes one before the phrase: "[Read more: Headline]"."""
    return rest[:-1].rstrip() if headline[:1] in "[(" and rest[-1:] in "])" else rest
