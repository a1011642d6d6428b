"""Measures of a page's blocks, a row each: of the text, of the elements around, of the place, of cards. Compiled.

All arithmetic is of 32 bits, and sums are taken in the order in which NumPy takes them: trained borders lie between
values that are a rounding apart.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters

Matrix = NDArray[np.float32]
Whole = NDArray[np.int64]
Bytes = NDArray[np.uint8]

LONG_WORDS = 18
"""A block of this many words is a paragraph rather than a label (median news sentence: 20 words)."""
LONG_RATIO = 0.5
"""Share of a text's characters in links from which on it is more link than text."""
LINKED = 0.8
"""Share of a block's characters in links from which on it is a link."""
_LONG_WORDS = LONG_WORDS
_LABEL_WORDS = 12
"""Dates and bylines are shorter."""
_H1 = 0.3
"""What being a first heading adds to a block's match with the declared title."""
_LOWER, _UPPER, _UNCASED, _HAN, _UNSPACED, _DIGIT, _STOP = (
    characters.LOWER, characters.UPPER, characters.UNCASED, characters.HAN, characters.UNSPACED, characters.DIGIT,
    characters.STOP,
)  # fmt: skip
_COMMA, _QUOTE, _COLON, _DASH = characters.COMMA, characters.QUOTE, characters.COLON, characters.DASH
_PUNCTUATION = characters.SYMBOL - characters.STOP + 1
_LEVEL = 10
"""Rows of each ancestor."""


def fill_text(
    into: Matrix, classes: Matrix, chars: Matrix, words: Matrix, capitalised: Matrix, first: Bytes, last: Bytes
) -> None:
    """What the characters of each block say; classes is classes x blocks."""
    one = 1.0
    for at in range(len(chars)):
        length = chars[at] if chars[at] > one else one
        tokens = words[at] if words[at] > one else one
        letters = classes[_LOWER, at] + classes[_UPPER, at]
        into[0, at] = chars[at]
        into[1, at] = words[at]
        into[2, at] = length / tokens
        into[3, at] = capitalised[at] / tokens
        into[4, at] = classes[_UPPER, at] / (letters if letters > one else one)
        into[5, at] = classes[_DIGIT, at] / length
        into[13, at] = (classes[_UNCASED, at] + classes[_UNSPACED, at]) / length
        into[14, at] = classes[_HAN, at] / length
        into[15, at] = last[at] == _STOP
        into[16, at] = last[at] == _COLON
        into[17, at] = last[at] == _COMMA
        into[18, at] = last[at] == _DIGIT
        into[19, at] = first[at] == _UPPER
        into[20, at] = first[at] == _LOWER
        into[21, at] = first[at] == _DIGIT
        into[22, at] = first[at] == _QUOTE
        into[23, at] = first[at] == _DASH
        into[24, at] = classes[_STOP, at] / tokens
    for row in range(_PUNCTUATION):
        for at in range(len(chars)):
            into[6 + row, at] = classes[_STOP + row, at]


def fill_link_ratio(link_chars: Whole, chars: Matrix, into: Matrix) -> None:
    """Rows: each block's characters in links, and which share of all they are."""
    one = 1.0
    for at in range(len(chars)):
        linked = one * link_chars[at]
        ratio = linked / (chars[at] if chars[at] > one else one)
        into[0, at] = linked
        into[1, at] = ratio if ratio < one else one


def fill_summed(into: Matrix, links: Matrix, chars: Matrix, words: Matrix, stops: Matrix) -> None:
    """Six rows: what is summed up over elements. links: as fill_link_ratio has them."""
    linked, ratio = LINKED, LONG_RATIO
    for at in range(len(words)):
        into[0, at] = words[at]
        into[1, at] = links[0, at]
        into[2, at] = chars[at]
        into[3, at] = words[at] >= _LONG_WORDS and links[1, at] < ratio
        into[4, at] = links[1, at] > linked
        into[5, at] = stops[at]


def fill_levels(
    into: Matrix,
    ancestors: Whole,
    first: Whole,
    last: Whole,
    images: Matrix,
    sums: Matrix,
    all_words: float,
    all_long: float,
) -> None:
    """What stands in the block's element and in each of its next ancestors. sums: of fill_summed, x elements."""
    one = 1.0
    for level in range(len(ancestors)):
        row = level * _LEVEL
        for at in range(ancestors.shape[1]):
            element = ancestors[level, at]
            size = one * (last[element] - first[element])
            words, chars, long = sums[0, element], sums[2, element], sums[3, element]
            into[row, at] = size
            into[row + 1, at] = words
            into[row + 2, at] = sums[1, element] / (chars if chars > one else one)
            into[row + 3, at] = long
            into[row + 4, at] = sums[4, element] / (size if size > one else one)
            into[row + 5, at] = sums[5, element] / (words if words > one else one)
            into[row + 6, at] = images[element]
            into[row + 7, at] = words / all_words
            into[row + 8, at] = long / all_long
            into[row + 9, at] = at - first[element]


def fill_place(into: Matrix, words: Matrix, match: Matrix, headings: Matrix, parent: Whole) -> None:
    """Where the block stands: from the title, on the page, from the last heading, among its parent's blocks.

    headings: rows of the first to the sixth heading. parent: of the block's element.
    """
    count = len(words)
    weight, all_blocks = _H1, 1.0 * count
    best, most = 0, match[0] + weight * headings[0, 0]
    for at in range(1, count):
        likely = match[at] + weight * headings[0, at]
        # The best match with what the page declares as its title, the first of equals.
        if likely > most:
            best, most = at, likely
    total = 0.0
    for at in range(count):
        total += words[at]
        into[1, at] = total
    total = into[1, best]
    heading = -1
    for at in range(count):
        for row in range(len(headings)):
            if headings[row, at] != 0:
                heading = at
        into[0, at] = at - best
        into[1, at] -= total
        into[2, at] = match[best]
        into[3, at] = at / all_blocks
        into[4, at] = at - heading
        into[5, at] = at > 0 and parent[at] == parent[at - 1]
        into[6, at] = at + 1 < count and parent[at] == parent[at + 1]


def fill_card_values(
    into: Matrix, words: Matrix, ratio: Matrix, heading: Matrix, said: Whole, times: int, first: Whole
) -> None:
    """Rows of html_cards.VALUES.

    said: what each block's words hint at; times: bits of hints at a time; first: the first block with the same target.
    """
    linked, long_ratio = LINKED, LONG_RATIO
    for at in range(len(words)):
        is_linked = ratio[at] > linked
        into[0, at] = words[at]
        into[1, at] = words[at] if is_linked else 0
        into[2, at] = heading[at]
        into[3, at] = words[at] >= _LONG_WORDS and ratio[at] < long_ratio
        into[4, at] = said[at] & times != 0 and words[at] < _LABEL_WORDS
        into[5, at] = first[at] == at and is_linked
