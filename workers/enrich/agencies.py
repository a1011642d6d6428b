"""News agencies: who they are by any of their names, and where a page credits one.

A mention is no credit: an article may be about an agency. Credits stand in the byline, in the dateline, before or
after the headline, on a line of their own at the end, or beside a word of reporting ("Reuters reported", "laut dpa").
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from workers.enrich.fingerprints import folded
from workers.enrich.phrases import holds_any
from workers.enrich.scripts import touches_its_neighbours
from workers.enrich.word_counts import WordCounts
from workers.enrich.words import entries


class Mention(NamedTuple):
    """An agency's name in a text."""

    agency: str
    """The name that records give it."""
    start: int
    end: int


def _read() -> tuple[dict[str, str], dict[str, str]]:
    """Agency by spelling: those that are sure anywhere, and those that count in a credit only."""
    sure: dict[str, str] = {}
    in_credits: dict[str, str] = {}
    for line in entries("agencies"):
        spellings = [spelling.strip() for spelling in line.split("|")]
        name = spellings[0]
        doubtful = {spelling.removeprefix("?").strip() for spelling in spellings if spelling.startswith("?")}
        for spelling in dict.fromkeys(spelling.removeprefix("?").strip() for spelling in spellings):
            (in_credits if spelling in doubtful else sure).setdefault(spelling, name)
    return sure, in_credits


_SURE, _IN_CREDITS = _read()
_CREDITED = _SURE | _IN_CREDITS
# In these scripts names touch the words around them, or take prefixes: they are found anywhere in a text.
_FIRST_WORD = re.compile(r"[^\W_]+")


class _Names:
    """Spellings of agencies, found by their first word: a pattern of all of them takes 30 ms to compile."""

    def __init__(self, spellings: dict[str, str]) -> None:
        self.agency = spellings
        self.unspaced = tuple(sorted(filter(touches_its_neighbours, spellings), key=len, reverse=True))
        self.by_first_word: dict[str, list[str]] = {}
        for spelling in sorted(set(spellings) - set(self.unspaced), key=lambda each: (-len(each), each)):
            if first := _FIRST_WORD.search(spelling):
                self.by_first_word.setdefault(first[0], []).append(spelling)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Every mention in a short text, the longest spelling at each place."""
        end = 0
        for word in _FIRST_WORD.finditer(text):
            for spelling in self.by_first_word.get(word[0], ()):
                if word.start() >= end and text.startswith(spelling, word.start()):
                    after = word.start() + len(spelling)
                    if not text[after : after + 1].isalnum():
                        end = after
                        yield Mention(self.agency[spelling], word.start(), end)
                        break
        if touches_its_neighbours(text):
            for spelling in self.unspaced:
                at = text.find(spelling)
                if at >= 0:
                    yield Mention(self.agency[spelling], at, at + len(spelling))


_SURE_NAMES = _Names(_SURE)
# "(afp)", "dpa/reuters": some houses credit in small letters. Two small letters are a word.
_LOWERED = {lowered: name for spelling, name in _SURE.items() if len(lowered := spelling.casefold()) > 2}
_CREDITED_NAMES = _Names(_LOWERED | _CREDITED)
_REPORT_WORDS = frozenset(entries("report_words"))
_UNSPACED_REPORT_WORDS = tuple(filter(touches_its_neighbours, entries("report_words")))
# With the words between the first and the last: where one of them is missing, the name need not be looked for.
_SURE_BY_FIRST_WORD: dict[bytes, list[tuple[str, list[bytes]]]] = {}
for _first, _spellings in _SURE_NAMES.by_first_word.items():
    _SURE_BY_FIRST_WORD.setdefault(_first.casefold().encode(), []).extend(
        (spelling, folded([spelling]).split()[1:-1]) for spelling in _spellings
    )
_FIRST_WORDS = WordCounts(b" ".join(_SURE_BY_FIRST_WORD))

# A dateline is over after so many characters ("WASHINGTON, D.C./MEXICO CITY, March 5 (Reuters) - ").
DATELINE_LENGTH = 110
# A credit line is short; what is longer is a paragraph of the story.
CREDIT_LINE_LENGTH = 160
# How near a word of reporting must stand, in words.
_NEAR = 3
_NEAR_CHARACTERS = 40
# How many mentions of one name are looked at: a story about an agency names it often.
_MOST_MENTIONS = 50
# Enough of a text to tell its script.
_SCRIPT_SAMPLE = 300
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BRACKETED = re.compile(
    r"\(([^()]{2,40})\)|\[([^\[\]]{2,40})\]|【([^【】]{2,40})】|（([^（）]{2,40})）|［([^［］]{2,40})］|/([^/\s]{2,30})/"
)
_LAST_BRACKET = re.compile(r"[(\[（【]([^()\[\]（）【】]{2,60})[)\]）】]\s*\.?$")
_LAST_BRACKET_LENGTH = 80
_AFTER_DATELINE = re.compile(r"\s*(?:[-–—―]|\.\s*[-–—])\s")
_DASH = re.compile(r"[-–—―]\s")
_CHINESE_DATELINE = re.compile(r"[^\W\da-zA-Z_]{4,20}\d{1,2}月\d{1,2}日[电電]")
_HEADLINE_MARK = re.compile(r"[:：(\[|]|\s[-–—]\s")
_HEADLINE_END = re.compile(r"\s[-–—|:]\s?$|[(\[]$")


def agency_named(text: str) -> str | None:
    """The agency that a credited name is ("dpa", "The Associated Press"); None when it is none."""
    return _CREDITED.get(text) or _LOWERED.get(text.casefold().strip(" ."))


def credited(text: str) -> list[str]:
    """The agencies in a text that credits somebody (a byline, a credit line), each once, in order."""
    return list(dict.fromkeys(mention.agency for mention in _CREDITED_NAMES.mentions(text)))


def in_headline(headline: str) -> list[str]:
    """Agencies named as the source before or after a headline: "Reuters: …", "… – dpa", "… (AFP)"."""
    if not _HEADLINE_MARK.search(headline):
        return []
    found = []
    for mention in _CREDITED_NAMES.mentions(headline):
        before, after = headline[: mention.start], headline[mention.end :].lstrip()
        is_prefix = not before.strip() and after[:1] in (":", "：")
        is_suffix = after in ("", ")", "]") and _HEADLINE_END.search(before) is not None
        if is_prefix or is_suffix:
            found.append(mention.agency)
    return list(dict.fromkeys(found))


def in_dateline(paragraph: str) -> list[str]:
    """Agencies in a first paragraph's dateline: "LONDON (Reuters) -", "MOSCOW, March 5. /TASS/.", "新华社北京3月5日电".

    Brackets, slashes and dashes tell a dateline from a sentence about an agency.
    """
    start = paragraph[:DATELINE_LENGTH]
    for match in _BRACKETED.finditer(start):
        if found := credited(next(group for group in match.groups() if group)):
            return found
    if chinese := _CHINESE_DATELINE.match(start):
        return credited(chinese[0])
    if not _DASH.search(start):
        return []
    for named in _CREDITED_NAMES.mentions(start):
        # "PARIS – AFP – The", "REUTERS - The"; not "Paris. Reuters is a company - a large one".
        if _AFTER_DATELINE.match(start, named.end) and _is_place_and_day(start[: named.start]):
            return [named.agency]
    return []


def in_body(body: str, words: WordCounts) -> list[str]:
    """Agencies that the text names as its source: a word of reporting stands near the name.

    words: those of the body, folded; most texts name no agency, and their words tell so faster than any search of the
    text. In the order of the text.
    """
    spellings = [
        spelling
        for word in words.shared(_FIRST_WORDS)
        for spelling, others in _SURE_BY_FIRST_WORD[word]
        if all(map(words.count, others))
    ]
    if touches_its_neighbours(body[:_SCRIPT_SAMPLE]):
        spellings.extend(_SURE_NAMES.unspaced)
    first: dict[str, int] = {}
    for spelling in spellings:
        places = _places(body, spelling)
        at = next((at for at in places if _is_source(body, at, at + len(spelling))), None)
        if at is not None:
            first[_SURE[spelling]] = min(at, first.get(_SURE[spelling], at))
    return sorted(first, key=lambda agency: (first[agency], agency))


def in_credit_lines(paragraphs: list[str]) -> list[str]:
    """Agencies credited at a story's end: "(dpa)", "© AFP", "Source: Xinhua", "With material from AP"."""
    found: dict[str, None] = {}
    for paragraph in paragraphs[-3:]:
        bracketed = _LAST_BRACKET.search(paragraph[-_LAST_BRACKET_LENGTH:])
        if len(paragraph) <= CREDIT_LINE_LENGTH and not paragraph.endswith((".", "。", "!", "?")):
            found.update(dict.fromkeys(credited(paragraph)))
        elif bracketed:
            found.update(dict.fromkeys(credited(bracketed[1])))
    return list(found)


def _places(text: str, spelling: str) -> Iterator[int]:
    at = text.find(spelling)
    for _ in range(_MOST_MENTIONS):
        if at < 0:
            return
        yield at
        at = text.find(spelling, at + len(spelling))


def _is_source(text: str, start: int, end: int) -> bool:
    is_unspaced = touches_its_neighbours(text[start])
    if not is_unspaced and (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
        return False
    if is_unspaced:
        around = text[max(0, start - _NEAR_CHARACTERS // 2) : end + _NEAR_CHARACTERS // 2]
        return holds_any(around, _UNSPACED_REPORT_WORDS)
    before = _WORD.findall(text[max(0, start - _NEAR_CHARACTERS) : start].rpartition("\n")[2].lower())[-_NEAR:]
    after = _WORD.findall(text[end : end + _NEAR_CHARACTERS].partition("\n")[0].lower())[:_NEAR]
    return not _REPORT_WORDS.isdisjoint(before) or not _REPORT_WORDS.isdisjoint(after)


def _is_place_and_day(text: str) -> bool:
    """Whether what stands before an agency's name is a dateline: nothing, or a place and perhaps a date."""
    words = _WORD.findall(text)
    return len(words) <= 6 and all(word[0].isupper() or len(word) <= 5 for word in words)
