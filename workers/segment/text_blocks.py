"""Flattened pages as blocks: lines and paragraphs read from what is there.

One line of text is one block, unless the page is hard-wrapped: then a paragraph's lines are joined again. Lines
without a letter or digit are no blocks, but they separate (as blank lines do). What is left of markup in front of a
line (a bullet, the # of a heading) is taken off and remembered.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.text_wrapping import unwrap

_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
"""Everything that Unicode calls a line break is one."""
_INVISIBLE = ("\u200b", "\u2060", "\ufeff", "\u00ad")
"""They say where a word may break. The joiners U+200C and U+200D belong to the spelling and stay."""
_ODD_SPACES = (
    "  ",
    "\t",
    *filter(str.isspace, map(chr, (0x1F, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))),
)
"""Without any of these, folding white space is taking it off the ends, which costs a tenth."""
_BULLETS = "•▪◦‣▸►●○■□▶◆·*"
"""Dashes are not among them: in a dozen languages a spoken sentence starts with one."""
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
    for mark in _BREAKS:
        if mark in text:
            text = text.replace(mark, "\n")
    for mark in _INVISIBLE:
        if mark in text:
            text = text.replace(mark, "")
    if any(space in text for space in _ODD_SPACES):
        raw = [" ".join(line.split()) for line in text.split("\n")]
    else:
        raw = [line.strip() for line in text.split("\n")]
    raw, wrapped = unwrap(raw)
    texts: list[str] = []
    gaps: list[int] = []
    marks: list[int] = []
    gap = 0
    for line in raw:
        if not line:
            gap += 1
            continue
        if len(texts) >= MOST_BLOCKS:
            break
        marked = 0
        if not line[0].isalnum():
            if line[0] in _BULLETS or line[0] == "#":
                found = _MARKED.match(line)
                if found:
                    line, marked = line[found.end() :], 1
            if not any(map(str.isalnum, line)):
                gap += 1
                continue
        for piece in (line,) if len(line) <= _LONGEST_LINE else _pieces(line):
            texts.append(piece)
            gaps.append(gap)
            marks.append(marked)
            gap = marked = 0
    return Lines(texts, np.array(gaps, dtype=np.int32), np.array(marks, dtype=np.int32), wrapped)


def _pieces(line: str) -> list[str]:
    pieces = [line[start : start + _LONGEST_LINE].strip() for start in range(0, len(line), _LONGEST_LINE)]
    return [piece for piece in pieces if any(map(str.isalnum, piece))]
