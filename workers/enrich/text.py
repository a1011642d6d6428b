"""The text rule of every record: NFC, white space folded, nothing unprintable, always encodable as UTF-8. Compiled."""

import html
import re

from turbohtml.detect import is_normalized, normalize  # unicodedata takes quadratic time on runs of marks

# What no reader sees and no consumer wants: control characters (white space is folded before), soft hyphens, zero-width
# spaces, word joiners, byte-order marks, bidirectional embeddings, overrides and isolates (they can make a headline
# read as another one), interlinear and object marks, private use (icon fonts), noncharacters. The joiners U+200C and
# U+200D stay (Persian, Indic scripts and emoji need them), and so do the plain direction marks U+200E and U+200F.
_UNWANTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
# Half of a surrogate pair is no character; the replacement character keeps visible that something was broken there.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST_DECLARED = 20_000
"""Characters of a declared text that are read: no headline, name or list of keywords is longer."""
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>|<!--.{0,500}?-->", re.DOTALL)


def tidy(text: str | None) -> str | None:
    """One line of clean text, or None when nothing is left.

    White space of every kind (no-break, ideographic, line ends) becomes one space; the result is NFC and UTF-8 holds
    it.
    """
    if not text:
        return None
    found = _look(text)
    if found == _TIDY:
        return text
    if found == _UNTIDY:
        text = _UNWANTED.sub("", _LONE_SURROGATE.sub("\ufffd", " ".join(text.split())))
        text = " ".join(text.split())
    if not text.isascii() and not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return text or None


_TIDY, _UNSURE, _UNTIDY = 0, 1, 2


def _look(text: str) -> int:
    """Whether a text is tidy already, as most are: surely, or if it is NFC, or not.

    Printable text has no white space but the space, and nothing unwanted but the object mark.
    """
    found, before = _TIDY, " "
    for letter in text:
        if letter < "\x7f":
            if letter < " " or (letter == " " and before == " "):
                return _UNTIDY
        elif letter == "\ufffc" or not letter.isprintable():
            return _UNTIDY
        elif not is_composed(letter):
            found = _UNSURE
        before = letter
    return _UNTIDY if before == " " else found


def is_composed(letter: str) -> bool:
    """Whether a text of such letters is NFC for certain: they are no marks, and nothing composes with what is before.

    Latin, dashes and quotes; Greek, Cyrillic, Hebrew and Arabic letters; kana, Han and Hangul.
    """
    if letter < "\u2010":
        return (
            letter < "\u0300"
            or "\u0388" <= letter <= "\u0482"
            or "\u048a" <= letter <= "\u052f"
            or "\u05d0" <= letter <= "\u060f"
            or "\u061b" <= letter <= "\u064a"
        )
    return (
        letter <= "\u2044"
        or "\u3001" <= letter <= "\u3029"
        or "\u3041" <= letter <= "\u3096"
        or "\u30a1" <= letter <= "\u30fe"
        or "\u3400" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7a3"
    )


def plain(text: str | None) -> str | None:
    """Declared text (JSON-LD, meta) tidied: entities that nobody decoded are, and markup is taken off."""
    if not text:
        return None
    text = text[:LONGEST_DECLARED]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return tidy(text)


def tidy_all(texts: list[str]) -> list[str]:
    """Each text tidied, empty ones left out, each once, in order."""
    return list(dict.fromkeys(kept for text in texts if (kept := tidy(text))))
