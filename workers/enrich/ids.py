"""Record ids: 32 hex digits that stay the same across runs, machines and releases of one major version.

An id is the first half of a SHA-256 over the kind of record, the site and the key, joined by U+001F. SHA-256 because
every language and database that a consumer may use has it; 128 bits because two of 10^15 records then still collide
with a chance below one in 10^8. Nothing in here may depend on a table that a library updates: a changed id is a
broken promise.
"""

import re
from hashlib import sha256
from unicodedata import category
from urllib.parse import quote, urlsplit

from turbohtml.detect import normalize  # linear, where unicodedata takes quadratic time on runs of marks

from workers.enrich.letter_table import LetterTable
from workers.enrich.text import is_composed
from workers.enrich.words import sections

ID_DIGITS = 32
_SEPARATOR = "\x1f"

SNIPPET_KEY_WIDTH = 64
"""How much of a snippet's text its id looks at: letters and digits of the normalised text, wide (CJK) ones counting
two.

A cut-off copy and the full copy must get one id, so the key is a prefix shorter than the shortest usual cut: feeds
cut descriptions at 100 to 160 characters and excerpts at 55 words; 64 letters are about 78 characters with their
spaces. Longer keys would miss short cuts; shorter ones would merge texts that only begin alike ("The foreign minister
said on Monday …"). The price: two texts of one site that share their first dozen words are one snippet, and the
second counts as a repeat.
"""

_TRACKING_PREFIXES = sections("tracking_parameters")["prefixes"]
_TRACKING = frozenset(sections("tracking_parameters")["names"])
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_TO_ESCAPE = re.compile(r"[^A-Za-z0-9_.~/:@!$&'()*+,;=?-]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# As bytes: a table of 256 is several times faster than one of characters.
_FOLDED_ASCII = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))


def article_id(site: str | None, address: str | None, headline: str | None) -> str:
    """The id of a story: (site, canonical address without tracking parameters and fragment), or (site, headline)."""
    key = f"url:{url_key(address)}" if address else f"headline:{normalised(headline or '')}"
    return _digest("article", site, key)


def teaser_id(site: str | None, headline: str) -> str:
    """The id of a teaser: (site, normalised headline)."""
    return _digest("teaser", site, normalised(headline))


def snippet_id(site: str | None, text: str) -> str:
    """The id of a snippet: (site, the first SNIPPET_KEY_WIDTH of the normalised text without its spaces)."""
    return _digest("snippet", site, _prefix(normalised(text).replace(" ", ""), SNIPPET_KEY_WIDTH))


def normalised(text: str) -> str:
    """Text as ids compare it: NFKC, case-folded, every run of punctuation, symbols and white space one space.

    Quotes, dashes and apostrophes of every kind fall under punctuation; invisible characters vanish. A text that
    holds no letter and no digit ("???") stays as it is, so that not all such texts are one.
    """
    if text.isascii():
        folded = b" ".join(text.lower().encode("ascii").translate(_FOLDED_ASCII).split()).decode("ascii")
    else:
        alone = _LETTERS.text(text)
        folded = _folded(text) if alone is None else alone
    return folded or " ".join(text.split())


def _folded(text: str) -> str:
    return " ".join(normalize("NFKC", normalize("NFKC", text).casefold()).translate(_FOLDING).split())


def _folded_alone(letter: str) -> str:
    """What a letter is in any folded text: "" if that may depend on its neighbours, or is not one letter."""
    composed = normalize("NFKC", letter)
    small = composed.casefold()
    steps = (composed, small, normalize("NFKC", small))
    is_alone = all(len(step) == 1 and is_composed(step) for step in steps)
    return _FOLDING[ord(steps[-1])] if is_alone else ""


_LETTERS = LetterTable(_folded_alone)


def url_key(address: str) -> str:
    """What an address points to: host without "www.", path, sorted query; no scheme, tracking parameters or fragment.

    Two spellings of one escape agree, and so do a path with and without its last slash. address is absolute http(s).
    """
    parts = urlsplit(address)
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    path = _escaped(parts.path).rstrip("/")
    kept = sorted(_escaped(pair) for pair in parts.query.split("&") if pair and not _is_tracking(pair))
    return f"{host}{path}?{'&'.join(kept)}" if kept else f"{host}{path}"


def _digest(kind: str, site: str | None, key: str) -> str:
    joined = _SEPARATOR.join((kind, site or "", key))
    return sha256(joined.encode("utf-8", "replace")).hexdigest()[:ID_DIGITS]


def _prefix(text: str, width: int) -> str:
    if text.isascii():
        return text[:width]
    for end, character in enumerate(text):
        width -= 2 if character >= "\u2e80" else 1  # from here on: CJK, kana, Hangul
        if width < 0:
            return text[:end]
    return text


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escaped(part: str) -> str:
    if not _TO_ESCAPE.search(part):
        return part
    return _ESCAPE.sub(_one_spelling, quote(part, safe="%/:@!$&'()*+,;=?~", errors="replace"))


def _one_spelling(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


# More code points than the world's news is written with; a page of random ones must not fill the memory.
_FOLDING_LIMIT = 50_000


class _Folding(dict[int, str]):
    """Code point -> itself for letters, marks and digits, a space for punctuation and symbols, nothing for the
    invisible.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = category(character)
        folded = (
            character if kind[0] in "LMN" else "" if kind in ("Cf", "Cc", "Cs") and not character.isspace() else " "
        )
        if len(self) < _FOLDING_LIMIT:
            self[code] = folded
        return folded


# Modifier letters that stand for apostrophes and quotes are letters to Unicode; the Arabic tatweel only stretches a
# word.
_FOLDING = _Folding({**dict.fromkeys((0x2B9, 0x2BA, 0x2BB, 0x2BC, 0x2BD, 0x2BE, 0x2BF, 0x2C8, 0x2EE), " "), 0x640: ""})
