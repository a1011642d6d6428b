"""Dates and times as pages write them, for machines and for readers, brought to RFC 3339.

A time counts only with its offset from UTC; without one only the day is known, and the day is what is returned.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from workers.enrich.words import sections

EARLIEST_YEAR = 1990
"""Before the web: a template's zero date or a story's subject, not its publication."""
LATEST_YEAR = 2100

_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)"
    r"(?:[T\s,]+(\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,]\d+)?)?\s*(.*))?",
    re.DOTALL,
)
_BEHIND_SECONDS = re.compile(r"(?:[.,]\d+)?\s*(.*)", re.DOTALL)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_OFFSET = re.compile(r"(?:(?:UTC|GMT)\s*)?([+\-−])(\d{1,2}):?(\d{2})?\b")
_ZONE = re.compile(r"[A-Z][A-Za-z]{0,4}\b")
# Abbreviations that mean one offset wherever they are written; CST, IST and BST mean several.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "SAST": 120, "EAT": 180, "WIB": 420, "WITA": 480, "WIT": 540, "HKT": 480, "SGT": 480,
    "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "EST": -300, "EDT": -240, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "BRT": -180,
}  # fmt: skip
_CLOCK = re.compile(
    r"(?<![\d.:])(\d{1,2})\s?[:.hH](\d{2})(?::(\d{2}))?(?![\d.])\s*(?:([aApP])\.?\s?[mM]\b\.?)?(?:\s*(?:Uhr|Hrs|hrs|h)\b)?"
)
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_BIG_ENDIAN = re.compile(r"(?<![\d/.-])(\d{4})([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d/-])")
_VIETNAMESE = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|\s+năm)?\s+(\d{4})", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|ère|e|de|ste|º|ª|°|-?[гґйая]{1,2})?")
_BETWEEN = frozenset(
    ["de", "del", "of", "d’", "d'", "den", "m", "gada", "года", "г", "року", "р", "й", "le", "the", "do"]
)
_SPLIT = re.compile(r"[\s,;|()·•،、]+|(?<=\d)\.(?=[^\W\d_])|(?<=[^\W\d_])-(?=\d)|(?<=\d)-(?=[^\W\d_])")
# Where people write the month first: then 3/5/2024 is March 5. Elsewhere it is May 3.
_MONTH_FIRST = frozenset(["en-us", "en_us", "fil", "fil-ph", "en-ph"])
# No place on Earth is farther from UTC, in minutes.
_FARTHEST = 14 * 60
# Thai calendars count from the Buddha's death.
_BUDDHIST_YEARS = 543


def _months() -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Month number by spelling: over all languages, and for each language alone."""
    common: dict[str, int] = {}
    by_language: dict[str, dict[str, int]] = {}
    for language, lines in sections("months").items():
        for month, line in enumerate(lines, start=1):
            for spelling in line.split():
                by_language.setdefault(language, {})[spelling] = month
                common.setdefault(spelling, month)
    return common, by_language


_ANY_MONTH, _MONTH_IN = _months()


def parse_stamp(
    text: str | None, *, language: str | None = None, locale: str | None = None, offset: int | None = None
) -> str | None:
    """A date or time in RFC 3339 ("2024-03-05T12:00:00+01:00"), or a day ("2024-03-05") if its offset is unknown.

    text is what a machine or a reader was meant to read; language (ISO 639-1) tells months of one spelling apart,
    locale (the page's lang attribute) tells 3/5/2024 apart, offset (minutes east of UTC) holds for a time that states
    none. None when there is no date, an impossible one, or an ambiguous one.
    """
    if not text:
        return None
    if (usual := _usual(text, offset)) is not None:
        return usual
    text = text.strip()[:200]
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    match = _ISO.match(text)
    if match:
        year, _, month, day, hour, minute, second, zone = match.groups()
        clock = (int(hour), int(minute or 0), int(second or 0)) if hour and minute else None
        stated = _offset(zone or "")
        return _stamp((int(year), int(month), int(day)), clock, offset if stated is None else stated)
    return find_stamp(text, language=language, locale=locale)


def _usual(text: str, offset: int | None) -> str | None:
    """What parse_stamp makes of the form that nine of ten machines write ("2024-03-05T12:00:00.000Z"), at less cost."""
    if text[10:11] != "T" or len(text) > _LONGEST_USUAL:
        return None
    clock = text[:19]
    try:
        moment = datetime.fromisoformat(clock)
    except ValueError:
        return None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR or moment.isoformat() != clock:
        return None
    stated = _offset_behind(text[19:])
    if stated is None:
        stated = offset
    return clock[:10] if stated is None or abs(stated) > _FARTHEST else clock + _written(stated)


# "2024-03-05T12:00:00.000000000+01:00" and a little more.
_LONGEST_USUAL = 40


@lru_cache(maxsize=256)
def _offset_behind(tail: str) -> int | None:
    """Minutes east of UTC in what follows the seconds."""
    match = _BEHIND_SECONDS.match(tail.rstrip())
    return _offset(match[1]) if match else None


@lru_cache(maxsize=256)
def _written(offset: int) -> str:
    return datetime(LATEST_YEAR, 1, 1, tzinfo=timezone(timedelta(minutes=offset))).isoformat()[19:]


def find_stamp(text: str, *, language: str | None = None, locale: str | None = None) -> str | None:
    """The first date in a text written for readers, like parse_stamp."""
    found = _find_day(text, language, locale)
    if found is None:
        return None
    day, end = found
    clock, offset = _find_clock(text, end)
    return _stamp(day, clock, offset)


def _find_day(text: str, language: str | None, locale: str | None) -> tuple[tuple[int, int, int], int] | None:
    """(year, month, day) and where it ends."""
    if match := _CJK.search(text) or _BIG_ENDIAN.search(text):
        numbers = [int(group) for group in match.groups() if group.isdecimal()]
        return (numbers[0], numbers[1], numbers[2]), match.end()
    if match := _VIETNAMESE.search(text):
        return (int(match[3]), int(match[2]), int(match[1])), match.end()
    if match := _NUMERIC.search(text):
        day = _numeric_day(match, language, locale)
        return (day, match.end()) if day else None
    return _named_day(text, language)


def _numeric_day(match: re.Match[str], language: str | None, locale: str | None) -> tuple[int, int, int] | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        if match[2] == "-":
            return None  # 05-06-07 may be anything
        year += 2000
    if match[2] == "/" and first <= 12 and second <= 12 and first != second:
        where = (locale or "").lower()
        if where in _MONTH_FIRST:
            return year, first, second
        if (where or language or "en")[:2] == "en" and where in ("", "en"):
            return None  # English from anywhere: both readings are current
    if second > 12 >= first and match[2] == "/":
        return year, first, second
    return year, second, first


def _named_day(text: str, language: str | None) -> tuple[tuple[int, int, int], int] | None:
    """A day with its month as a word: 5 March 2024, March 5, 2024, 2024. március 5., 2024. gada 5. martā."""
    months = _MONTH_IN.get(language or "", {})
    words: list[tuple[str, int]] = []
    at = 0
    for match in _SPLIT.finditer(text + " "):
        word = text[at : match.start()].strip(".'’:/–—-")
        at = match.end()
        if word and word.lower() not in _BETWEEN:
            words.append((word, match.start()))
    for index, (word, _) in enumerate(words):
        month = months.get(word.lower()) or _ANY_MONTH.get(word.lower())
        if month is None:
            continue
        before = [_number(words[place][0]) if place >= 0 else None for place in (index - 1, index - 2)]
        after = [_number(words[place][0]) if place < len(words) else None for place in (index + 1, index + 2)]
        for day, year, last in (
            (before[0], after[0], index + 1),
            (after[0], after[1], index + 2),
            (after[0], before[0], index + 1),
            (before[0], before[1], index),
        ):
            if day is not None and year is not None and 1 <= day <= 31 and year >= EARLIEST_YEAR:
                return (year, month, day), words[last][1]
    return None


def _number(word: str) -> int | None:
    match = _DAY.fullmatch(word)
    if match:
        return int(match[1])
    return int(word) if len(word) == 4 and word.isdecimal() else None


def _find_clock(text: str, start: int) -> tuple[tuple[int, int, int] | None, int | None]:
    """The time of day that stands with a date, and its offset in minutes if one is stated."""
    match = _CLOCK.search(text, start) or _CLOCK.search(text)
    if match is None:
        return None, None
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            return None, None
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    return (hour, int(match[2]), int(match[3] or 0)), _offset(text[match.end() :].lstrip(" ,(["))


def _offset(zone: str) -> int | None:
    """Minutes east of UTC in what follows a time; None when nothing or nothing certain follows."""
    if match := _OFFSET.match(zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return minutes if match[1] == "+" else -minutes
    if match := _ZONE.match(zone):
        return _ZONES.get(match[0])
    return None


def _stamp(day: tuple[int, int, int], clock: tuple[int, int, int] | None, offset: int | None) -> str | None:
    year, month, date = day
    if _BUDDHIST_YEARS + EARLIEST_YEAR <= year <= _BUDDHIST_YEARS + LATEST_YEAR:
        year -= _BUDDHIST_YEARS
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        moment = datetime(year, month, date, tzinfo=UTC)
    except ValueError:
        return None
    if clock is None or offset is None or abs(offset) > _FARTHEST or clock[0] > 23 or clock[1] > 59:
        return moment.date().isoformat()
    zone = timezone(timedelta(minutes=offset))
    return moment.replace(hour=clock[0], minute=clock[1], second=min(clock[2], 59), tzinfo=zone).isoformat()


def _from_epoch(seconds: float) -> str | None:
    if seconds > 1e11:
        seconds /= 1000
    moment = datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=0)
    return moment.isoformat() if EARLIEST_YEAR <= moment.year <= LATEST_YEAR else None
