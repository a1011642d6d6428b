"""Is it nearly the same text: a hash of 64 bits of which stories that are nearly one share all but a few. Compiled.

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

from hashlib import sha256

import numpy as np

from workers.enrich.word_counts import WordCounts
from workers.enrich.words import FUNCTION_WORDS

HEADLINE_REPEATS = 16
"""A word of the headline counts as if it stood in the story so many more times."""
_POWER = 1.5
# Taken off each count before the power, so that words that stand twice weigh next to nothing.
_THRESHOLD = 0.9
# A count that no word of a story reaches but in a list.
_MOST = 500
_WEIGHTS = [max(0.0, count - _THRESHOLD) ** _POWER for count in range(_MOST + 1)]
# With fewer words than this (a news flash) those that stand once vote too.
_FEWEST_WORDS = 8
# Bytes of UTF-8: four Latin letters, two Cyrillic ones, a pair of CJK characters. Shorter words tell no stories apart.
_SHORTEST = 4
# Enough of a story's words to tell its script.
_SCRIPT_SAMPLE = 40
# The first byte in UTF-8 of kana, Han and Hangul (U+3000 and up), which take three bytes each.
_FIRST_CJK_BYTE = 0xE3
_CJK_BYTES = 3
_BITS = 64
# A sum nearer to half of all weights than its terms are exact, as a part of all weights.
_EVEN = 1e-9

_SILENT = -1
_FUNCTION_WORDS = {word.encode(): _SILENT for words in FUNCTION_WORDS.values() for word in words}
_hashes = dict(_FUNCTION_WORDS)
"""Of words met before, how they vote; function words do not. A process meets the same words all the time."""
REMEMBERED = 1 << 15


def simhash(headline: bytes, body: WordCounts) -> str | None:
    """16 hex digits (64 bits) of a story; None when it holds no word to go by.

    Takes the headline folded, and how often each word occurs in the body, folded.
    """
    if body.begins_beyond(_FIRST_CJK_BYTE, _SCRIPT_SAMPLE):
        headline, body = _in_pairs(headline), WordCounts(_in_pairs(body.text))
    hashes: list[int] = []
    counts: list[int] = []
    _find_voters(headline, body, 2, hashes, counts)
    if len(hashes) < _FEWEST_WORDS:
        hashes, counts = [], []
        _find_voters(headline, body, 1, hashes, counts)
    return f"{_majority(hashes, _weights(counts)):016x}" if hashes else None


def _find_voters(headline: bytes, body: WordCounts, least: int, hashes: list[int], counts: list[int]) -> None:
    """The words that may tell the story from another and stand in it often enough: their hashes, and how often."""
    words = body.chosen(least, _SHORTEST)
    for word in headline.split():
        if len(word) >= _SHORTEST:
            words[word] = body.count(word) + HEADLINE_REPEATS
    for word, count in words.items():
        known = _hashes.get(word)
        hashed = _remembered(word) if known is None else known
        if hashed != _SILENT:
            hashes.append(hashed)
            counts.append(count)


def _remembered(word: bytes) -> int:
    if len(_hashes) > REMEMBERED:
        _hashes.clear()
        _hashes.update(_FUNCTION_WORDS)
    _hashes[word] = hashed = int.from_bytes(sha256(word).digest()[:8], "big")
    return hashed


def _weights(counts: list[int]) -> list[float]:
    """What each word weighs; none more than the second heaviest."""
    first = second = 0
    for count in counts:
        if count > first:
            first, second = count, first
        elif count > second:
            second = count
    cap = min(second or first, _MOST)
    return [_WEIGHTS[min(count, cap)] for count in counts]


def _majority(hashes: list[int], weights: list[float]) -> int:
    """The bits that words of more than half the weight have set."""
    sums = np.zeros(_BITS)
    total = 0.0
    for number in range(len(hashes)):
        hashed, weight = hashes[number], weights[number]
        votes = [0.0, weight]
        total += weight
        for bit in range(_BITS):
            sums[bit] += votes[(hashed >> bit) & 1]
    elected, one = 0, 1
    for bit in range(_BITS):
        beyond = 2 * sums[bit] - total
        if abs(beyond) < _EVEN * total:
            return _close_majority(hashes, weights)
        if beyond > 0:
            elected |= one << bit
    return elected


def _close_majority(hashes: list[int], weights: list[float]) -> int:
    """The same where the votes are even: then it depends on the order in which they are added up, which is NumPy's."""
    votes = np.array(weights)
    bits = np.unpackbits(np.array(hashes, ">u8").view(np.uint8)).reshape(len(hashes), _BITS)
    return int.from_bytes(np.packbits(votes @ bits > votes.sum() / 2).tobytes(), "big")


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
