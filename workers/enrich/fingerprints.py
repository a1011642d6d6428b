"""Is it the same text: what of it counts, and a digest of that."""

from hashlib import sha256

from workers.enrich.scripts import touches_its_neighbours
from workers.enrich.word_folder import WordFolder

CONTENT_HASH_DIGITS = 32

# Of a body only where its paragraphs end is kept beside the letters.
_BORDER = b"\x1f"
_BORDERED = bytes.maketrans(b"\n", _BORDER)
_PUNCTUATION = "’–“”—‘…«»„·•‐‑―‚‹›′″\xa0\xa1\xbf"
_FARTHER_PUNCTUATION = _PUNCTUATION + "、。，．・：；！？（）「」『』【】《》〈〉،؛؟।"
# What only scripts whose words touch or take prefixes put between words stays a letter of others.
_FOLDER, _FARTHER_FOLDER = WordFolder(_PUNCTUATION), WordFolder(_FARTHER_PUNCTUATION)


def folded(texts: list[str]) -> bytes:
    """The words of all texts as they are compared: case-folded, without punctuation, in UTF-8, parted by spaces.

    A line each; the texts hold no line ends (tidied ones do not), so that all can be folded at once. CJK text stays in
    long runs.
    """
    joined = "\n".join(texts)
    return (_FARTHER_FOLDER if touches_its_neighbours(joined) else _FOLDER).fold(joined)


def content_hash(headline: bytes, body: bytes) -> str:
    """32 hex digits of headline and body: equal when no letter or digit has changed (case, spaces, punctuation may).

    Takes both folded, of the body a line each paragraph.
    """
    words = b" ".join(headline.split()) + _BORDER + body.translate(_BORDERED, b" ")
    return sha256(words).hexdigest()[:CONTENT_HASH_DIGITS]
