"""What the labeller sees of a flattened page's blocks: one row a block, one column a feature (float32).

Everything is arrays over the page, kept column by column (the trees ask columns); what takes a loop over blocks is
compiled.
"""

import numpy as np

from workers.segment.line_groups import grouped
from workers.segment.text_blocks import Lines
from workers.segment.text_cohesion import cohesion
from workers.segment.text_columns import Columns
from workers.segment.text_phrases import LONGEST, heads, phrase_bits
from workers.segment.text_places import add_content_neighbours, add_neighbours, add_position, add_runs
from workers.segment.text_repeats import add_repeats, add_sharing, groups_of_blocks, shapes, whole_lines
from workers.segment.text_shape import add_phrases, add_shape, long_lines, title_shaped
from workers.segment.text_tokens import Floats, tokenise

_ROOM = 600
"""In columns: these features' and those of text_labeller.py."""


class TextFeatures:
    """Features of one page with at least one block: `columns` (columns x blocks) under `names`."""

    def __init__(self, lines: Lines) -> None:
        self.tokens = tokens = tokenise(lines.texts)
        self.cohesion = cohesion(tokens)
        columns = Columns(len(lines.texts), _ROOM)
        add_shape(columns, lines, tokens)
        self.heads = heads(tokens, LONGEST)
        self.whole, head, tail = phrase_bits(lines.texts, tokens, self.heads)
        add_phrases(columns, self.whole, head, tail)
        add_runs(columns, lines)
        line, shape = grouped(whole_lines(tokens)), shapes(columns)
        add_repeats(columns, tokens, self.heads, line, shape)
        add_sharing(columns, self.cohesion, long_lines(columns))
        add_position(columns)
        add_neighbours(columns)
        add_content_neighbours(columns)
        _add_page(columns, lines)
        self.names = columns.names
        self.words = tokens.words
        self.groups = groups_of_blocks(columns, lines, tokens, self.heads, line, shape)
        self.columns = columns.matrix()
        self._room = columns.room

    def with_room(self, more: int) -> Floats:
        """The columns and, in the same memory, so many rows for what else is known of the blocks; not cleared."""
        return self._room[: len(self.columns) + more]


def _add_page(columns: Columns, lines: Lines) -> None:
    words, long = columns["words"], long_lines(columns)
    number = len(words)
    values = {
        "page_blocks": number, "page_words": words.sum(), "page_long": long.sum(),
        "page_long_share": (words * long).sum() / max(1.0, float(words.sum())),
        "page_gaps": (columns["gap"] > 0).mean(), "page_stops": columns["ends_stop"].mean(),
        "page_uncased": columns["uncased"].mean(), "page_han": columns["han"].mean(),
        "page_titles": title_shaped(columns).mean(), "page_wrapped": lines.wrapped,
    }  # fmt: skip
    page = np.array(list(values.values()), dtype=np.float32)
    columns.take(list(values))[...] = page[:, None]
