"""Is it the same text, and is it nearly the same text: a digest for the one question, a 64-bit simhash for the other.

The simhash is Charikar's: each feature votes on every bit with the weight of its hash's bit. What decides its quality
is the features. Measured on 902 articles in 15 languages, one paragraph of each replaced by another article's,
removed, added, or a quarter of it rewritten; share of changed articles within 3 bits, and pairs of unrelated articles
within 3 bits (of 406,351):

    features                                             replaced  removed  added  rewritten   unrelated pairs
    word trigrams (the textbook)                              .48      .64    .63        .75                 0
    words, by frequency                                       .82      .89    .91        .96                 4
    words of the body by paragraphs, of the headline more     .97      .97   1.0        .99                 1

So a word weighs by the number of paragraphs that it stands in, the story's own words (those of the headline) much
more, and no word can decide alone, or all stories on one subject would look the same. Function words do not vote. A
headline that is rewritten moves about 8 bits, the same headline over another body about 20, two unrelated stories 31.
"""

from collections import Counter
from functools import lru_cache
from hashlib import sha256
from itertools import chain

import numpy as np

from workers.enrich.words import FUNCTION_WORDS

CONTENT_HASH_DIGITS = 32
HEADLINE_PARAGRAPHS = 12
"""A word of the headline counts as if it stood in so many more paragraphs."""
_POWER = 1.5
# What a word has to show before it counts: a word that stands in one paragraph goes when the paragraph goes.
_THRESHOLD = 0.9
# No word weighs more than the second heaviest.
_CAP_RANK = 2
# With fewer words than this (a news flash) those of single paragraphs vote too.
_FEWEST_WORDS = 8
# Bytes of UTF-8: four Latin letters, two Cyrillic ones, a pair of CJK characters. Shorter words tell no stories apart.
_SHORTEST = 4

# Work is done on UTF-8 bytes: a table of 256 strikes out ASCII punctuation ten times faster than any pattern on text.
_SPACED = bytes(byte if byte >= 128 or chr(byte).isalnum() else 32 for byte in range(256))
_PUNCTUATION = "\xa0\xab\xbb\xb7\xa1\xbf‐‑–—―‘’‚“”„…•‹›′″、。，．・：；！？（）「」『』【】《》〈〉،؛؟।"
_TO_SPACE = dict.fromkeys(map(ord, _PUNCTUATION), " ")
_FUNCTION_WORDS = frozenset(
    encoded for words in FUNCTION_WORDS.values() for word in words if len(encoded := word.encode()) >= _SHORTEST
)


def words_for_comparison(text: str) -> list[bytes]:
    """The words of a text, case-folded, without punctuation, in UTF-8. CJK text stays in long runs."""
    folded = text.casefold()
    if not folded.isascii():
        for mark in _PUNCTUATION:
            if mark in folded:
                folded = folded.replace(mark, " ")
    return folded.encode("utf-8", "replace").translate(_SPACED).split()


def content_hash(headline: list[bytes], paragraphs: list[list[bytes]]) -> str:
    """32 hex digits of headline and body: equal when no letter or digit has changed (case, spaces, punctuation may).

    Takes the words_for_comparison of the headline and of each paragraph.
    """
    digest = sha256(b" ".join(headline))
    for paragraph in paragraphs:
        digest.update(b"\x1f" + b"".join(paragraph))
    return digest.hexdigest()[:CONTENT_HASH_DIGITS]


def simhash(headline: list[bytes], paragraphs: list[list[bytes]]) -> str | None:
    """16 hex digits (64 bits) of a story; None when it holds no word to go by.

    Takes the words_for_comparison of the headline and of each paragraph.
    """
    telling = {
        word for word in set().union(headline, *paragraphs) if len(word) >= _SHORTEST and word not in _FUNCTION_WORDS
    }
    runs = {word for word in telling if word[0] >= _FIRST_CJK_BYTE and len(word) > 2 * _CJK_BYTES}
    counts = Counter(chain.from_iterable(_features(paragraph, telling, runs) for paragraph in paragraphs))
    for feature in _features(headline, telling, runs):
        counts[feature] += HEADLINE_PARAGRAPHS
    repeated = {feature: count for feature, count in counts.items() if count > 1}
    chosen = repeated if len(repeated) >= _FEWEST_WORDS else dict(counts)
    if not chosen:
        return None
    weights = (np.fromiter(chosen.values(), np.float64, len(chosen)) - _THRESHOLD) ** _POWER
    weights = np.minimum(weights, np.sort(weights)[-min(_CAP_RANK, len(weights))])
    digests = np.frombuffer(b"".join(map(_digest, chosen)), np.uint8).reshape(len(chosen), 8)
    votes = weights @ (np.unpackbits(digests, axis=1) * 2.0 - 1.0)
    return np.packbits(votes > 0).tobytes().hex()


def _features(words: list[bytes], telling: set[bytes], runs: set[bytes]) -> set[bytes]:
    """The telling words among these; of runs of CJK characters, the pairs of neighbours."""
    features = telling.intersection(words)
    if runs:
        for run in features & runs:
            features.discard(run)
            features.update(run[at : at + 2 * _CJK_BYTES] for at in range(0, len(run) - _CJK_BYTES, _CJK_BYTES))
    return features


# The first byte in UTF-8 of kana, Han and Hangul (U+3000 and up), which take three bytes each.
_FIRST_CJK_BYTE = 0xE3
_CJK_BYTES = 3


@lru_cache(maxsize=1 << 15)
def _digest(word: bytes) -> bytes:
    return sha256(word).digest()[:8]
