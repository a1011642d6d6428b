"""A story's pictures: caption and credit apart, addresses absolute.

"President X in Paris. (Photo: Ann Example/Reuters)" is a caption and a credit; so are "… Foto: Ann Example", "… ©
AFP" and "… 写真：共同". Brackets without a label or an agency ("(left)", "(archive)") stay in the caption.
"""

import re

from schemas import Image
from workers.enrich.agencies import credited
from workers.enrich.links import absolute
from workers.enrich.phrases import holds_any
from workers.enrich.text import tidy
from workers.enrich.words import entries
from workers.segment.page import Picture

# A credit is a name or two; more is prose.
LONGEST_CREDIT = 120
# Longer than any caption: a story that hangs on a picture.
LONGEST_CAPTION = 2_000
# A whole caption of so few words that begins with a label ("Foto Ann Example") is a credit.
_CREDIT_WORDS = 5
_LABELS = frozenset(entries("credit_labels"))
_LONGEST_LABEL = max(len(label.split()) for label in _LABELS)
_HOUSES = tuple(sorted((name.casefold() for name in entries("picture_agencies")), key=len, reverse=True))
_LAST_BRACKET = re.compile(r"\s*[(\[（［【〔]([^()\[\]（）［］【】〔〕]{2,160})[)\]）］】〕]\s*[.。]?$")
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)|ⓒ|&copy;|copyright\b:?)\s*", re.IGNORECASE)
_CJK_LABELS = tuple(sorted((label for label in _LABELS if label[0] >= "\u2e80"), key=len, reverse=True))
_MARK = re.compile(r"\s?[:：=＝／・]\s?")
# A label stands within so many characters before its mark.
_LABEL_REACH = 32
# Labels that end with a full stop need no colon: "Fot. Anna Przykład".
_DOTTED_LABELS = tuple(label for label in _LABELS if label.endswith("."))
_DOTTED = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _DOTTED_LABELS))})\s", re.IGNORECASE)
_LAST_SENTENCE = re.compile(
    r"(?:^|[.!?…»”\"')\]。！？|]\s*(?=[^\W\d_a-zß-ÿ])|\s[|–—/-]\s)"
    r"([^.!?。！？|]{2,60}(?:\.[^.!?。！？| ]{1,20})?)[.。]?$"
)
_SLASHED = re.compile(r"[^\W\d_][^/()]{1,40}\s?/\s?[^\W\d_][^/()]{1,40}")
_CLOSING = ")]）］】〕"
_COPYRIGHT_MARKS = ("©", "ⓒ", "opyright", "(c)", "(C)")
_BEFORE_LABEL = "|—–-•·/.!?…»”\"')]。！？("
_LABEL_MARKS = tuple(":：=＝／・")
# Words; a source is a name or two and a house.
_LONGEST_SOURCE = 8
_LAST_SENTENCE_LENGTH = 100
_TRIM = " \t:：=|·•–—-/,;"


def image_of(picture: Picture, base: str | None) -> Image | None:
    """The record of a picture, or None when nothing of it is left."""
    caption, credit = split_credit(tidy(picture.caption))
    own_credit = tidy(picture.credit)
    if own_credit:
        credit = without_label(own_credit) or credit
    image = Image(url=absolute(picture.src, base), alt=tidy(picture.alt), caption=caption, credit=credit)
    return image if image.url or image.alt or image.caption or image.credit else None


def split_credit(caption: str | None) -> tuple[str | None, str | None]:
    """A caption as printed, cut into caption and credit; either may be None."""
    if not caption or len(caption) > LONGEST_CAPTION:
        return caption or None, None
    for cut in (_in_brackets, _after_copyright, _after_label, _as_last_sentence):
        if found := cut(caption):
            text, credit = found
            return text.rstrip(" |·•–—-/,;:(") or None, credit
    return caption, None


def without_label(credit: str) -> str | None:
    """A credit without "Photo:", "©" and brackets around it; None when nothing is left."""
    credit = credit.strip()
    if credit[:1] in "([（【" and credit[-1:] in ")]）】":
        credit = credit[1:-1]
    credit = credit.strip(_TRIM)
    credit = _COPYRIGHT.sub(" ", credit, count=1).strip(_TRIM) if _COPYRIGHT.match(credit) else credit
    if credit.casefold() in _LABELS:
        return None
    words = credit.split()
    for length in range(min(_LONGEST_LABEL, len(words)), 0, -1):
        head = " ".join(words[:length])
        label = head.rstrip(":：=/").casefold()
        has_mark = head != head.rstrip(":：=/") or words[length : length + 1] == [":"]
        is_followed = length < len(words) and (length > 1 or words[length][:1].isupper())
        if label in _LABELS and (has_mark or is_followed):
            credit = " ".join(words[length:]).strip(_TRIM)
            break
    else:
        label = next((label for label in _CJK_LABELS if credit.startswith(label)), "")
        if label and (mark := _MARK.match(credit, len(label))):
            credit = credit[mark.end() :].strip(_TRIM)
    if _COPYRIGHT.match(credit):
        credit = _COPYRIGHT.sub("", credit, count=1).strip(_TRIM)
    return credit.rstrip(".。 ") if credit.count(".") == 1 and len(credit) > 4 else credit or None


def _in_brackets(caption: str) -> tuple[str, str] | None:
    if caption[-1] not in _CLOSING and caption[-2:-1] not in _CLOSING:
        return None
    match = _LAST_BRACKET.search(caption)
    if match is None:
        return None
    inside = match[1].strip()
    bare = without_label(inside)
    if bare and (bare != inside or _names_a_source(inside)):
        return caption[: match.start()], bare
    return None


def _after_copyright(caption: str) -> tuple[str, str] | None:
    if not holds_any(caption, _COPYRIGHT_MARKS):
        return None
    places = list(_COPYRIGHT.finditer(caption))
    if not places:
        return None
    last = places[-1]
    credit = without_label(caption[last.end() :].strip(" ()[]"))
    return (caption[: last.start()], credit) if credit and len(credit) <= LONGEST_CREDIT else None


def _after_label(caption: str) -> tuple[str, str] | None:
    if caption.count(" ") < _CREDIT_WORDS and (bare := without_label(caption)) and bare != caption.rstrip(".。 "):
        return "", bare
    if holds_any(caption.lower(), _DOTTED_LABELS) and (dotted := _DOTTED.search(caption)):
        credit = caption[dotted.end() :].strip(_TRIM)
        if credit and len(credit) <= LONGEST_CREDIT and not _goes_on(credit):
            return caption[: dotted.start()], credit
    if not holds_any(caption, _LABEL_MARKS):
        return None
    for mark in _MARK.finditer(caption):
        label = _label_before(caption[max(0, mark.start() - _LABEL_REACH) : mark.start()])
        credit = caption[mark.end() :].strip(_TRIM)
        if label and credit and len(credit) <= LONGEST_CREDIT and not _goes_on(credit):
            return caption[: mark.start() - len(label)], without_label(credit) or credit
    return None


def _label_before(text: str) -> str | None:
    """The label that a text ends with, the longest of those that do."""
    words = text.split(" ")
    for length in range(min(_LONGEST_LABEL, len(words)), 0, -1):
        label = " ".join(words[-length:]).lstrip(_BEFORE_LABEL)
        if label.casefold() in _LABELS:
            return label
    return next((label for label in _CJK_LABELS if text.endswith(label)), None)


def _goes_on(credit: str) -> bool:
    """Whether a sentence follows after the supposed credit: then the label was a word of the caption."""
    return re.search(r"[.!?。]\s+\S+\s+\S+\s+\S+\s+\S+", credit) is not None


def _as_last_sentence(caption: str) -> tuple[str, str] | None:
    start = max(0, len(caption) - _LAST_SENTENCE_LENGTH)
    match = _LAST_SENTENCE.search(caption, start)
    if match is None:
        return None
    credit = match[1].strip()
    is_apart = match.start() > 0 or len(credit) == len(caption.rstrip("."))
    if is_apart and len(credit.split()) <= _LONGEST_SOURCE and _names_a_source(credit):
        return caption[: match.start(1)], without_label(credit) or credit
    return None


def _names_a_source(text: str) -> bool:
    """Whether a short text is a credit by itself: it names an agency, or has the form Name/House."""
    folded = f" {text.casefold()} "
    houses = filter(folded.__contains__, _HOUSES) if holds_any(folded, _HOUSES) else ()
    if any(f"{mark}{house}" in folded for house in houses for mark in (" ", "/", "-", "|", ",")):
        return True
    return len(text.split()) <= _LONGEST_SOURCE and bool(credited(text) or _SLASHED.fullmatch(text))
