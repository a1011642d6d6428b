"""Where a line of a flattened page stands: between blank lines, among the page's paragraphs, next to which lines."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_sums import fill_shifted, fill_window_means
from workers.segment.line_groups import fill_nearest_kept, fill_taken
from workers.segment.text_blocks import Lines
from workers.segment.text_columns import Columns, shifted
from workers.segment.text_shape import long_lines, title_shaped
from workers.segment.text_tokens import Floats

_FAR = 50.0
"""Distances in blocks are cut off here; beyond it all is far."""
_NEIGHBOURS = (
    "words", "ends_stop", "capitalised", "gap", "digits", "repeats", "inner_stops", "whole_any", "dated",
    "head_readmore", "head_byline", "head_updated", "head_image", "whole_readtime", "head_credit", "head_related",
    "head_feed", "ends_cut", "story_shared", "head_subscribe", "whole_section", "mark",
)  # fmt: skip
_CONTENT_NEIGHBOURS = ("words", "ends_stop", "capitalised", "digits", "story_shared", "inner_stops")
_FURNITURE_REPEATS = 3
"""A line that stands so often is no content."""
_LABEL_WORDS = 2
"""Nor is one of so few words."""
_NEAR = 9
"""The first so many of _NEIGHBOURS are also taken from two and three places away."""
_PLACES = (-2, -1, 1, 2)
"""In the order of line_groups.fill_nearest_kept."""


def add_runs(columns: Columns, lines: Lines) -> None:
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


def add_position(columns: Columns) -> None:
    """Where the block stands among the page's paragraphs, and in the run of lines that holds most text."""
    words = columns["words"]
    number = len(words)
    at = np.arange(number, dtype=np.float32)
    long = long_lines(columns)
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
        columns.add(f"core_start_{cost:.0f}", _within(at - start))
        columns.add(f"core_end_{cost:.0f}", _within(end - at))
    around = np.stack([words, long, columns["ends_stop"], title_shaped(columns)])
    for low, high in ((2, 2), (6, 0), (0, 6), (12, 12)):
        names = [f"mean_{name}_{low}_{high}" for name in ("words", "long", "stop", "title")]
        fill_window_means(around, low, high, columns.take(names))


def _within(distance: Floats) -> Floats:
    """Cut off on both sides; np.clip takes three times as long on arrays as short as a page."""
    result: Floats = np.minimum(np.maximum(distance, -4 * _FAR), 4 * _FAR)
    return result


def add_neighbours(columns: Columns) -> None:
    """What stands one, two, three places before and after."""
    near = columns.stack(_NEIGHBOURS)
    for by in (-3, -2, -1, 1, 2, 3):
        some = len(_NEIGHBOURS) if abs(by) == 1 else _NEAR
        fill_shifted(near[:some], by, columns.take([f"{name}{by:+d}" for name in _NEIGHBOURS[:some]]))


def add_content_neighbours(columns: Columns) -> None:
    """The nearest lines that are neither furniture nor repeated: a story may have "Advertisement" in between."""
    keep = (columns["whole_any"] == 0) & (columns["repeats"] < _FURNITURE_REPEATS) & (columns["words"] > _LABEL_WORDS)
    near = columns.stack(_CONTENT_NEIGHBOURS)
    nearest, distances = nearest_kept(keep, int(_FAR))
    for by, at, distance in zip(_PLACES, nearest, distances, strict=True):
        fill_taken(near, at, columns.take([f"content_{name}{by:+d}" for name in _CONTENT_NEIGHBOURS]))
        columns.add(f"content_distance{by:+d}", distance)


def nearest_kept(keep: NDArray[np.bool_], farthest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which blocks are two and one places back, one and two on, counting kept ones only, and how far they are.

    Both are 4 x blocks; beyond the page's ends the block is -1, its distance `farthest`, as of all that are farther.
    """
    nearest = np.empty((len(_PLACES), len(keep)), dtype=np.int64)
    fill_nearest_kept(keep.view(np.uint8), nearest)
    distance = np.abs(nearest - np.arange(len(keep)))
    return nearest, np.where(nearest >= 0, np.minimum(distance, farthest), farthest)
