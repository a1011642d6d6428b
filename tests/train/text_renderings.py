"""A labelled page written as flat text and read back, each block's role carried over."""

import textwrap
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.page import Role
from workers.segment.text_blocks import Lines, read_lines

Labelled = tuple[str, int]
"""A block's text and its role (or UNKNOWN, UNSURE)."""


@dataclass(slots=True)
class Rendering:
    """Flat text as the reader reads it, with the role of each block."""

    lines: Lines
    roles: NDArray[np.int64]


def rendering(blocks: list[Labelled], gaps: list[int], *, wrap: int = 0, crlf: bool = False) -> Rendering:
    """Write blocks with so many blank lines before each, read them back, and carry the roles over.

    Letters and digits come back in the same order, whatever was joined, cut or taken off; a block's role is that of
    most of its characters.
    """
    parts = []
    for (text, _), gap in zip(blocks, gaps, strict=True):
        folded = " ".join(text.split())
        if wrap and len(folded) > wrap:
            folded = "\n".join(textwrap.wrap(folded, wrap, break_long_words=False, break_on_hyphens=False))
        parts.append("\n" * gap + folded)
    whole = "\n".join(parts) + "\n"
    lines = read_lines(whole.replace("\n", "\r\n") if crlf else whole)
    role = np.repeat(
        np.array([role for _, role in blocks], dtype=np.int64), [sum(map(str.isalnum, text)) for text, _ in blocks]
    )
    sizes = [sum(map(str.isalnum, text)) for text in lines.texts]
    roles = np.empty(len(sizes), dtype=np.int64)
    start = 0
    for row, size in enumerate(sizes):
        values, counts = np.unique(role[start : start + size], return_counts=True)
        roles[row] = values[np.argmax(counts)] if len(values) else Role.CHROME
        start += size
    return Rendering(lines, roles)
