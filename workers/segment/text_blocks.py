"""Flattened pages as blocks: lines and paragraphs read from what is there.

One line of text is one block, unless the page is hard-wrapped: then a paragraph's lines are joined again. Lines
without a letter or digit are no blocks, but they separate (as blank lines do). What is left of markup in front of a
line (a bullet, the # of a heading) is taken off and remembered.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import code_points
from workers.segment.line_reading import BREAK, INVISIBLE, SPACE, fill_blocks, oddities, stripped
from workers.segment.text_wrapping import unwrap

_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""Everything that Unicode calls a line break is one."""
_INVISIBLE = ("\u200b", "\u2060", "\ufeff", "\u00ad")
"""They say where a word may break. The joiners U+200C and U+200D belong to the spelling and stay."""
_BULLETS = "•▪◦‣▸►●○■□▶◆·*"
"""Dashes are not among them: in a dozen languages a spoken sentence starts with one."""
_MARKS = _BULLETS + "#"
_MARKED = re.compile(rf"(?:#{{1,6}} +|[{re.escape(_BULLETS)}][{re.escape(_BULLETS)}\s]*)(?=\S)")
_LONGEST_LINE = 20_000
"""In characters. No paragraph is that long; a page in one line is cut, so that no single block costs the page."""
MOST_BLOCKS = 20_000
"""A dump of a whole site has fewer lines; what a hostile page has beyond is not looked at."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The blocks of a flattened page, in order."""

    texts: list[str]
    """White space folded, never empty, at least one letter or digit each."""
    gap: NDArray[np.int32]
    """Blank lines (or separating rules) before each block; n long."""
    mark: NDArray[np.int32]
    """1 where a bullet or heading mark stood before the text, else 0; n long."""
    wrapped: bool
    """Whether lines were joined."""


def read_lines(text: str) -> Lines:
    """Split flattened text into blocks, at most MOST_BLOCKS. Any text will do; "" gives no blocks."""
    odd = oddities(code_points(text))
    if odd & (BREAK | INVISIBLE):
        for character in _BREAKS:
            text = text.replace(character, "\n")
        for character in _INVISIBLE:
            text = text.replace(character, "")
        odd = oddities(code_points(text))
    raw = text.split("\n")
    raw = [" ".join(line.split()) for line in raw] if odd & SPACE else stripped(raw)
    raw, wrapped = unwrap(raw)
    texts: list[str] = []
    # A line too long becomes several blocks.
    room = len(raw) + len(text) // _LONGEST_LINE + 1
    gap, mark = np.empty((2, room), dtype=np.int32)
    number = fill_blocks(raw, MOST_BLOCKS, _MARKS, _without_mark, _LONGEST_LINE, texts, gap, mark)
    return Lines(texts, gap[:number], mark[:number], wrapped)


def _without_mark(line: str) -> str:
    found = _MARKED.match(line)
    return line[found.end() :] if found else line
