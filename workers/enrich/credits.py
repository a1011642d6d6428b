"""Who gets the credit: authors and agencies of a story, from what the page declares and what it prints."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from workers.enrich.agencies import credited, in_body, in_credit_lines, in_dateline, in_headline
from workers.enrich.bylines import is_all_names, names_declared, names_in_byline, opens_byline
from workers.enrich.names import Name
from workers.enrich.structured import Credit
from workers.enrich.text import plain
from workers.enrich.word_counts import WordCounts

# Bylines stand right behind the headline and its standfirst.
_BYLINE_REACH = 5
# A story is signed above its first sentences or under its last.
_SIGNED_PARAGRAPHS = 3
LONGEST_SIGNATURE = 80
_PIECE = re.compile(r"\s*[|·•]\s*|\s{2,}")
_LETTERS = re.compile(r"[^\W_]+")


class Credits(msgspec.Struct, frozen=True):
    """The people, and the agencies and desks, each once, in the page's order."""

    authors: list[str]
    attribution: list[str]


def credits_of(
    declared: list[list[Credit]],
    bylines: list[str],
    *,
    elsewhere: Iterable[str] = (),
    publishers: Iterable[str | None],
    language: str | None,
) -> Credits:
    """Combine declared authors (one list a source, best first) with the printed bylines.

    People win: the agency and the desk beside them go to attribution, the publication itself nowhere. Where the page
    credits no person, the one agency, desk or publication that it names as the author stands as such: a reader sees
    it in the author's place, and of 128 measured news pages every sixth has nothing else there. elsewhere holds lines
    that may be the byline that was overlooked, the likeliest first; they are asked only if nothing else names a
    person.
    """
    houses = {key for name in publishers if name and (key := _key(name))}
    printed = _printed(bylines, language)
    stated = _stated(declared, houses, language)
    people = _people(stated, printed, bylines, houses, language)
    if not people:
        overlooked = (_persons(_printed([line], language), houses) for line in elsewhere)
        people = next(filter(None, overlooked), [])
    desks = [name.text for name in stated if name.kind == "desk"]
    desks += [name.text for name in printed if name.kind == "desk" and " " in name.text]
    agencies = [name.text for name in (*printed, *stated) if name.kind == "agency"]
    attribution = [agency for text in (*agencies, *bylines) for agency in credited(text)]
    attribution += [
        desk
        for desk in desks
        if not _is_house(desk, houses) and not any(_key(person) in _key(desk) for person in people)
    ]
    return Credits(people or _once(name.text for name in (*stated, *printed))[:1], _once(attribution))


def possible_bylines(near: list[str], paragraphs: list[str], behind: list[str], language: str | None) -> Iterator[str]:
    """Lines that may be a byline: by the headline or behind the story one that opens like it ("… | Von Ann Example"),
    and first or last paragraphs that are nothing but names.

    near are the lines around the headline, those behind it first; behind are the lines after the story's end.
    """
    for line in (*near[:_BYLINE_REACH], *behind[:_BYLINE_REACH]):
        yield from (piece for piece in _PIECE.split(line) if opens_byline(piece, language))
    for paragraph in (*paragraphs[:_SIGNED_PARAGRAPHS], *paragraphs[-1:]):
        if len(paragraph) <= LONGEST_SIGNATURE and is_all_names(paragraph, language):
            yield paragraph


def attribution_of(headline: str | None, paragraphs: list[str], body: str, words: WordCounts) -> list[str]:
    """Agencies that the story's text credits: in its headline, dateline, body and last lines, in this order.

    words: those of the body, folded.
    """
    found = in_headline(headline) if headline else []
    if paragraphs:
        found += in_dateline(paragraphs[0])
        found += in_body(body, words)
        found += in_credit_lines(paragraphs)
    return _once(found)


def _stated(declared: list[list[Credit]], houses: set[str], language: str | None) -> list[Name]:
    """The names of the best source that names anybody; of organisations only if no source names a person."""
    fallback: list[Name] = []
    for source in declared:
        names: list[Name] = []
        for credit in source:
            for name in names_declared(plain(credit.name) or "", language, surname_first=credit.surname_first):
                is_person = name.kind == "person" and not credit.is_organisation
                names.append(name if is_person or name.kind == "agency" else Name(name.text, "desk"))
        if _persons(names, houses):
            return names
        fallback = fallback or names
    return fallback


def _printed(bylines: list[str], language: str | None) -> list[Name]:
    names = [name for byline in bylines for name in names_in_byline(byline, language)]
    if len(bylines) > 1 and not any(name.kind == "person" for name in names):
        # "By" in one block, the name in the next.
        names = names_in_byline(" ".join(bylines), language)
    return names


def _people(
    stated: list[Name], printed: list[Name], bylines: list[str], houses: set[str], language: str | None
) -> list[str]:
    """The persons: as declared where the byline agrees or says nothing, else as printed, else as declared."""
    declared = _persons(stated, houses)
    shown = _persons(printed, houses)
    if not declared or not shown:
        return _once(declared or shown)
    byline = _key(" ".join(bylines))
    confirmed = [name for name in declared if _key(name) in byline]
    if not confirmed:
        return _once(shown)
    # Somebody else counts only beside them: a block of its own may hold anything ("Supreme Court", "Sports
    # Department").
    beside = [line for line in bylines if any(_key(name) in _key(line) for name in confirmed)]
    if len(beside) < len(bylines):
        shown = _persons(_printed(beside, language), houses)
    others = [name for name in shown if not any(_overlap(_key(name), _key(each)) for each in declared)]
    return _once([*declared, *others])


def _persons(names: list[Name], houses: set[str]) -> list[str]:
    return [name.text for name in names if name.kind == "person" and not _is_house(name.text, houses)]


def _overlap(one: str, other: str) -> bool:
    """Whether two names are one: equal, or one holds the other ("Ann Example", "Dr. Ann Example For The Paper")."""
    return one in other or other in one


def _is_house(name: str, houses: set[str]) -> bool:
    """Whether a credited name is the publication itself, or a department that bears its name in front.

    "ABC Sport" belongs to "ABC"; but "Ann Example" may write on example.com, and "Max Muster" in "Max".
    """
    key = _key(name)
    first, _, more = key.partition(" ")
    if key in houses or (first in houses and name[: len(first)].isupper()):
        return True
    return bool(more) and any(" " in house and key.startswith(f"{house} ") for house in houses)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return " ".join(_LETTERS.findall(name.casefold()))


def _once(names: Iterable[str]) -> list[str]:
    """Each name once, whatever its capitals, the first spelling kept."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_key(name), name)
    return list(found.values())
