"""What the labeller sees of an HTML page's blocks: one row a block, one column a feature (float32).

Everything is computed over arrays of the whole page; per block only what needs its string (words.py, links, evidence).
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters, words
from workers.segment.block_evidence import EVIDENCE, evidence
from workers.segment.characters import Counts
from workers.segment.html_tags import INLINE_HINTS, TAG_CODE, TAGS
from workers.segment.html_tree import HtmlTree
from workers.segment.markup_words import CATEGORIES as MARKUP
from workers.segment.page_context import PageContext

Matrix = NDArray[np.float32]

LEVELS = 5
"""Ancestors described one by one; above that only what is anywhere on the path."""
LONG_WORDS = 18
"""A block of this many words is a paragraph rather than a label (median news sentence: 20 words)."""
_OWN_TAGS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "td", "figcaption", "blockquote", "button", "div", "dd")
_PATH_TAGS = (
    "article", "aside", "main", "nav", "header", "footer", "figure", "figcaption", "ul", "ol", "li", "section", "form",
    "table", "blockquote", "a", "details", "dl", "p", "h2", "h3", "button", "tr",
)  # fmt: skip


def bits(values: list[int], count: int) -> Matrix:
    """One column a bit: n x count of 0 and 1."""
    array = np.array(values, dtype=np.uint64)
    return ((array[:, None] >> np.arange(count, dtype=np.uint64)) & np.uint64(1)).astype(np.float32)


class Structure:
    """The tree as arrays, with prefix sums over blocks."""

    def __init__(self, tree: HtmlTree, counts: Counts) -> None:
        self.parent = np.array(tree.element_parent, dtype=np.int64)
        self.first = np.array(tree.element_first, dtype=np.int64)
        self.last = np.array(tree.element_last, dtype=np.int64)
        self.tag = np.array(tree.element_tag, dtype=np.int64)
        self.depth = np.array(tree.element_depth, dtype=np.float32)
        self.signature = np.array(tree.element_signature, dtype=np.int64)
        self.images = np.array(tree.element_images_end, np.float32) - np.array(tree.element_images, np.float32)
        self.element = np.array(tree.block_element, dtype=np.int64)
        path_hints, path_tags = [0] * len(tree.element_tag), [0] * len(tree.element_tag)
        for element, (up, hint, tag) in enumerate(
            zip(tree.element_parent, tree.element_hints, tree.element_tag, strict=True)
        ):
            path_hints[element] = path_hints[up] | hint
            path_tags[element] = path_tags[up] | 1 << tag
        self.path_hints = [path_hints[element] for element in tree.block_element]
        self.path_tags = [path_tags[element] for element in tree.block_element]
        self.ancestors = [self.element]
        for _ in range(LEVELS - 1):
            self.ancestors.append(self.parent[self.ancestors[-1]])
        self.is_image = np.array(tree.block_image, dtype=np.int64) >= 0

    def sums(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each element the sum of a block value over its subtree."""
        total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        result: NDArray[np.float32] = (total[self.last] - total[self.first]).astype(np.float32)
        return result


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
        names += [f"{n}_{level}" for n in ("blocks", "words", "links", "long", "linked", "stops", "images", "share", "long_share", "at")]
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
        columns.append(np.stack([number[group], mean_words, mean_link, mean_stop, spread, relative], 1).astype(np.float32))
    return names, columns


def groups(shape: Structure) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two keys that blocks of the same markup share: by the block's element and its parent, and by their parents."""
    near = shape.signature[shape.element] * 2 + shape.is_image
    far = (shape.signature[shape.ancestors[1]] * len(TAGS) + shape.tag[shape.element]) * 2 + shape.is_image
    return near, far


def shifted(columns: Matrix, by: int) -> Matrix:
    """The rows of the block `by` places further on; -1 beyond the page's ends."""
    result = np.full_like(columns, -1)
    if abs(by) < len(columns):
        if by > 0:
            result[:-by] = columns[by:]
        else:
            result[-by:] = columns[:by]
    return result


def window_mean(values: NDArray[np.float32], before: int, after: int) -> NDArray[np.float32]:
    """Mean over the blocks from `before` places back to `after` places on, the page's ends cut off."""
    n = len(values)
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    at = np.arange(n)
    low, high = np.maximum(at - before, 0), np.minimum(at + after + 1, n)
    result: NDArray[np.float32] = ((total[high] - total[low]) / np.maximum(high - low, 1)).astype(np.float32)
    return result


_NEIGHBOURS = (
    "words", "link_ratio", "ends_stop", "tag_p", "tag_h2", "tag_h3", "tag_li", "is_image", "digits", "capitalised",
    "title_match", "alike_count", "slug_words", "hint_time", "hint_by", "hint_photo", "hint_read_more", "depth",
)  # fmt: skip
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
    new += ["from_title", "words_from_title", "title_found", "position", "since_heading", "same_parent_before", "same_parent_after"]
    same = shape.ancestors[1] if number else shape.element
    before_same = np.concatenate(([False], same[1:] == same[:-1]))
    columns.append(np.stack([
        position - best, total - total[best], np.full(number, base[best, at["title_match"]]), position / number,
        position - since, before_same, np.concatenate((before_same[1:], [False])),
    ], axis=1).astype(np.float32))  # fmt: skip
    return new, columns


def _page_columns(tree: HtmlTree, base: Matrix, at: dict[str, int], context: PageContext) -> tuple[list[str], list[Matrix]]:
    words, links = base[:, at["words"]], base[:, at["link_ratio"]]
    long = (words >= LONG_WORDS) & (links < 0.5)
    last_part = context.path_parts[-1] if context.path_parts else ""
    values = [
        len(base), words.sum(), (words * links).sum() / max(1.0, float(words.sum())), long.sum(), words[long].sum(),
        bool(context.body), context.is_article, len(context.path_parts), len(last_part), last_part.count("-"),
        sum(character.isdigit() for character in last_part), len(tree.images), base[:, at["uncased"]].mean(),
        base[:, at["han"]].mean(),
    ]  # fmt: skip
    names = ["page_blocks", "page_words", "page_links", "page_long", "page_long_words", "page_has_body", "page_is_article",
             "page_path_parts", "page_slug", "page_slug_dashes", "page_slug_digits", "page_images", "page_uncased",
             "page_han"]  # fmt: skip
    return names, [np.tile(np.array(values, dtype=np.float32), (len(base), 1))]


class HtmlFeatures:
    """Features of one page: `matrix` (blocks x columns, float32), the structure that the second pass needs again."""

    def __init__(self, tree: HtmlTree, context: PageContext) -> None:
        counts = characters.count(tree.block_text)
        self.shape = shape = Structure(tree, counts)
        names, parts = _text_columns(counts)
        for more_names, more in (
            _structure_columns(tree, shape, counts),
            (["m_" + name for name in MARKUP], [bits(shape.path_hints, len(MARKUP))]),
            (["m0_" + name for name in MARKUP], [bits([tree.element_hints[e] for e in tree.block_element], len(MARKUP))]),
            (["m1_" + name for name in MARKUP], [bits([tree.element_hints[e] for e in shape.ancestors[1]], len(MARKUP))]),
            (["mi_" + name for name in MARKUP], [bits(tree.block_hints, len(MARKUP))]),
            (["i_" + name for name in INLINE_HINTS], [bits(tree.block_inline, len(INLINE_HINTS))]),
            _word_columns(tree),
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
        self.matrix: Matrix = np.concatenate([base, *context_parts, *page_parts], axis=1)
        self.counts = counts


def _word_columns(tree: HtmlTree) -> tuple[list[str], list[Matrix]]:
    hints = [words.word_hints(text) for text in tree.block_text]
    size = len(words.CATEGORIES)
    head, tail = bits(hints, size), bits([hint >> 32 for hint in hints], size)
    return ["hint_" + name for name in words.CATEGORIES] + ["tail_" + name for name in words.CATEGORIES], [head, tail]
