"""What a line of a flattened page is by itself: its words, signs and ends, and the phrases in it."""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters
from workers.segment.phrase_loops import fill_rows
from workers.segment.text_blocks import Lines
from workers.segment.text_columns import Columns
from workers.segment.text_phrases import CATEGORIES, Bits
from workers.segment.text_tokens import Floats, Tokens

LONG_WORDS = 18
"""A block of this many words is a paragraph rather than a label (median news sentence: 20 words)."""
_LONGEST_DATE = 8
"""In words: "Published on Tuesday, 3 March 2026 at 14:05"."""
_CUTS = "…⋯"
_QUESTIONS = "?？؟;"
_CLOSING = ")]）】"


def add_shape(columns: Columns, lines: Lines, tokens: Tokens) -> None:
    """Lengths, shares of signs, what the line starts and ends with."""
    kinds = tokens.classes
    chars, words = np.maximum(tokens.chars, 1), np.maximum(tokens.words, 0.5)
    cased = kinds[:, characters.LOWER] + kinds[:, characters.UPPER]
    last = tokens.last
    cut = _is_one_of(tokens.very_last, _CUTS)
    ends_stop = (last == characters.STOP) & ~cut
    add = columns.add
    add("chars", tokens.chars)
    add("words", tokens.words)
    add("word_length", chars / words)
    add("capitalised", tokens.capitalised / words)
    add("upper", kinds[:, characters.UPPER] / np.maximum(cased, 1))
    add("digits", kinds[:, characters.DIGIT] / chars)
    add("commas", kinds[:, characters.COMMA])
    add("quotes", kinds[:, characters.QUOTE])
    add("colons", kinds[:, characters.COLON])
    add("dashes", kinds[:, characters.DASH])
    add("brackets", kinds[:, characters.BRACKET])
    add("symbols", kinds[:, characters.SYMBOL])
    add("punctuation", 1 - (cased + kinds[:, characters.UNCASED : characters.DIGIT + 1].sum(axis=1)) / chars)
    add("han", kinds[:, characters.HAN] / chars)
    add("uncased", (kinds[:, characters.UNCASED] + kinds[:, characters.UNSPACED]) / chars)
    add("ends_stop", ends_stop)
    add("ends_cut", cut)
    add("ends_letter", (last >= characters.LOWER) & (last <= characters.UNSPACED))
    add("ends_digit", last == characters.DIGIT)
    add("ends_colon", last == characters.COLON)
    add("ends_question", _is_one_of(tokens.very_last, _QUESTIONS))
    add("ends_bracket", _is_one_of(tokens.very_last, _CLOSING))
    add("starts", tokens.first)
    add("inner_stops", np.maximum(kinds[:, characters.STOP] - (last == characters.STOP), 0))
    add("stops_a_word", kinds[:, characters.STOP] / words)
    add("commas_a_word", kinds[:, characters.COMMA] / words)
    add("mark", lines.mark)


def _is_one_of(codes: NDArray[np.uint32], characters: str) -> NDArray[np.bool_]:
    found = np.zeros(len(codes), dtype=np.bool_)
    for character in characters:
        found |= codes == ord(character)
    return found


def add_phrases(columns: Columns, whole: Bits, head: Bits, tail: Bits) -> None:
    """The categories of phrases that the line is, starts with, ends with."""
    for place, bits in (("whole", whole), ("head", head), ("tail", tail)):
        fill_rows(bits, columns.take([f"{place}_{name}" for name in CATEGORIES]))
        columns.add(f"{place}_any", bits != 0)
    dated = np.maximum(columns["whole_updated"], np.maximum(columns["head_updated"], columns["tail_updated"]))
    columns.add("dated", (dated > 0) & (columns["words"] <= _LONGEST_DATE))


def long_lines(columns: Columns) -> Floats:
    """1 for blocks that read like paragraphs."""
    return ((columns["words"] >= LONG_WORDS) & (columns["ends_stop"] > 0)).astype(np.float32)


def title_shaped(columns: Columns) -> Floats:
    """1 for blocks that could be a headline by their length and end."""
    words = columns["words"]
    result: Floats = ((words >= 4) & (words <= 24) & (columns["ends_stop"] == 0)).astype(np.float32)
    return result
