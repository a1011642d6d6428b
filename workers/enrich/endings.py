"""Is a text cut off: by a mark ("…", "..."), or in mid-sentence without any mark.

Without a mark it is hard to tell: taglines end without a full stop too. So a missing full stop counts only where the
text sets full stops before, or where it ends on a word that no sentence ends on.
"""

import re

from workers.enrich.phrases import holds_ellipsis
from workers.enrich.scripts import wide_characters
from workers.enrich.words import FUNCTION_WORDS

# What ends a sentence in the scripts of the world: Latin, CJK, Arabic and Urdu, Devanagari and its kin, Armenian,
# Ethiopic, Khmer, Burmese, Tibetan. A colon ends what introduces a list or a quote.
_TERMINAL = ".!?。！？．｡؟۔।॥։՜՞።፧፨។៕၊။།‽⁇⁈⁉:：;；"
# What may stand after the sentence's end and still belong to it.
_CLOSING = "\"'”’»«)]}）］】」』〉》›‹“„*†‡+ "
_CUT_MARK = re.compile(
    r"(?:\.{2,}|…|⋯|‥|。。+)[\s\"'”’»)\]）】」』]*$"
    r"|[\[(（【]\s?(?:…|\.{2,3}|⋯|\+|more|mehr|suite|más)\s?[\])）】]\.?$"
    r"|(?:…|\.{3})\s?[\[(]?\s?[^\W\d_]{2,12}(?: [^\W\d_]{2,12})?\s?[\])»>]*$"
)
_SENTENCE_END = re.compile(rf"[{_TERMINAL}][{re.escape(_CLOSING)}]*(?=\s|[\u3000-\u9fff])")
_BRACKETS = (")", "]", "）", "】")
# The mark of a sentence that goes on: a comma, a dash, a bracket that opens.
_OPEN_END = re.compile(r"[,،、，;(\[{（【「『„“/&+–—-]$")
# Where a mark can stand: at the end, with the words of a link behind it.
_TAIL_LENGTH = 60
SHORTEST = 60
"""Characters (wide ones count two) from which an ending without a full stop is looked at."""
_FEWEST_WORDS = 4
"""Words after the last full stop: fewer are a byline, a source or a link ("mehr") behind a whole sentence."""
# One word alone after the last full stop is a link, whichever word it is.
_FEWEST_FOR_A_FUNCTION_WORD = 2
# Scripts that set no full stops: nothing tells in Thai and Lao.
_UNMARKED = re.compile("[\u0e00-\u0eff]")
_WIDE_LETTERS_A_WORD = 2


def is_cut_off(text: str, language: str | None = None) -> bool:
    """Whether a summary or a snippet is cut off before its end."""
    if is_headline_cut_off(text):
        return True
    bare = text.rstrip(_CLOSING)
    wide = wide_characters(text)
    if not bare or bare[-1] in _TERMINAL or _UNMARKED.search(bare[-3:]) or len(text) + wide < SHORTEST:
        return False
    last_word = bare.rsplit(None, 1)[-1].lower()
    if _OPEN_END.search(text.rstrip()):
        return True
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if ends:
        tail = text[ends[-1] :]
        words = len(tail.split()) + wide_characters(tail) // _WIDE_LETTERS_A_WORD
        if words >= _FEWEST_WORDS or words < _FEWEST_FOR_A_FUNCTION_WORD:
            return words >= _FEWEST_WORDS and not _is_aside(tail)
    return last_word in FUNCTION_WORDS.get(language or "en", frozenset())


def is_headline_cut_off(headline: str) -> bool:
    """Whether a headline is cut off: headlines end without a full stop, so only a mark tells."""
    may_be = headline.endswith(_BRACKETS) or holds_ellipsis(headline, len(headline) - _TAIL_LENGTH)
    return may_be and _CUT_MARK.search(headline[-_TAIL_LENGTH:]) is not None


def _is_aside(tail: str) -> bool:
    """Whether what follows the last sentence is its source: "(Ann Example)", "– The Example Times"."""
    tail = tail.strip()
    return (tail[:1] in "([（【" and tail[-1:] in ")]）】") or (tail[:1] in "–—-|" and len(tail.split()) <= 6)
