"""The reading time that a page states ("2 min read", "Lesezeit: 3 Minuten", "この記事は3分で読めます")."""

import re
from collections.abc import Iterable
from typing import Any

from workers.enrich.phrases import holds_any
from workers.enrich.words import sections

# A longer line is a sentence about reading.
LONGEST_LINE = 60
LONGEST_READ = 180
"""Minutes; what claims more is a book, or a number of something else."""
_UNITS = sections("reading_time")["unit"]
_READING = sections("reading_time")["reading"]
_NUMBER = re.compile(r"(?<![\d:.,/])(\d{1,3})(?![\d:.,/]\d)")
_BEFORE_UNIT = " \u00a0-–~約约\u200f\u200e'’"
_DURATION = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?(?:\d+(?:\.\d+)?S)?", re.IGNORECASE)


def stated_minutes(lines: Iterable[str]) -> int | None:
    """Minutes to read, from the first line that states them; lines are the short blocks around a story's headline."""
    for line in lines:
        if len(line) <= LONGEST_LINE and (minutes := _minutes(line)) is not None:
            return minutes
    return None


def declared_minutes(meta: dict[str, list[str]], json_ld: Iterable[Any]) -> int | None:
    """Minutes to read, from a page's meta tags ("Reading time": "3 minutes") or JSON-LD's timeRequired ("PT3M")."""
    for number in "12":
        label, value = (meta.get(f"twitter:{part}{number}") for part in ("label", "data"))
        if label and value and (minutes := _minutes(f"{label[0]} {value[0]}"[:LONGEST_LINE])) is not None:
            return minutes
    for node in json_ld:
        required = node.get("timeRequired") if isinstance(node, dict) else None
        if isinstance(required, str) and (match := _DURATION.fullmatch(required.strip())) and (match[1] or match[2]):
            minutes = int(match[1] or 0) * 60 + int(match[2] or 0)
            return minutes if 0 < minutes <= LONGEST_READ else None
    return None


def _minutes(line: str) -> int | None:
    """The number that stands with a unit of time and, as its neighbour, a word of reading; or the only one with a
    unit.
    """
    if not _NUMBER.search(line):
        return None
    lowered = line.lower()
    if not holds_any(lowered, _READING):
        return None
    found: list[int] = []
    for match in _NUMBER.finditer(lowered):
        before, rest = lowered[: match.start()].rstrip(), lowered[match.end() :].lstrip(_BEFORE_UNIT)
        minutes = int(match[1])
        if not 0 < minutes <= LONGEST_READ or not (rest.startswith(_UNITS) or before.endswith(_UNITS_BEFORE)):
            continue
        found.append(minutes)
        if holds_any(before, _READING) or _UNIT.sub("", rest).startswith(_READING):
            return minutes
    return found[0] if len(found) == 1 else None


# Swahili puts the unit before the number.
_UNITS_BEFORE = ("dakika",)
_UNIT = re.compile(r"^(?:[^\W\d_]{1,8}\.?[\s\u00a0-]*|[分分]\S?)")
