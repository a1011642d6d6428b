"""One part of a byline as a name: titles cut off, people told from agencies, desks, publications and places."""

import re
from functools import lru_cache

import msgspec

from workers.enrich.agencies import agency_named, credited
from workers.enrich.scripts import is_caseless, is_cjk
from workers.enrich.words import entries

LONGEST_NAME = 60
LONGEST_CJK_NAME = 12


class Name(msgspec.Struct, frozen=True):
    """Somebody credited, cleaned."""

    text: str
    kind: str
    """person, agency, desk (a newsroom, a publication, a company) or unsure (nothing tells)."""


_ROLES = frozenset(entries("roles"))
_LONGEST_ROLE = max(len(role.split()) for role in _ROLES)
_ROLE_SUFFIXES = _ROLES.union(entries("byline_closers"))
"""What may be fused to a name behind it: a title, or a button ("EditorFollow")."""
_DESKS = frozenset(entries("desks"))
_CJK_DESKS = tuple(word for word in entries("desks") if word[0] >= "\u2e80")
_PARTICLES = frozenset(entries("name_particles"))
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,3}|info|news|online|media|press)(?:/\S*)?", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_FUSED = re.compile(r"(?<=[a-zà-ÿа-яё])(?=[A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё])")
_CJK_ROLE_BEFORE = re.compile(r"^(?:本[报報]|特[约約])?(?:记者|記者|通讯员|文|撰文|作者|采写|編譯|编译)\s*[/／:：]?\s*")
_CJK_ROLE_AFTER = re.compile(r"\s*(?:記者|记者|特派員|特派员|編集委員|論説委員|支局長|通讯员|氏|さん)$")


@lru_cache(maxsize=4096)
def name_of(part: str) -> Name | None:
    """One part of a byline as a name; None when it is none (a date, a place with a preposition, a sentence)."""
    text = _without_roles(part)
    if not text or len(text) > LONGEST_NAME:
        return None
    if agency_named(text):
        return Name(text, "agency")
    if _DOMAIN.fullmatch(text):
        return Name(text, "desk")
    if _DIGITS.search(text):
        return None
    words = text.split()
    half = len(words) // 2
    if half >= 2 and words[:half] == words[half:]:
        return name_of(" ".join(words[:half]))
    if len(words) <= 3 and credited(words[0]):
        return Name(text, "agency")  # "dpa Sport", "Reuters Staff"
    if len(words) >= 3 and agency_named(words[-1]):
        return name_of(" ".join(words[:-1]))
    if any(word.lower().strip(".") in _DESKS for word in words) or _is_cjk_desk(text):
        return Name(text, "desk")
    return Name(text, kind) if (kind := _kind(text, words)) else None


def _kind(text: str, words: list[str]) -> str | None:
    joined = text.replace(" ", "")
    if 2 <= len(joined) <= LONGEST_CJK_NAME and all(is_cjk(character) or character in "々·・" for character in joined):
        return "person"
    if any(map(is_caseless, text)):
        return "person" if 1 <= len(words) <= 5 else None
    named = [word for word in words if word.lower() not in _PARTICLES]
    if not named or len(words) > 6 or not all(_is_name_word(word) for word in named):
        return (
            "unsure"
            if len(words) <= 3 and all(word.replace("-", "").replace(".", "").isalpha() for word in words)
            else None
        )
    return "person" if len(named) >= 2 else "unsure"


def _is_name_word(word: str) -> bool:
    """Whether a word looks like part of a name: Ann, O'Brien, J.R., al-Amin, d'Ormesson, BOB."""
    core = word.strip(".'’`\"“”„«»")
    if not core or not all(character.isalpha() or character in "-.'’`´ʼ" for character in core):
        return False
    # Al-Amin may be al-Amin, d'Ormesson has its capital inside.
    is_prefixed = core[:3].lower() in ("al-", "el-") or core[1:2] in ("'", "’")
    return core[0].isupper() or (is_prefixed and any(map(str.isupper, core)))


def _without_roles(text: str) -> str:
    """A name without the titles and offices beside it."""
    text = _CJK_ROLE_AFTER.sub("", _CJK_ROLE_BEFORE.sub("", text)).strip(" .:;,–—-|/·•\"“”„«»‘’'*")
    if fused := _FUSED.search(text):
        tail = text[fused.start() :]
        if tail.lower() in _ROLE_SUFFIXES or tail.startswith("The "):
            text = text[: fused.start()]
    words = text.split()
    changed = True
    while changed and words:
        changed = False
        for length in range(min(_LONGEST_ROLE, len(words)), 0, -1):
            if " ".join(words[-length:]).lower() in _ROLES:
                words, changed = words[:-length], True
                break
            if length < len(words) and " ".join(words[:length]).lower() in _ROLES:
                words, changed = words[length:], True
                break
    return " ".join(words).strip(" .:;,–—-|/·•") if words != text.split() else text


def _is_cjk_desk(text: str) -> bool:
    return text[-1] >= "\u2e80" and any(word in text for word in _CJK_DESKS)
