"""Is it the same text, and is it nearly the same text: a digest for the one question, a 64-bit simhash for the other.

The simhash is Charikar's: each feature votes on every bit with the weight of its hash's bit. What decides its quality
is the features. Measured on 902 articles in 15 languages, one paragraph of each replaced by another article's,
removed, added, or a quarter of it rewritten; share of changed articles within 3 bits, and pairs of unrelated articles
within 3 bits (of 406,351):

    features                                             replaced  removed  added  rewritten   unrelated pairs
    word trigrams (the textbook)                              .48      .64    .63        .75                 0
    words, by frequency                                       .82      .89    .91        .96                 4
    repeated words, those of the headline much more           .97      .98   1.0         .99                 3

So a word weighs by how often it stands in the story, the story's own words (those of the headline) much more, and no
word can decide alone, or all stories on one subject would look the same. Function words do not vote, and words that
stand once neither: they go when their paragraph goes. A headline that is rewritten moves about 8 bits, the same
headline over another body about 22, two unrelated stories 31.
"""

from functools import lru_cache
from hashlib import sha256

import numpy as np

from workers.enrich.scripts import touches_its_neighbours
from workers.enrich.word_counts import WordCounts
from workers.enrich.words import FUNCTION_WORDS

CONTENT_HASH_DIGITS = 32
HEADLINE_REPEATS = 16
"""A word of the headline counts as if it stood in the story so many more times."""
_POWER = 1.5
# Taken off each count before the power, so that words that stand twice weigh next to nothing.
_THRESHOLD = 0.9
# A count that no word of a story reaches but in a list.
_MOST = 500
_WEIGHTS = np.array([max(0.0, count - _THRESHOLD) ** _POWER for count in range(_MOST + 1)])
# No word weighs more than the second heaviest.
_CAP_RANK = 2
# With fewer words than this (a news flash) those that stand once vote too.
_FEWEST_WORDS = 8
# Bytes of UTF-8: four Latin letters, two Cyrillic ones, a pair of CJK characters. Shorter words tell no stories apart.
_SHORTEST = 4

# Enough of a story's words to tell its script.
_SCRIPT_SAMPLE = 40

# Work is done on UTF-8 bytes: a table of 256 strikes out ASCII punctuation ten times faster than any pattern on text.
_SPACED = bytes(byte if byte >= 128 or chr(byte).isalnum() or byte == 10 else 32 for byte in range(256))
# Of a body only where its paragraphs end is kept beside the letters.
_BORDER = b"\x1f"
_BORDERED = bytes.maketrans(b"\n", _BORDER)
_PUNCTUATION = "’–“”—‘…«»„·•‐‑―‚‹›′″\xa0\xa1\xbf"
_FARTHER_PUNCTUATION = "、。，．・：；！？（）「」『』【】《》〈〉،؛؟।"
_FUNCTION_WORDS = frozenset(
    encoded for words in FUNCTION_WORDS.values() for word in words if len(encoded := word.encode()) >= _SHORTEST
)


def folded(texts: list[str]) -> bytes:
    """The words of all texts as they are compared: case-folded, without punctuation, in UTF-8, parted by spaces.

    A line each; the texts hold no line ends (tidied ones do not), so that all can be folded at once. CJK text stays in
    long runs.
    """
    joined = "\n".join(texts)
    if not joined.isascii():
        farther = _FARTHER_PUNCTUATION if touches_its_neighbours(joined) else ""
        for mark in _PUNCTUATION + farther:
            if mark in joined:
                joined = joined.replace(mark, " ")
    return joined.casefold().encode("utf-8", "replace").translate(_SPACED)


def content_hash(headline: bytes, body: bytes) -> str:
    """32 hex digits of headline and body: equal when no letter or digit has changed (case, spaces, punctuation may).

    Takes both folded, of the body a line each paragraph.
    """
    words = b" ".join(headline.split()) + _BORDER + body.translate(_BORDERED, b" ")
    return sha256(words).hexdigest()[:CONTENT_HASH_DIGITS]


def simhash(headline: bytes, body: WordCounts) -> str | None:
    """16 hex digits (64 bits) of a story; None when it holds no word to go by.

    Takes the headline folded, and how often each word occurs in the body, folded.
    """
    if body.begins_beyond(_FIRST_CJK_BYTE, _SCRIPT_SAMPLE):
        headline, body = _in_pairs(headline), WordCounts(_in_pairs(body.text))
    words = headline.split()
    chosen = _telling(body, words, 2)
    if len(chosen) < _FEWEST_WORDS:
        chosen = _telling(body, words, 1)
    if not chosen:
        return None
    counts = np.fromiter(chosen.values(), np.intp, len(chosen))
    cap = np.sort(counts)[-min(_CAP_RANK, len(chosen))]
    weights = _WEIGHTS.take(np.minimum(counts, cap), mode="clip")
    bits = np.unpackbits(np.frombuffer(b"".join(map(_digest, chosen)), np.uint8)).reshape(len(chosen), 64)
    return np.packbits(weights @ bits > weights.sum() / 2).tobytes().hex()


def _telling(body: WordCounts, headline: list[bytes], least: int) -> dict[bytes, int]:
    """How often the words stand in the story that may tell it from another and do so often enough."""
    chosen = body.chosen(least, _SHORTEST, _FUNCTION_WORDS)
    for word in headline:
        if len(word) >= _SHORTEST and word not in _FUNCTION_WORDS:
            chosen[word] = body.count(word) + HEADLINE_REPEATS
    return chosen


def _in_pairs(text: bytes) -> bytes:
    """Words, but of runs of CJK characters, which hold many, every pair of neighbours."""
    paired: list[bytes] = []
    for word in text.split():
        if word[0] >= _FIRST_CJK_BYTE and len(word) > 2 * _CJK_BYTES:
            starts = range(0, len(word) - _CJK_BYTES, _CJK_BYTES)
            paired.extend(word[at : at + 2 * _CJK_BYTES] for at in starts)
        else:
            paired.append(word)
    return b" ".join(paired)


# The first byte in UTF-8 of kana, Han and Hangul (U+3000 and up), which take three bytes each.
_FIRST_CJK_BYTE = 0xE3
_CJK_BYTES = 3


@lru_cache(maxsize=1 << 15)
def _digest(word: bytes) -> bytes:
    return sha256(word).digest()[:8]
