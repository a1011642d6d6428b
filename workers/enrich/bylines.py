"""Bylines as printed and authors as declared, split into names."""

import re
from functools import cache

from workers.enrich.agencies import agency_named
from workers.enrich.names import Name, name_of
from workers.enrich.scripts import is_han
from workers.enrich.text import tidy
from workers.enrich.words import entries, sections


def _longest_first(name: str) -> tuple[str, ...]:
    return tuple(sorted(entries(name), key=len, reverse=True))


def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    """Phrases by their first word, longest first: looked up, not searched."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found


_CLOSERS_BY_WORD = _by_first_word(_longest_first("byline_closers"))
_JOINERS_ANYWHERE = frozenset(sections("byline_joiners")["*"])
_JOINERS_IN = {
    language: _JOINERS_ANYWHERE.union(words)
    for language, words in sections("byline_joiners").items()
    if language != "*"
}
_CLOCK_WORDS = frozenset(["uhr", "am", "pm", "a.m.", "p.m.", "gmt", "utc", "est", "edt", "cet", "cest", "ist", "hrs"])
_HANDLE = re.compile(r"@[\w.]+")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|【([^【】]*)】")
_SEPARATOR = re.compile(r"\s*(?:[,;|·•/،、，；｜＆&]|\s[-–—]\s|\s\+\s|\n)\s*")
_DIGITS = re.compile(r"\d")
# In "Ann Example0" the digit is a footnote, in "… TimesNovember 21, 2025" a date is fused to a name.
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])[\d*†‡]{1,2}(?=$|[\s,;&])")
_HANGUL_NAME_AND_ROLE = re.compile(
    r"([^\W\d_a-zA-Z]{2,4})\s?(?:기자|특파원|논설위원|선임기자|전문기자|인턴기자|앵커|PD)"
)
_TRIM = " :：–—-|·•・,/"
LONGEST_BYLINE = 400
MOST_NAMES = 30


def names_in_byline(text: str, language: str | None = None) -> list[Name]:
    """The names in a byline as printed ("By Ann Example and Bob Sample, Political Correspondents"), in order, each
    once.

    Who edited, translated or took the pictures is left out, and so are dates, places and job titles.
    """
    text = tidy(text) or ""
    if not text or len(text) > LONGEST_BYLINE:
        return []
    found: dict[str, Name] = {}
    korean = _HANGUL_NAME_AND_ROLE.findall(text)
    parts = korean or [part for piece in _pieces(text) for part in _split(_opened(piece, language), language)]
    for part in parts[:MOST_NAMES]:
        name = name_of(_opened(part, language))
        if name is not None and name.text.casefold() not in found:
            found[name.text.casefold()] = name
    return list(found.values())


def names_declared(text: str, language: str | None = None, *, surname_first: bool = False) -> list[Name]:
    """The names in a declared author ("Ann Example", "Ann Example, Bob Sample and Cy Case"), in order, each once.

    surname_first: the source writes "Example, Ann" (Dublin Core, citation tags).
    """
    text = tidy(text) or ""
    if not text or len(text) > LONGEST_BYLINE or _ADDRESS.match(text):
        return []
    if surname_first and text.count(",") == 1:
        surname, _, given = text.partition(",")
        text = f"{given.strip()} {surname.strip()}"
    found: dict[str, Name] = {}
    for part in _split(_opened(text, language), language)[:MOST_NAMES]:
        name = name_of(_opened(part, language))
        if name is not None:
            if name.kind == "unsure" and len(name.text.split()) <= 4 and not _DIGITS.search(name.text):
                # Declared as an author, and nothing speaks against it ("viktor hedlund", a pen name).
                name = Name(name.text, "person")
            found.setdefault(name.text.casefold(), name)
    return list(found.values())


def opens_byline(text: str, language: str | None) -> bool:
    """Whether a line begins as bylines do, with more behind it: "By …", "Von …", "Text: …"."""
    return _opened(text, language) not in ("", text.strip(_TRIM))


def is_all_names(text: str, language: str | None) -> bool:
    """Whether a line consists of persons' names and nothing else: "ANN EXAMPLE", "Ann Example/Bob Sample"."""
    parts = _split(text, language)
    names = [name_of(_opened(part, language)) for part in parts]
    shown = "".join(filter(str.isalpha, text.casefold()))
    kept = "".join(filter(str.isalpha, "".join(name.text for name in names if name).casefold()))
    is_plain = all(name and name.kind == "person" and len(name.text.split()) >= 2 for name in names)
    return bool(names) and is_plain and len(kept) >= len(shown) - 6  # "and", "und" between them


def _pieces(text: str) -> list[str]:
    """A byline without addresses and handles; the contents of brackets apart, since they hold agencies or titles."""
    text = _HANDLE.sub(" ", _ADDRESS.sub(" ", text))
    inside = [next(filter(None, groups), "") for groups in _BRACKETS.findall(text)]
    return [_BRACKETS.sub(" ", text), *(each for each in inside if agency_named(each.strip()))]


def _opened(text: str, language: str | None) -> str:
    """Without what introduces the names ("By", "Ein Kommentar von", "Text:")."""
    text = text.strip(_TRIM)
    openers = _openers(language)
    for _ in range(2):
        lowered = text.lower()
        # Of other white space than a space, nothing is left here either.
        first = next(iter(lowered.split(None, 1)), "").rstrip(":：")
        candidates = openers.get(first) or _fused_openers(lowered)
        for opener in candidates:
            if lowered.startswith(opener) and _ends_word(text, len(opener)):
                text = text[len(opener) :].strip(_TRIM)
                break
        else:
            break
    return text


@cache
def _openers(language: str | None) -> dict[str, list[str]]:
    """Openers by first word: those of a language and English ones, or all for an unknown language.

    "Nina" and "per" introduce names in one language and are names in others.
    """
    lists = sections("byline_openers")
    words = {*lists["en"], *lists.get(language, ())} if language else {*entries("byline_openers")}
    return _by_first_word(tuple(sorted(words, key=lambda opener: (-len(opener), opener))))


def _fused_openers(lowered: str) -> list[str]:
    """Openers that touch the name behind them: "byAnn Example", "文/王小明", "글 김기자"."""
    return (
        [opener for opener in _FUSED_OPENERS if lowered.startswith(opener)]
        if lowered.startswith(_FUSED_OPENERS)
        else []
    )


_FUSED_OPENERS = ("by", "von", "文＝", "文", "글", "撰文", "作者", "筆者", "取材・文")


def _ends_word(text: str, at: int) -> bool:
    """Whether a word ends at this place: no letter follows, or a capital does, after a small letter (or CJK)."""
    following = text[at : at + 1]
    if not following or not following.isalnum():
        return True
    return (text[at - 1].islower() and following.isupper()) or text[at - 1] >= "\u2e80"


def _split(text: str, language: str | None) -> list[str]:
    """The parts of a byline between commas, bars, dates and words such as "and", cut where the authors end."""
    if language != "zh" and text.replace(" ", "").isalpha() and _PARTING.isdisjoint(text.lower().split()):
        return [" ".join(text.split())]
    joiners = _JOINERS_IN.get(language or "", _JOINERS_ANYWHERE)
    is_loud = text.isupper()
    parts: list[str] = []
    for piece in _SEPARATOR.split(_FUSED_DATE.sub(r"\1 | \2", _FOOTNOTE.sub("", text))):
        words = piece.split()
        if language == "zh" and len(words) > 1 and all(map(_is_chinese_name, words)):
            parts.extend(words)
            continue
        current: list[str] = []
        for index, word in enumerate(words):
            if _closes(words, index):
                break
            if (word.lower() if is_loud else word) in joiners or _is_of_a_date(words, index):
                parts.append(" ".join(current))
                current = []
            else:
                current.append(word)
        parts.append(" ".join(current))
    return [part for part in parts if part]


_PARTING = _CLOCK_WORDS.union(
    _CLOSERS_BY_WORD, (word.lower() for words in (_JOINERS_ANYWHERE, *_JOINERS_IN.values()) for word in words)
)
"""Words that part names or end them, in any language. Where none of them is, and letters alone, there is one name."""


def _is_chinese_name(word: str) -> bool:
    return 2 <= len(word) <= 4 and all(map(is_han, word))


def _is_of_a_date(words: list[str], index: int) -> bool:
    """Whether a word belongs to a date or a time, which may touch a name on either side."""
    word = words[index]
    if _DIGITS.search(word) or word.lower() in _CLOCK_WORDS:
        return True
    if word.lower().strip(".,") not in _MONTHS:
        return False
    return any(_DIGITS.match(near) for near in (*words[max(0, index - 1) : index], *words[index + 1 : index + 2]))


_MONTHS = frozenset(spelling for line in entries("months") for spelling in line.split() if len(spelling) > 2)
_FUSED_DATE = re.compile(r"([a-zà-ÿ])([A-Z][a-z]+ \d{1,2}(?!\d)|\d{1,2}[./:]\d)")


def _closes(words: list[str], index: int) -> bool:
    first = words[index].lower()
    for closer in _CLOSERS_BY_WORD.get(first, _CLOSERS_BY_WORD.get(first.rstrip(":"), ())):
        length = len(closer.split())
        if " ".join(words[index : index + length]).lower().rstrip(":") == closer.rstrip(": "):
            return True
    return False
