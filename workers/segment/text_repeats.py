"""What a line of a flattened page has in common with others: the same words, the same shape, shared names."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_sums import fill_window_means
from workers.segment.line_groups import fill_distances, fill_sizes, grouped
from workers.segment.text_blocks import Lines
from workers.segment.text_cohesion import Cohesion
from workers.segment.text_columns import Columns, shifted
from workers.segment.text_phrases import tails
from workers.segment.text_tokens import Floats, Hashes, Tokens
from workers.segment.token_loops import fill_lines

_FAR = 50
"""Distances in blocks, and how often a line stands, are cut off here."""
_PERIODS = (1, 2, 3, 4, 5)
"""Cards of a list repeat every so many lines (kicker, headline, summary, date, image)."""

Group = tuple[NDArray[np.int64], int]
"""The number of each block's group; how many groups there are."""


def whole_lines(tokens: Tokens) -> Hashes:
    """One hash a block, of all its words in their order."""
    into = np.empty(len(tokens.count), dtype=np.uint64)
    fill_lines(tokens.hash.data, tokens.bounds, into)
    return into


def shapes(columns: Columns) -> NDArray[np.int64]:
    """One number for lines of much the same length and end."""
    code = np.minimum(np.log2(1 + columns["words"]), 6).astype(np.int64) * 2 + (columns["ends_stop"] > 0)
    return code * 2 + (columns["digits"] > 0.2)


def add_repeats(columns: Columns, tokens: Tokens, opening: Hashes, line: Group, shape: NDArray[np.int64]) -> None:
    """Lines that stand more than once, lines that start or end alike, and lists whose lines repeat a pattern.

    opening: heads, four at least; line: blocks of the same words.
    """
    number = len(shape)
    repeats, back, on = columns.take(["repeats", "repeat_back", "repeat_on"])
    of, groups = line
    fill_sizes(of, np.zeros(groups, dtype=np.int64), _FAR, repeats)
    fill_distances(of, np.zeros(groups, dtype=np.int64), _FAR, back, on)
    four = opening[3]
    alike = np.zeros(number, dtype=bool)
    alike[1:] = (four[1:] == four[:-1]) & (np.minimum(tokens.count[1:], tokens.count[:-1]) >= 4)
    columns.add("starts_as_before", alike)
    columns.add("starts_as_after", np.append(alike[1:], False))
    for name, hashes in (("head_repeats", opening[1]), ("tail_repeats", tails(tokens, 2)[1])):
        of, groups = grouped(hashes)
        fill_sizes(of, np.zeros(groups, dtype=np.int64), _FAR, columns.take([name])[0])
    equal = np.zeros((len(_PERIODS), number), dtype=np.float32)
    for row, period in enumerate(_PERIODS):
        if number > period:
            equal[row, :-period] = shape[period:] == shape[:-period]
    fill_window_means(equal, 6, 6, columns.take([f"period_{period}" for period in _PERIODS]))


def groups_of_blocks(
    columns: Columns, lines: Lines, tokens: Tokens, opening: Hashes, line: Group, shape: NDArray[np.int64]
) -> list[Group]:
    """What belongs together: blocks without a blank line between, of one look, of the same first word, of all words."""
    starts = lines.gap > 0
    run = np.cumsum(starts) - int(starts[0])
    look = (shape * 32 + tokens.first) * 8 + np.minimum(lines.gap, 2) * 2 + (columns["mark"] > 0)
    return [(run, int(run[-1]) + 1), grouped(look.view(np.uint64)), grouped(opening[0]), line]


def add_sharing(columns: Columns, shared: Cohesion, long: Floats) -> None:
    """Words in common: with the lines around, with the page's paragraphs, and across the block."""
    total = np.maximum(shared.total, 1e-3)
    columns.add("word_weight", shared.total)
    columns.add("story_shared", shared.shared_with(long))
    columns.add("other_shared", shared.shared_with(1 - long))
    again = shared.followed(4)
    for by, values in enumerate(again, 1):
        columns.add(f"shared_on_{by}", values / total)
        columns.add(f"shared_back_{by}", shifted(values, -by, 0) / total)
    columns.add("across_1", shifted(again[1], -1, 0))
    columns.add("across_2a", shifted(again[2], -1, 0))
    columns.add("across_2b", shifted(again[2], -2, 0))
    columns.add("across_3", shifted(again[3], -2, 0))
