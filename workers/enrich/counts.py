"""How much there is to read: words and minutes, in scripts that write spaces and in those that do not. Compiled."""

import math
import re
from functools import cache

from workers.enrich.scripts import writes_no_spaces

WORDS_PER_MINUTE = 238
"""Silent reading of non-fiction by adults: the mean of 190 studies (Brysbaert 2019)."""

# Letters that make a word of a language written with spaces. Readers take in some 500 Chinese or Japanese characters a
# minute, so two for a word; a Thai, Lao, Khmer or Burmese word has about four letters, marks not counted.
_CJK_LETTERS_A_WORD = 2
_SOUTH_EAST_ASIAN_LETTERS_A_WORD = 4
# A story in such a script shows it at once; a name or two further on in another story does not change its length.
_SAMPLE = 300


def word_count(text: str) -> int:
    """Words of a text: what stands between spaces, lone punctuation left out; letters of unspaced scripts in words'
    worth.
    """
    unspaced = 0
    if writes_no_spaces(text[:_SAMPLE]):
        cjk_letters, asian_letters, asian_marks = _patterns()
        text, cjk = cjk_letters.subn(" ", text)
        text, asian = asian_letters.subn(" ", text)
        text = asian_marks.sub(" ", text)
        unspaced = math.ceil(cjk / _CJK_LETTERS_A_WORD + asian / _SOUTH_EAST_ASIAN_LETTERS_A_WORD)
    return _spaced(text) + unspaced


def _spaced(text: str) -> int:
    """What stands between white space, lone punctuation left out."""
    words, last = 0, " "
    near = far = True  # whether white space stands before this letter, and before the last one
    for letter in text:
        here = letter.isspace()
        words += near > here
        if (here & far) > near and not last.isalnum():
            words -= 1
        far, near, last = near, here, letter
    return words - (far > near and not last.isalnum())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """CJK letters, South-East Asian letters and marks. Compiled when the first such text comes, for it takes
    milliseconds.
    """
    return (
        re.compile("[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]"),
        re.compile(
            "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e45\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec4\u1000-\u102a\u1780-\u17b3]"
        ),
        re.compile("[\u0e31\u0e34-\u0e3a\u0e46-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec6-\u0ecd\u102b-\u103e\u17b4-\u17d3]"),
    )


def reading_minutes(words: int) -> int | None:
    """Minutes for so many words, rounded up as sites do; None for no words."""
    return math.ceil(words / WORDS_PER_MINUTE) if words else None
