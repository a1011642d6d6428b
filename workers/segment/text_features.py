"""What the labeller sees of a flattened page's blocks: one row a block, one column a feature (float32).

Everything is arrays over the page, kept column by column (the trees ask columns): no loop over blocks.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import characters
from workers.segment.text_blocks import Lines
from workers.segment.text_cohesion import Cohesion, cohesion
from workers.segment.text_phrases import CATEGORIES, LONGEST, Bits, heads, phrase_bits, tails
from workers.segment.text_tokens import Floats, Hashes, Tokens, tokenise

LONG_WORDS = 18
"""A block of this many words is a paragraph rather than a label (median news sentence: 20 words)."""
_FAR = 50.0
"""Distances in blocks are cut off here; beyond it all is far."""
_PERIODS = (1, 2, 3, 4, 5)
"""Cards of a list repeat every so many lines (kicker, headline, summary, date, image)."""

_NEIGHBOURS = (
    "words", "ends_stop", "capitalised", "gap", "digits", "repeats", "inner_stops", "whole_any", "dated",
    "head_readmore", "head_byline", "head_updated", "head_image", "whole_readtime", "head_credit", "head_related",
    "head_feed", "ends_cut", "story_shared", "head_subscribe", "whole_section", "mark",
)  # fmt: skip
_CONTENT_NEIGHBOURS = ("words", "ends_stop", "capitalised", "digits", "story_shared", "inner_stops")
_FURNITURE_REPEATS = 3
"""A line that stands so often is no content."""
_LONGEST_DATE = 8
"""In words: "Published on Tuesday, 3 March 2026 at 14:05"."""
_LABEL_WORDS = 2
"""Nor is one of so few words."""
_NEAR = 9
"""The first so many of _NEIGHBOURS are also taken from two and three places away."""


class Columns:
    """Named columns of equal length, in order."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.parts: list[Floats] = []
        self.values: dict[str, Floats] = {}

    def add(self, name: str, values: NDArray[np.generic]) -> None:
        """Append a column."""
        column = values.astype(np.float32, copy=False)
        self.names.append(name)
        self.parts.append(column[None])
        self.values[name] = column

    def add_all(self, names: list[str], values: NDArray[np.generic]) -> None:
        """Append several columns (columns x rows) at once."""
        rows = values.astype(np.float32, copy=False)
        self.names += names
        self.parts.append(rows)
        self.values.update(zip(names, rows, strict=True))

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]

    def stack(self, names: tuple[str, ...]) -> Floats:
        """Some columns as one matrix (columns x rows)."""
        return np.stack([self.values[name] for name in names])

    def matrix(self) -> Floats:
        """Columns x rows."""
        return np.concatenate(self.parts)


class TextFeatures:
    """Features of one page with at least one block: `columns` (columns x blocks) under `names`."""

    def __init__(self, lines: Lines) -> None:
        self.tokens = tokens = tokenise(lines.texts)
        self.cohesion = cohesion(tokens)
        columns = Columns()
        _shape(columns, lines, tokens)
        self.heads = heads(tokens, LONGEST)
        self.whole, head, tail = phrase_bits(lines.texts, tokens, self.heads)
        _phrases(columns, self.whole, head, tail)
        _structure(columns, lines)
        line, shape = _line(tokens), _shape_code(columns)
        _repeats(columns, tokens, self.heads, line, shape)
        _sharing(columns, self.cohesion, self.long(columns))
        _position(columns, tokens)
        _neighbours(columns)
        _content_neighbours(columns)
        _page(columns, lines)
        self.names = columns.names
        self.words = tokens.words
        self.groups = _groups(columns, lines, tokens, (self.heads[0], line), shape)
        self.columns = columns.matrix()

    @staticmethod
    def long(columns: Columns) -> Floats:
        """1 for blocks that read like paragraphs."""
        return ((columns["words"] >= LONG_WORDS) & (columns["ends_stop"] > 0)).astype(np.float32)


def shifted(values: Floats, by: int, fill: float = -1) -> Floats:
    """The values of the block `by` places further on; `fill` beyond the page's ends. Along the last axis."""
    result = np.full_like(values, fill)
    if abs(by) < values.shape[-1]:
        if by > 0:
            result[..., :-by] = values[..., by:]
        elif by < 0:
            result[..., -by:] = values[..., :by]
        else:
            result[...] = values
    return result


def window_mean(values: Floats, before: int, after: int) -> Floats:
    """Mean over the blocks from `before` places back to `after` places on, page ends cut off. Along the last axis."""
    size = values.shape[-1]
    total = np.zeros((*values.shape[:-1], before + size + 1 + after), dtype=np.float64)
    inner = total[..., before : before + size + 1]
    np.cumsum(values, axis=-1, out=inner[..., 1:])
    total[..., before + size + 1 :] = inner[..., -1:]
    at = np.arange(size)
    counted = np.minimum(at + after + 1, size) - np.maximum(at - before, 0)
    result: Floats = ((total[..., before + after + 1 :] - total[..., :size]) / counted).astype(np.float32)
    return result


def _shape(columns: Columns, lines: Lines, tokens: Tokens) -> None:
    kinds = tokens.classes
    chars, words = np.maximum(tokens.chars, 1), np.maximum(tokens.words, 0.5)
    cased = kinds[:, characters.LOWER] + kinds[:, characters.UPPER]
    last = tokens.last
    cut = np.isin(tokens.very_last, _CUTS)
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
    add("ends_question", np.isin(tokens.very_last, _QUESTIONS))
    add("ends_bracket", np.isin(tokens.very_last, _CLOSING))
    add("starts", tokens.first)
    add("inner_stops", np.maximum(kinds[:, characters.STOP] - (last == characters.STOP), 0))
    add("stops_a_word", kinds[:, characters.STOP] / words)
    add("commas_a_word", kinds[:, characters.COMMA] / words)
    add("mark", lines.mark)


_CUTS = np.array([ord(character) for character in "…⋯"], dtype=np.uint32)
_QUESTIONS = np.array([ord(character) for character in "?？؟;"], dtype=np.uint32)
_CLOSING = np.array([ord(character) for character in ")]）】"], dtype=np.uint32)


def _phrases(columns: Columns, whole: Bits, head: Bits, tail: Bits) -> None:
    for place, bits in (("whole", whole), ("head", head), ("tail", tail)):
        columns.add_all([f"{place}_{name}" for name in CATEGORIES], (bits >> _PLACES) & 1)
        columns.add(f"{place}_any", bits != 0)
    dated = np.maximum(columns["whole_updated"], np.maximum(columns["head_updated"], columns["tail_updated"]))
    columns.add("dated", (dated > 0) & (columns["words"] <= _LONGEST_DATE))


_PLACES = np.arange(len(CATEGORIES), dtype=np.int32)[:, None]


def _structure(columns: Columns, lines: Lines) -> None:
    """Blank lines: the runs between them, and where in its run a block stands."""
    number = len(lines.texts)
    gap = np.minimum(lines.gap, 5).astype(np.float32)
    columns.add("gap", gap)
    columns.add("gap_after", shifted(gap, 1, 5))
    starts = gap > 0
    starts[0] = True
    run = np.cumsum(starts) - 1
    size = np.bincount(run)
    first = np.flatnonzero(starts)
    at = np.arange(number)
    words = columns["words"]
    columns.add("run_size", np.minimum(size[run], _FAR))
    columns.add("run_place", np.minimum(at - first[run], _FAR))
    columns.add("run_left", np.minimum(first[run] + size[run] - 1 - at, _FAR))
    columns.add("run_words", np.bincount(run, words)[run] / size[run])
    columns.add("run_first_words", words[first[run]])
    columns.add("run_last_words", words[(first + size - 1)[run]])
    before = np.concatenate(([0], size))[run]
    columns.add("run_before", np.minimum(before, _FAR))
    columns.add("run_after", np.minimum(np.concatenate((size[1:], [0]))[run], _FAR))


def _repeats(columns: Columns, tokens: Tokens, opening: list[Hashes], line: Hashes, shape: NDArray[np.int64]) -> None:
    """Lines that stand more than once, lines that start or end alike, and lists whose lines repeat a pattern."""
    number = len(line)
    order = np.argsort(line, kind="stable")
    ordered = line[order]
    same = np.zeros(number + 1, dtype=bool)
    same[1:-1] = ordered[1:] == ordered[:-1]
    distance = np.diff(order).astype(np.float32)
    back, on = np.full(number, _FAR, dtype=np.float32), np.full(number, _FAR, dtype=np.float32)
    back[order[1:]] = np.where(same[1:-1], np.minimum(distance, _FAR), _FAR)
    on[order[:-1]] = np.where(same[1:-1], np.minimum(distance, _FAR), _FAR)
    columns.add("repeats", _multiplicity(line))
    columns.add("repeat_back", back)
    columns.add("repeat_on", on)
    four = opening[3]
    alike = np.zeros(number, dtype=bool)
    alike[1:] = (four[1:] == four[:-1]) & (np.minimum(tokens.count[1:], tokens.count[:-1]) >= 4)
    columns.add("starts_as_before", alike)
    columns.add("starts_as_after", np.append(alike[1:], False))
    columns.add("head_repeats", _multiplicity(opening[1]))
    columns.add("tail_repeats", _multiplicity(tails(tokens, 2)[1]))
    equal = np.zeros((len(_PERIODS), number), dtype=np.float32)
    for row, period in enumerate(_PERIODS):
        if number > period:
            equal[row, :-period] = shape[period:] == shape[:-period]
    columns.add_all([f"period_{period}" for period in _PERIODS], window_mean(equal, 6, 6))


def _groups(
    columns: Columns, lines: Lines, tokens: Tokens, words: tuple[Hashes, Hashes], shape: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """What blocks share that belong together: a run without a blank line, shape, `words` (the first one, all)."""
    starts = lines.gap > 0
    run = np.cumsum(starts) - int(starts[0])
    look = (shape * 32 + tokens.first) * 8 + np.minimum(lines.gap, 2) * 2 + (columns["mark"] > 0)
    return [run, *(np.unique(key, return_inverse=True)[1] for key in (look, *words))]


def _line(tokens: Tokens) -> Hashes:
    """One hash a block, of all its words in their order."""
    place = np.arange(len(tokens.hash), dtype=np.uint64) - tokens.start[tokens.block].astype(np.uint64)
    return np.add.reduceat(tokens.hash * (place * np.uint64(2) + np.uint64(1)), tokens.start)


def _shape_code(columns: Columns) -> NDArray[np.int64]:
    code = np.minimum(np.log2(1 + columns["words"]), 6).astype(np.int64) * 2 + (columns["ends_stop"] > 0)
    return code * 2 + (columns["digits"] > 0.2)


def _multiplicity(keys: Hashes) -> Floats:
    _, group, count = np.unique(keys, return_inverse=True, return_counts=True)
    result: Floats = np.minimum(count[group], _FAR).astype(np.float32)
    return result


def _sharing(columns: Columns, shared: Cohesion, long: Floats) -> None:
    """Words in common: with the lines around, with the page's paragraphs, and across the block."""
    total = np.maximum(shared.total, 1e-3)
    columns.add("word_weight", shared.total)
    columns.add("story_shared", shared.shared_with(long))
    columns.add("other_shared", shared.shared_with(1 - long))
    again = [shared.by_block(shared.weight * (shared.following == by)) for by in (1, 2, 3, 4)]
    for by, values in enumerate(again, 1):
        columns.add(f"shared_on_{by}", values / total)
        columns.add(f"shared_back_{by}", shifted(values, -by, 0) / total)
    columns.add("across_1", shifted(again[1], -1, 0))
    columns.add("across_2a", shifted(again[2], -1, 0))
    columns.add("across_2b", shifted(again[2], -2, 0))
    columns.add("across_3", shifted(again[3], -2, 0))


def _position(columns: Columns, tokens: Tokens) -> None:
    """Where the block stands among the page's paragraphs, and in the run of lines that holds most text."""
    words = columns["words"]
    number = len(words)
    at = np.arange(number, dtype=np.float32)
    long = TextFeatures.long(columns)
    columns.add("position", at / number)
    columns.add("from_start", np.minimum(at, 4 * _FAR))
    columns.add("from_end", np.minimum(number - 1 - at, 4 * _FAR))
    before = np.cumsum(long * words)
    columns.add("long_before", (before - long * words) / max(1.0, float(before[-1])))
    seen = np.maximum.accumulate(np.where(long > 0, at, -_FAR))
    coming = np.minimum.accumulate(np.where(long > 0, at, number + _FAR)[::-1])[::-1]
    columns.add("since_long", np.minimum(at - shifted(seen, -1, -_FAR), _FAR))
    columns.add("until_long", np.minimum(shifted(coming, 1, number + _FAR) - at, _FAR))
    # The run of lines with the largest sum of (text - what a label costs): Kadane's maximum subarray.
    for cost in (4.0, 12.0):
        score = np.cumsum(np.minimum(words, 60) * (0.4 + 0.6 * long) - cost)
        lowest = np.minimum.accumulate(np.concatenate(([0.0], score[:-1])))
        end = int(np.argmax(score - lowest))
        start = int(np.argmin(np.concatenate(([0.0], score[:end]))))
        columns.add(f"core_start_{cost:.0f}", np.clip(at - start, -4 * _FAR, 4 * _FAR))
        columns.add(f"core_end_{cost:.0f}", np.clip(end - at, -4 * _FAR, 4 * _FAR))
    around = np.stack([words, long, columns["ends_stop"], _title_shaped(columns)])
    for low, high in ((2, 2), (6, 0), (0, 6), (12, 12)):
        names = [f"mean_{name}_{low}_{high}" for name in ("words", "long", "stop", "title")]
        columns.add_all(names, window_mean(around, low, high))


def _title_shaped(columns: Columns) -> Floats:
    words = columns["words"]
    result: Floats = ((words >= 4) & (words <= 24) & (columns["ends_stop"] == 0)).astype(np.float32)
    return result


def _neighbours(columns: Columns) -> None:
    near = columns.stack(_NEIGHBOURS)
    for by in (-3, -2, -1, 1, 2, 3):
        some = len(_NEIGHBOURS) if abs(by) == 1 else _NEAR
        columns.add_all([f"{name}{by:+d}" for name in _NEIGHBOURS[:some]], shifted(near[:some], by))


def _content_neighbours(columns: Columns) -> None:
    """The nearest lines that are neither furniture nor repeated: a story may have "Advertisement" in between."""
    keep = (columns["whole_any"] == 0) & (columns["repeats"] < _FURNITURE_REPEATS) & (columns["words"] > _LABEL_WORDS)
    near = columns.stack(_CONTENT_NEIGHBOURS)
    here = np.arange(len(keep))
    for by in (-2, -1, 1, 2):
        at = skipping(keep, by)
        columns.add_all([f"content_{name}{by:+d}" for name in _CONTENT_NEIGHBOURS], np.where(at >= 0, near[:, at], -1))
        columns.add(f"content_distance{by:+d}", np.where(at >= 0, np.minimum(np.abs(at - here), _FAR), _FAR))


def skipping(keep: NDArray[np.bool_], by: int) -> NDArray[np.int64]:
    """For each block the number of the block that is `by` places away counting kept blocks only; -1 beyond the ends."""
    kept = np.append(np.flatnonzero(keep), -1)
    before = np.cumsum(keep)
    at = before + by - 1 if by > 0 else before - keep + by
    return kept[np.where((at >= 0) & (at < len(kept) - 1), at, -1)]


def _page(columns: Columns, lines: Lines) -> None:
    words, long = columns["words"], TextFeatures.long(columns)
    number = len(words)
    values = {
        "page_blocks": number, "page_words": words.sum(), "page_long": long.sum(),
        "page_long_share": (words * long).sum() / max(1.0, float(words.sum())),
        "page_gaps": (columns["gap"] > 0).mean(), "page_stops": columns["ends_stop"].mean(),
        "page_uncased": columns["uncased"].mean(), "page_han": columns["han"].mean(),
        "page_titles": _title_shaped(columns).mean(), "page_wrapped": lines.wrapped,
    }  # fmt: skip
    page = np.array(list(values.values()), dtype=np.float32)
    columns.add_all(list(values), np.repeat(page[:, None], number, axis=1))
