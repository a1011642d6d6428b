"""What the labeller sees of an HTML page's blocks: one row a feature, one column a block (float32).

Everything is computed over arrays of the whole page; per block only what needs its string (words.py, links, evidence).
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters, html_bits, words
from workers.segment.block_evidence import EVIDENCE, fill_evidence
from workers.segment.block_sums import fill_shifted, fill_window_means
from workers.segment.characters import Counts
from workers.segment.html_cards import CARD_NAMES, LINKED, NEAR_COPY_NAMES, fill_cards, fill_near_copies
from workers.segment.html_features_base import LEVELS, Matrix, Structure
from workers.segment.html_groups import (
    ALIKE_NAMES,
    COPY_NAMES,
    LINK_NAMES,
    fill_alike,
    fill_copies,
    fill_links,
    link_groups,
    text_groups,
)
from workers.segment.html_tree import HtmlTree
from workers.segment.page_context import PageContext

LONG_WORDS = 18
"""A block of this many words is a paragraph rather than a label (median news sentence: 20 words)."""

_TEXT = (
    "chars", "words", "word_length", "capitalised", "upper", "digits", "stops", "commas", "quotes", "colons", "dashes",
    "brackets", "symbols", "uncased", "han", "ends_stop", "ends_colon", "ends_comma", "ends_digit", "starts_upper",
    "starts_lower", "starts_digit", "starts_quote", "starts_dash", "stops_a_word",
)  # fmt: skip
_LEVEL = ("blocks", "words", "links", "long", "linked", "stops", "images", "share", "long_share", "at")
_OWN = ("link_chars", "link_ratio", "depth", "is_image", "links")
_NEIGHBOURS = (
    "words", "link_ratio", "ends_stop", "tag_p", "tag_h2", "tag_h3", "tag_li", "is_image", "digits", "capitalised",
    "title_match", "alike_count", "slug_words", "hint_time", "hint_by", "hint_photo", "hint_read_more", "depth",
)  # fmt: skip
_NEAR = 8
"""The first so many of _NEIGHBOURS are also taken from two and three places away."""
_SHIFTS = {by: len(_NEIGHBOURS) if abs(by) == 1 else _NEAR for by in (-3, -2, -1, 1, 2, 3)}
_WINDOWS = ((2, 2), (6, 0), (0, 6), (8, 8))
_PLACE = (
    "from_title", "words_from_title", "title_found", "position", "since_heading", "same_parent_before",
    "same_parent_after",
)  # fmt: skip
_PAGE = (
    "page_blocks", "page_words", "page_links", "page_long", "page_long_words", "page_has_body", "page_is_article",
    "page_is_collection", "page_names_section", "page_path_parts", "page_slug", "page_slug_dashes", "page_slug_digits",
    "page_images", "page_uncased", "page_han", "page_in_body",
)  # fmt: skip

_PARTS = {
    "text": _TEXT,
    "tags": html_bits.TAG_NAMES,
    "levels": tuple(f"{name}_{level}" for level in range(LEVELS) for name in _LEVEL),
    "own": _OWN,
    "hints": html_bits.HINT_NAMES,
    "links": LINK_NAMES,
    "copies": COPY_NAMES,
    "evidence": EVIDENCE,
    "alike": ALIKE_NAMES,
    "shifts": tuple(f"{name}{by:+d}" for by, count in _SHIFTS.items() for name in _NEIGHBOURS[:count]),
    "windows": tuple(f"mean_{name}_{back}_{on}" for back, on in _WINDOWS for name in ("words", "links", "stops")),
    "place": _PLACE,
    "page": _PAGE,
    "cards": CARD_NAMES,
    "near_copies": NEAR_COPY_NAMES,
}
"""Names of the features in their order, which is part of the trained model."""
NAMES = tuple(name for names in _PARTS.values() for name in names)
AT = {name: row for row, name in enumerate(NAMES)}
"""Row of each feature."""
_ROWS = {
    part: slice(first, first + len(names))
    for (part, names), first in zip(_PARTS.items(), np.cumsum([0, *map(len, _PARTS.values())]).tolist(), strict=False)
}
_NEIGHBOUR_ROWS = [AT[name] for name in _NEIGHBOURS]
_WINDOW_ROWS = [AT[name] for name in ("words", "link_ratio", "ends_stop")]
_HEADING_ROWS = [AT[f"tag_h{level}"] for level in range(1, 7)]
_TIME_ROWS = [AT[name] for name in ("hint_time", "hint_month", "hint_minutes")]
_HALF = 0.5
"""Share of a text's characters in links from which on it is more link than text."""
_LABEL_WORDS = 12
"""Dates and bylines are shorter."""
_ENDS = np.array([characters.STOP, characters.COLON, characters.COMMA, characters.DIGIT], dtype=np.uint8)[:, None]
_STARTS = np.array(
    [characters.UPPER, characters.LOWER, characters.DIGIT, characters.QUOTE, characters.DASH], dtype=np.uint8
)[:, None]


class HtmlFeatures:
    """Features of one page, and the structures that the second pass needs again."""

    names = NAMES
    at = AT

    def __init__(self, tree: HtmlTree, context: PageContext) -> None:
        self.counts = counts = characters.count(tree.block_text)
        self.shape = shape = Structure(tree)
        self.links = links = link_groups(tree)
        self.table: Matrix = np.empty((len(NAMES), len(tree.block_text)), dtype=np.float32)
        """Features x blocks."""
        table, part = self.table, {name: self.table[rows] for name, rows in _ROWS.items()}
        texts = text_groups(tree)
        self.said = said = words.line_hints(tree.block_text, counts.lowered)
        """What each block's words hint at."""
        heading = html_bits.is_heading(shape)
        link_chars = tree.block_link_chars.astype(np.float32)
        link_ratio = np.minimum(link_chars / np.maximum(counts.chars, 1), 1)
        _fill_text(part["text"], counts)
        html_bits.fill(part["tags"], part["hints"], html_bits.sources(tree, shape, said, heading))
        _fill_levels(part["levels"], shape, counts, link_chars, link_ratio)
        own = part["own"]
        own[0], own[1], own[2], own[3] = link_chars, link_ratio, shape.depth.take(shape.element), shape.is_image
        own[4] = np.fromiter(map(len, tree.block_links), np.float32, len(said))
        fill_links(part["links"], links, shape, counts.words, heading)
        fill_copies(part["copies"], texts)
        fill_evidence(part["evidence"], tree, context, counts.lowered, texts, links)
        fill_alike(part["alike"], shape, counts, link_ratio)
        self._fill_neighbours(part["shifts"], part["windows"])
        _fill_place(part["place"], table, shape)
        fill_cards(part["cards"], shape, self._card_values(link_ratio, heading), link_ratio)
        fill_near_copies(part["near_copies"], tree.block_text)
        part["page"][:] = np.array(_page_values(tree, table, context), dtype=np.float32)[:, None]

    def _card_values(self, link_ratio: Matrix, heading: NDArray[np.bool_]) -> Matrix:
        """Rows of html_cards.VALUES: what a card is to be counted by."""
        words = self.counts.words
        leads = np.zeros(len(words), dtype=bool)
        leads[self.links.ends()[0]] = True
        linked = link_ratio > LINKED
        dated = self.table[_TIME_ROWS].any(axis=0) & (words < _LABEL_WORDS)
        long = (words >= LONG_WORDS) & (link_ratio < _HALF)
        return np.stack([words, words * linked, heading, long, dated, leads & linked]).astype(np.float32)

    @property
    def matrix(self) -> Matrix:
        """The table as blocks x features."""
        return self.table.T

    def _fill_neighbours(self, shifts: Matrix, windows: Matrix) -> None:
        near = self.table[_NEIGHBOUR_ROWS]
        row = 0
        for by, count in _SHIFTS.items():
            fill_shifted(near, by, shifts[row : row + count])
            row += count
        around = self.table[_WINDOW_ROWS]
        for row, (before, after) in enumerate(_WINDOWS):
            fill_window_means(around, before, after, windows[3 * row : 3 * row + 3])


def _fill_text(into: Matrix, counts: Counts) -> None:
    kinds, chars, tokens = counts.classes.T, np.maximum(counts.chars, 1), np.maximum(counts.words, 1)
    letters = kinds[characters.LOWER] + kinds[characters.UPPER]
    into[0] = counts.chars
    into[1] = counts.words
    np.divide(chars, tokens, out=into[2])
    np.divide(counts.capitalised, tokens, out=into[3])
    np.divide(kinds[characters.UPPER], np.maximum(letters, 1), out=into[4])
    np.divide(kinds[characters.DIGIT], chars, out=into[5])
    into[6:13] = kinds[characters.STOP : characters.SYMBOL + 1]
    np.divide(kinds[characters.UNCASED] + kinds[characters.UNSPACED], chars, out=into[13])
    np.divide(kinds[characters.HAN], chars, out=into[14])
    into[15:19] = counts.last == _ENDS
    into[19:24] = counts.first == _STARTS
    np.divide(kinds[characters.STOP], tokens, out=into[24])


def _fill_levels(into: Matrix, shape: Structure, counts: Counts, link_chars: Matrix, link_ratio: Matrix) -> None:
    """What stands in the block's element and in each of its next ancestors."""
    words = counts.words
    long = ((words >= LONG_WORDS) & (link_ratio < 0.5)).astype(np.float32)
    stops = counts.classes[:, characters.STOP]
    sums = shape.sums(np.stack([words, link_chars, counts.chars, long, link_ratio > 0.8, stops]))
    around = shape.ancestors
    words_in, links_in, chars_in, long_in, linked_in, stops_in = sums.take(around, axis=1)
    first = shape.first.take(around)
    size = (shape.last.take(around) - first).astype(np.float32)
    levels = into.reshape(LEVELS, len(_LEVEL), -1)
    levels[:, 0] = size
    levels[:, 1] = words_in
    levels[:, 2] = links_in / np.maximum(chars_in, 1)
    levels[:, 3] = long_in
    levels[:, 4] = linked_in / np.maximum(size, 1)
    levels[:, 5] = stops_in / np.maximum(words_in, 1)
    levels[:, 6] = shape.images.take(around)
    levels[:, 7] = words_in / max(1.0, float(words.sum()))
    levels[:, 8] = long_in / max(1.0, float(long.sum()))
    levels[:, 9] = np.arange(len(words)) - first


def _fill_place(into: Matrix, table: Matrix, shape: Structure) -> None:
    """Where the block stands: from the title, on the page, from the last heading, among its parent's blocks."""
    words, match = table[AT["words"]], table[AT["title_match"]]
    position = np.arange(len(words), dtype=np.float32)
    # The best match with what the page declares as its title, the first of equals.
    best = int(np.argmax(match + 0.3 * table[AT["tag_h1"]]))
    total = np.cumsum(words)
    heading = table[_HEADING_ROWS].any(axis=0)
    up = shape.ancestors[1]
    into[0] = position - best
    into[1] = total - total[best]
    into[2] = match[best]
    into[3] = position / len(words)
    into[4] = position - np.maximum.accumulate(np.where(heading, position, -1))
    into[5, :1] = 0
    into[6, -1:] = 0
    into[5, 1:] = into[6, :-1] = up[1:] == up[:-1]


def _page_values(tree: HtmlTree, table: Matrix, context: PageContext) -> list[float]:
    words, links = table[AT["words"]], table[AT["link_ratio"]]
    long = (words >= LONG_WORDS) & (links < 0.5)
    last_part = context.path_parts[-1] if context.path_parts else ""
    return [
        len(words), words.sum(), (words * links).sum() / max(1.0, float(words.sum())), long.sum(), words[long].sum(),
        bool(context.body), context.is_article, context.is_collection, context.names_section,
        len(context.path_parts), len(last_part), last_part.count("-"),
        sum(character.isdigit() for character in last_part), len(tree.images), table[AT["uncased"]].mean(),
        table[AT["han"]].mean(), (long * table[AT["in_body"]]).sum() / max(1.0, float(long.sum())),
    ]  # fmt: skip
