"""What the labeller sees of an HTML page's blocks: one row a block, one column a feature (float32).

Everything is computed over arrays of the whole page; per block only what needs its string (words.py, links, evidence).
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters, words
from workers.segment.block_evidence import EVIDENCE, evidence
from workers.segment.characters import Counts
from workers.segment.html_features_base import Matrix, Structure, bits, groups, shifted, window_mean
from workers.segment.html_groups import copy_columns, link_columns, link_groups, over_columns
from workers.segment.html_tags import INLINE_HINTS, TAG_CODE, TAGS
from workers.segment.html_tree import HtmlTree
from workers.segment.markup_words import CATEGORIES as MARKUP
from workers.segment.page_context import PageContext

LONG_WORDS = 18
"""A block of this many words is a paragraph rather than a label (median news sentence: 20 words)."""
_OWN_TAGS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "a",
    "td",
    "figcaption",
    "blockquote",
    "button",
    "div",
    "dd",
)
_PATH_TAGS = (
    "article", "aside", "main", "nav", "header", "footer", "figure", "figcaption", "ul", "ol", "li", "section", "form",
    "table", "blockquote", "a", "details", "dl", "p", "h2", "h3", "button", "tr",
)  # fmt: skip


def _text_columns(counts: Counts) -> tuple[list[str], list[Matrix]]:
    chars = np.maximum(counts.chars, 1)
    tokens = np.maximum(counts.words, 1)
    letters = counts.classes[:, characters.LOWER] + counts.classes[:, characters.UPPER]
    names = ["chars", "words", "word_length", "capitalised", "upper", "digits", "stops", "commas", "quotes", "colons",
             "dashes", "brackets", "symbols", "uncased", "han", "ends_stop", "ends_colon", "ends_comma", "ends_digit",
             "starts_upper", "starts_lower", "starts_digit", "starts_quote", "starts_dash", "stops_a_word"]  # fmt: skip
    kinds = counts.classes
    columns = [
        counts.chars, counts.words, chars / tokens, counts.capitalised / tokens,
        kinds[:, characters.UPPER] / np.maximum(letters, 1), kinds[:, characters.DIGIT] / chars,
        kinds[:, characters.STOP], kinds[:, characters.COMMA], kinds[:, characters.QUOTE], kinds[:, characters.COLON],
        kinds[:, characters.DASH], kinds[:, characters.BRACKET], kinds[:, characters.SYMBOL],
        (kinds[:, characters.UNCASED] + kinds[:, characters.UNSPACED]) / chars, kinds[:, characters.HAN] / chars,
        counts.last == characters.STOP, counts.last == characters.COLON, counts.last == characters.COMMA,
        counts.last == characters.DIGIT, counts.first == characters.UPPER, counts.first == characters.LOWER,
        counts.first == characters.DIGIT, counts.first == characters.QUOTE, counts.first == characters.DASH,
        kinds[:, characters.STOP] / tokens,
    ]  # fmt: skip
    return names, [column.astype(np.float32)[:, None] for column in columns]


def _structure_columns(tree: HtmlTree, shape: Structure, counts: Counts) -> tuple[list[str], list[Matrix]]:
    link_chars = np.array(tree.block_link_chars, dtype=np.float32)
    link_ratio = np.minimum(link_chars / np.maximum(counts.chars, 1), 1)
    long = ((counts.words >= LONG_WORDS) & (link_ratio < 0.5)).astype(np.float32)
    words_in, links_in = shape.sums(counts.words), shape.sums(link_chars)
    chars_in, long_in = shape.sums(counts.chars), shape.sums(long)
    linked_in = shape.sums((link_ratio > 0.8).astype(np.float32))
    stops_in = shape.sums(counts.classes[:, characters.STOP])
    size = (shape.last - shape.first).astype(np.float32)
    page_words = max(1.0, float(counts.words.sum()))
    page_long = max(1.0, float(long.sum()))
    names, columns = [], []
    own = np.array([TAG_CODE[tag] for tag in _OWN_TAGS])
    names += [f"tag_{tag}" for tag in _OWN_TAGS]
    columns.append((shape.tag[shape.element][:, None] == own).astype(np.float32))
    up = shape.ancestors[1]
    names += [f"up_{tag}" for tag in _OWN_TAGS]
    columns.append((shape.tag[up][:, None] == own).astype(np.float32))
    path = bits(shape.path_tags, len(TAGS))
    names += [f"in_{tag}" for tag in _PATH_TAGS]
    columns.append(path[:, [TAG_CODE[tag] for tag in _PATH_TAGS]])
    for level, element in enumerate(shape.ancestors):
        names += [
            f"{n}_{level}"
            for n in ("blocks", "words", "links", "long", "linked", "stops", "images", "share", "long_share", "at")
        ]
        columns.append(np.stack([
            size[element], words_in[element], links_in[element] / np.maximum(chars_in[element], 1), long_in[element],
            linked_in[element] / np.maximum(size[element], 1), stops_in[element] / np.maximum(words_in[element], 1),
            shape.images[element], words_in[element] / page_words, long_in[element] / page_long,
            np.arange(len(element)) - shape.first[element],
        ], axis=1).astype(np.float32))  # fmt: skip
    names += ["link_chars", "link_ratio", "depth", "is_image", "links"]
    columns.append(np.stack([
        link_chars, link_ratio, shape.depth[shape.element], shape.is_image,
        np.fromiter(map(len, tree.block_links), np.float32, len(tree.block_links)),
    ], axis=1).astype(np.float32))  # fmt: skip
    return names, columns


def _alike_columns(shape: Structure, counts: Counts, link_ratio: NDArray[np.float32]) -> tuple[list[str], list[Matrix]]:
    """Blocks of the same markup: how many, how long, how linked; a list of cards looks unlike a run of paragraphs."""
    names: list[str] = []
    columns: list[Matrix] = []
    for name, key in zip(("alike", "kin"), groups(shape), strict=True):
        _, group, number = np.unique(key, return_inverse=True, return_counts=True)
        mean_words = np.bincount(group, counts.words)[group] / number[group]
        mean_link = np.bincount(group, link_ratio)[group] / number[group]
        mean_stop = np.bincount(group, counts.last == characters.STOP)[group] / number[group]
        position = np.arange(len(group))
        first = np.full(len(number), len(group))
        np.minimum.at(first, group, position)
        last = np.zeros(len(number), dtype=np.int64)
        np.maximum.at(last, group, position)
        spread = (last - first)[group] / len(group)
        names += [f"{name}_{n}" for n in ("count", "words", "links", "stops", "spread", "relative")]
        relative = counts.words / np.maximum(mean_words, 1)
        columns.append(
            np.stack([number[group], mean_words, mean_link, mean_stop, spread, relative], 1).astype(np.float32)
        )
    return names, columns


_NEIGHBOURS = (
    "words", "link_ratio", "ends_stop", "tag_p", "tag_h2", "tag_h3", "tag_li", "is_image", "digits", "capitalised",
    "title_match", "alike_count", "slug_words", "hint_time", "hint_by", "hint_photo", "hint_read_more", "depth",
)  # fmt: skip
_DECLARED_WORDS = 8
"""A shorter line may stand in the declared text by chance."""
_NEAR = 8
"""The first so many of _NEIGHBOURS are also taken from two and three places away."""


def _context_columns(names: list[str], base: Matrix, shape: Structure) -> tuple[list[str], list[Matrix]]:
    at = {name: index for index, name in enumerate(names)}
    near = base[:, [at[name] for name in _NEIGHBOURS]]
    new, columns = [], []
    for by in (-3, -2, -1, 1, 2, 3):
        part = near if abs(by) == 1 else near[:, :_NEAR]
        new += [f"{name}{by:+d}" for name in _NEIGHBOURS[: part.shape[1]]]
        columns.append(shifted(part, by))
    number = len(base)
    position = np.arange(number, dtype=np.float32)
    words, links, stops = base[:, at["words"]], base[:, at["link_ratio"]], base[:, at["ends_stop"]]
    for before, after in ((2, 2), (6, 0), (0, 6), (8, 8)):
        for name, values in (("words", words), ("links", links), ("stops", stops)):
            new.append(f"mean_{name}_{before}_{after}")
            columns.append(window_mean(values, before, after)[:, None])
    # Where the story's title stands: the best match with what the page declares, the first of equals.
    best = int(np.argmax(base[:, at["title_match"]] + 0.3 * base[:, at["tag_h1"]]))
    total = np.cumsum(words)
    heading = base[:, [at[f"tag_h{n}"] for n in (1, 2, 3, 4, 5, 6)]].sum(1)
    since = np.maximum.accumulate(np.where(heading > 0, position, -1))
    new += [
        "from_title",
        "words_from_title",
        "title_found",
        "position",
        "since_heading",
        "same_parent_before",
        "same_parent_after",
    ]
    same = shape.ancestors[1] if number else shape.element
    before_same = np.concatenate(([False], same[1:] == same[:-1]))
    columns.append(np.stack([
        position - best, total - total[best], np.full(number, base[best, at["title_match"]]), position / number,
        position - since, before_same, np.concatenate((before_same[1:], [False])),
    ], axis=1).astype(np.float32))  # fmt: skip
    return new, columns


def _page_columns(
    tree: HtmlTree, base: Matrix, at: dict[str, int], context: PageContext
) -> tuple[list[str], list[Matrix]]:
    words, links = base[:, at["words"]], base[:, at["link_ratio"]]
    long = (words >= LONG_WORDS) & (links < 0.5)
    last_part = context.path_parts[-1] if context.path_parts else ""
    values = [
        len(base), words.sum(), (words * links).sum() / max(1.0, float(words.sum())), long.sum(), words[long].sum(),
        bool(context.body), context.is_article, context.is_collection, context.names_section,
        len(context.path_parts), len(last_part), last_part.count("-"),
        sum(character.isdigit() for character in last_part), len(tree.images), base[:, at["uncased"]].mean(),
        base[:, at["han"]].mean(), (long * base[:, at["in_body"]]).sum() / max(1.0, float(long.sum())),
    ]  # fmt: skip
    names = ["page_blocks", "page_words", "page_links", "page_long", "page_long_words", "page_has_body",
             "page_is_article", "page_is_collection", "page_names_section",
             "page_path_parts", "page_slug", "page_slug_dashes", "page_slug_digits", "page_images", "page_uncased",
             "page_han", "page_in_body"]  # fmt: skip
    return names, [np.tile(np.array(values, dtype=np.float32), (len(base), 1))]


class HtmlFeatures:
    """Features of one page: `matrix` (blocks x columns, float32), the structure that the second pass needs again."""

    def __init__(self, tree: HtmlTree, context: PageContext) -> None:
        counts = characters.count(tree.block_text)
        self.shape = shape = Structure(tree)
        hints = [words.word_hints(text) for text in tree.block_text]
        size = len(words.CATEGORIES)
        names, parts = _text_columns(counts)
        for more_names, more in (
            _structure_columns(tree, shape, counts),
            (["m_" + name for name in MARKUP], [bits(shape.path_hints, len(MARKUP))]),
            (
                ["m0_" + name for name in MARKUP],
                [bits([tree.element_hints[e] for e in tree.block_element], len(MARKUP))],
            ),
            (
                ["m1_" + name for name in MARKUP],
                [bits([tree.element_hints[e] for e in shape.ancestors[1]], len(MARKUP))],
            ),
            (["mi_" + name for name in MARKUP], [bits(tree.block_hints, len(MARKUP))]),
            (["i_" + name for name in INLINE_HINTS], [bits(tree.block_inline, len(INLINE_HINTS))]),
            (["hint_" + name for name in words.CATEGORIES], [bits(hints, size)]),
            (["tail_" + name for name in words.CATEGORIES], [bits([hint >> 32 for hint in hints], size)]),
            over_columns(shape, hints),
            link_columns(tree, shape, counts.words),
            copy_columns(tree),
            (list(EVIDENCE), [evidence(tree, context, counts)]),
        ):
            names += more_names
            parts += more
        base = np.concatenate(parts, axis=1)
        at = {name: index for index, name in enumerate(names)}
        more_names, parts = _alike_columns(shape, counts, base[:, at["link_ratio"]])
        names += more_names
        base = np.concatenate([base, *parts], axis=1)
        context_names, context_parts = _context_columns(names, base, shape)
        page_names, page_parts = _page_columns(tree, base, at, context)
        self.names = names + context_names + page_names
        self.at = {name: index for index, name in enumerate(self.names)}
        self.matrix: Matrix = np.concatenate([base, *context_parts, *page_parts], axis=1)
        self.counts = counts
        self.links = link_groups(tree)
