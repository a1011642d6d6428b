"""Who wrote it: bylines as printed and authors as declared, split into names, people told from desks and agencies."""

import re
from dataclasses import dataclass
from functools import lru_cache

from workers.enrich.agencies import agency_named, credited
from workers.enrich.text import tidy
from workers.enrich.words import entries, sections


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody credited, cleaned."""

    text: str
    kind: str
    """person, agency, desk (a newsroom, a publication, a company) or unsure (nothing tells)."""


def _longest_first(name: str) -> tuple[str, ...]:
    return tuple(sorted(entries(name), key=len, reverse=True))


def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    """Phrases by their first word, longest first: looked up, not searched."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found


# "Nina" and "per" introduce names in one language and are names in others: only the page's openers count, and English ones.
_OPENERS_IN = {
    language: _by_first_word(tuple(sorted({*words, *sections("byline_openers")["en"]}, key=len, reverse=True)))
    for language, words in sections("byline_openers").items()
}
_OPENERS_ANYWHERE = _by_first_word(_longest_first("byline_openers"))
_CLOSERS_BY_WORD = _by_first_word(_longest_first("byline_closers"))
_ROLES = frozenset(entries("roles"))
_LONGEST_ROLE = max(len(role.split()) for role in _ROLES)
_DESKS = frozenset(entries("desks"))
_JOINERS_ANYWHERE = frozenset(sections("byline_joiners")["*"])
_JOINERS_IN = {
    language: _JOINERS_ANYWHERE.union(words) for language, words in sections("byline_joiners").items() if language != "*"
}
# Words in names that are written small.
_PARTICLES = frozenset(
    "de del de' della dei di da das do dos du des d la le les el al as ul bin ibn ben bint abu van von der den ter ten ten' "
    "te zu zum zur af av of y e i und san st ou ap mac mc ní nic ó o 't het in op auf vom dem den à".split()
)
_UNSPACED_NAME = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3·・]{2,12}")
_CASELESS = re.compile("[\u0590-\u0eff\u1000-\u10ff\u1780-\u17ff]")
_HANDLE = re.compile(r"@[\w.]+")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,3}|info|news|online|media|press)(?:/\S*)?", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|【([^【】]*)】")
_SEPARATOR = re.compile(r"\s*(?:[,;|·•/،、，；｜＆&]|\s[-–—]\s|\s\+\s|\n)\s*")
_DIGITS = re.compile(r"\d")
# In "Ann Example0" the digit is a footnote, in "… TimesNovember 21, 2025" a date is fused to a name.
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])[\d*†‡]{1,2}(?=$|[\s,;&])")
_FUSED = re.compile(r"(?<=[a-zà-ÿа-яё])(?=[A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё])")
_MAC = re.compile(r"\b(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|O|D|Fitz|Vande|El|Al)$")
_HANGUL_NAME_AND_ROLE = re.compile(r"([\uac00-\ud7a3]{2,4})\s?(?:기자|특파원|논설위원|선임기자|전문기자|인턴기자|앵커|PD)")
_CJK_ROLE_BEFORE = re.compile(r"^(?:本[报報]|特[约約])?(?:记者|記者|通讯员|文|撰文|作者|采写|編譯|编译)\s*[/／:：]?\s*")
_CJK_ROLE_AFTER = re.compile(r"\s*(?:記者|记者|特派員|特派员|編集委員|論説委員|支局長|通讯员|氏|さん)$")
LONGEST_NAME = 60
LONGEST_BYLINE = 400
MOST_NAMES = 30


def names_in_byline(text: str, language: str | None = None) -> list[Name]:
    """The names in a byline as printed ("By Ann Example and Bob Sample, Political Correspondents"), in order, each once.

    Who edited, translated or took the pictures is left out, and so are dates, places and job titles.
    """
    text = tidy(text) or ""
    if not text or len(text) > LONGEST_BYLINE:
        return []
    found: dict[str, Name] = {}
    korean = _HANGUL_NAME_AND_ROLE.findall(text)
    parts = korean or [part for piece in _pieces(text) for part in _split(_opened(piece, language), language)]
    for part in parts[:MOST_NAMES]:
        name = _cleaned(part, language)
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
        name = _cleaned(part, language)
        if name is not None:
            if name.kind == "unsure" and len(name.text.split()) <= 4 and not _DIGITS.search(name.text):
                # Declared as an author, and nothing speaks against it ("viktor hedlund", a pen name).
                name = Name(name.text, "person")
            found.setdefault(name.text.casefold(), name)
    return list(found.values())


def opens_byline(text: str, language: str | None) -> bool:
    """Whether a line begins as bylines do, with more behind it: "By …", "Von …", "Text: …"."""
    return _opened(text, language) not in ("", text.strip(" :–—-|·•,/"))


def is_all_names(text: str, language: str | None) -> bool:
    """Whether a line consists of persons' names and nothing else: "ANN EXAMPLE", "Ann Example/Bob Sample"."""
    parts = _split(text, language)
    names = [_cleaned(part, language) for part in parts]
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
    text = text.strip(" :–—-|·•,/")
    openers = _OPENERS_IN.get(language or "", _OPENERS_IN["en"] if language else _OPENERS_ANYWHERE)
    for _ in range(2):
        lowered = text.lower()
        first = lowered.split(None, 1)[0].rstrip(":：") if lowered else ""
        candidates = openers.get(first) or _fused_openers(lowered)
        for opener in candidates:
            if lowered.startswith(opener) and _ends_word(text, len(opener)):
                text = text[len(opener) :].strip(" :：–—-|·•/")
                break
        else:
            break
    return text


def _fused_openers(lowered: str) -> list[str]:
    """Openers that touch the name behind them: "byAnn Example", "文/王小明", "글 김기자"."""
    return [opener for opener in ("by", "von", "文", "글", "撰文", "作者", "筆者", "文＝", "取材・文") if lowered.startswith(opener)]


def _ends_word(text: str, at: int) -> bool:
    """Whether a word ends at this place: no letter follows, or a capital does, after a small letter (or CJK)."""
    following = text[at : at + 1]
    if not following or not following.isalnum():
        return True
    return text[at - 1].islower() and following.isupper() or text[at - 1] >= "\u2e80"


def _split(text: str, language: str | None) -> list[str]:
    """The parts of a byline between commas, bars, dates and words such as "and", cut where the authors end."""
    joiners = _JOINERS_IN.get(language or "", _JOINERS_ANYWHERE)
    is_loud = text.isupper()
    parts: list[str] = []
    for piece in _SEPARATOR.split(_FUSED_DATE.sub(r"\1 | \2", _FOOTNOTE.sub("", text))):
        words = piece.split()
        if language == "zh" and len(words) > 1 and all(map(_CHINESE_NAME.fullmatch, words)):
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


def _is_of_a_date(words: list[str], index: int) -> bool:
    """Whether a word belongs to a date or a time, which may touch a name on either side."""
    word = words[index]
    if _DIGITS.search(word) or word.lower() in _CLOCK_WORDS:
        return True
    if word.lower().strip(".,") not in _MONTHS:
        return False
    return any(_DIGITS.match(near) for near in (*words[max(0, index - 1) : index], *words[index + 1 : index + 2]))


_CLOCK_WORDS = frozenset(["uhr", "am", "pm", "a.m.", "p.m.", "gmt", "utc", "est", "edt", "cet", "cest", "ist", "hrs"])
_MONTHS = frozenset(spelling for line in entries("months") for spelling in line.split() if len(spelling) > 2)
_CHINESE_NAME = re.compile("[\u3400-\u9fff]{2,4}")
_FUSED_DATE = re.compile(r"([a-zà-ÿ])([A-Z][a-z]+ \d{1,2}(?!\d)|\d{1,2}[./:]\d)")


def _closes(words: list[str], index: int) -> bool:
    first = words[index].lower()
    for closer in _CLOSERS_BY_WORD.get(first, _CLOSERS_BY_WORD.get(first.rstrip(":"), ())):
        length = len(closer.split())
        if " ".join(words[index : index + length]).lower().rstrip(":") == closer.rstrip(": "):
            return True
    return False


@lru_cache(maxsize=4096)
def _cleaned(part: str, language: str | None) -> Name | None:
    """One part of a byline as a name; None when it is none (a date, a place with a preposition, a sentence)."""
    text = _without_roles(_opened(part, language))
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
        return _cleaned(" ".join(words[:half]), language)
    if len(words) <= 3 and credited(words[0]):
        return Name(text, "agency")  # "dpa Sport", "Reuters Staff"
    if len(words) >= 3 and agency_named(words[-1]):
        return _cleaned(" ".join(words[:-1]), language)
    if any(word.lower().strip(".") in _DESKS for word in words) or _is_cjk_desk(text):
        return Name(text, "desk")
    return Name(text, kind) if (kind := _kind(text, words)) else None


def _kind(text: str, words: list[str]) -> str | None:
    if _UNSPACED_NAME.fullmatch(text.replace(" ", "")):
        return "person"
    if _CASELESS.search(text):
        return "person" if 1 <= len(words) <= 5 else None
    named = [word for word in words if word.lower() not in _PARTICLES]
    if not named or len(words) > 6 or not all(_is_name_word(word) for word in named):
        return "unsure" if len(words) <= 3 and all(word.replace("-", "").replace(".", "").isalpha() for word in words) else None
    return "person" if len(named) >= 2 else "unsure"


def _is_name_word(word: str) -> bool:
    """Whether a word looks like part of a name: Ann, O'Brien, J.R., al-Amin, d'Ormesson, BOB."""
    core = word.strip(".'’`\"“”„«»")
    if not core or not all(character.isalpha() or character in "-.'’`´ʼ" for character in core):
        return False
    return core[0].isupper() or (core[:3].lower() in ("al-", "el-") or core[1:2] in ("'", "’")) and any(map(str.isupper, core))


def _without_roles(text: str) -> str:
    """A name without the titles and offices beside it."""
    text = _CJK_ROLE_AFTER.sub("", _CJK_ROLE_BEFORE.sub("", text)).strip(" .:;,–—-|/·•\"“”„«»‘’'*")
    if fused := _FUSED.search(text):
        tail = text[fused.start() :]
        if tail.lower() in _ROLES or tail.lower() in _CLOSERS_BY_WORD or tail.startswith("The "):
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


_CJK_DESKS = tuple(word for word in _DESKS if word[0] >= "\u2e80")


def _is_cjk_desk(text: str) -> bool:
    return text[-1] >= "\u2e80" and any(word in text for word in _CJK_DESKS)
