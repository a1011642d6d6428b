"""What the labeller sees of an HTML page's blocks: one row a feature, one column a block (float32).

Everything is computed over arrays of the whole page; per block only what needs its string (words.py, links, evidence).
"""

import numpy as np

from workers.segment import characters, html_bits, words
from workers.segment.block_evidence import EVIDENCE, fill_evidence
from workers.segment.block_measures import (
    LONG_RATIO,
    LONG_WORDS,
    fill_card_values,
    fill_levels,
    fill_link_ratio,
    fill_place,
    fill_summed,
    fill_text,
)
from workers.segment.block_sums import fill_shifted, fill_window_means
from workers.segment.html_cards import CARD_NAMES, NEAR_COPY_NAMES, VALUES, fill_cards, fill_near_copies
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
_NEIGHBOUR_ROWS = np.array([AT[name] for name in _NEIGHBOURS])
_WINDOW_ROWS = np.array([AT[name] for name in ("words", "link_ratio", "ends_stop")])
_HEADING_ROWS = slice(AT["tag_h1"], AT["tag_h6"] + 1)
_TIMES = sum(1 << words.CATEGORIES.index(name) for name in ("time", "month", "minutes"))


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
        own = part["own"]
        fill_link_ratio(tree.block_link_chars, counts.chars, own[:2])
        link_ratio = own[1]
        classes = counts.classes.T
        fill_text(part["text"], classes, counts.chars, counts.words, counts.capitalised, counts.first, counts.last)
        html_bits.fill(part["tags"], part["hints"], tree, shape, said, heading)
        self._fill_levels(part["levels"], own[:2])
        own[2], own[3] = shape.depth.take(shape.element), shape.is_image
        own[4] = np.fromiter(map(len, tree.block_links), np.float32, len(said))
        first = links.ends()[0]
        fill_links(part["links"], links, shape, counts.words, heading, first)
        fill_copies(part["copies"], texts)
        fill_evidence(part["evidence"], tree, context, counts.lowered, texts, links)
        fill_alike(part["alike"], shape, counts, link_ratio)
        self._fill_neighbours(part["shifts"], part["windows"])
        match, headings = table[AT["title_match"]], table[_HEADING_ROWS]
        fill_place(part["place"], counts.words, match, headings, shape.ancestors[1])
        values = np.empty((len(VALUES), len(said)), dtype=np.float32)
        fill_card_values(values, counts.words, link_ratio, heading, said, _TIMES, first)
        fill_cards(part["cards"], shape, values, link_ratio)
        fill_near_copies(part["near_copies"], tree.block_text)
        part["page"][:] = np.array(_page_values(tree, table, context), dtype=np.float32)[:, None]

    @property
    def matrix(self) -> Matrix:
        """The table as blocks x features."""
        return self.table.T

    def _fill_levels(self, into: Matrix, linked: Matrix) -> None:
        shape, counts = self.shape, self.counts
        values = np.empty((6, len(counts.words)), dtype=np.float32)
        fill_summed(values, linked, counts.chars, counts.words, counts.classes.T[characters.STOP])
        words, long = (max(1.0, float(values[row].sum())) for row in (0, 3))
        fill_levels(into, shape.ancestors, shape.first, shape.last, shape.images, shape.sums(values), words, long)

    def _fill_neighbours(self, shifts: Matrix, windows: Matrix) -> None:
        near = self.table.take(_NEIGHBOUR_ROWS, axis=0)
        row = 0
        for by, count in _SHIFTS.items():
            fill_shifted(near, by, shifts[row : row + count])
            row += count
        around = self.table.take(_WINDOW_ROWS, axis=0)
        for row, (before, after) in enumerate(_WINDOWS):
            fill_window_means(around, before, after, windows[3 * row : 3 * row + 3])


def _page_values(tree: HtmlTree, table: Matrix, context: PageContext) -> list[float]:
    count, words, links = table.shape[1], table[AT["words"]], table[AT["link_ratio"]]
    long = (words >= LONG_WORDS) & (links < LONG_RATIO)
    long_blocks, all_words = np.count_nonzero(long), _sum(words)
    last_part = context.path_parts[-1] if context.path_parts else ""
    return [
        count, all_words, _sum(words * links) / max(1.0, float(all_words)), long_blocks, _sum(words[long]),
        bool(context.body), context.is_article, context.is_collection, context.names_section,
        len(context.path_parts), len(last_part), last_part.count("-"),
        sum(character.isdigit() for character in last_part), len(tree.images), _sum(table[AT["uncased"]]) / count,
        _sum(table[AT["han"]]) / count, _sum(long * table[AT["in_body"]]) / max(1.0, float(long_blocks)),
    ]  # fmt: skip


# The method of arrays takes as long again to find out what it is asked for.
_sum = np.add.reduce
