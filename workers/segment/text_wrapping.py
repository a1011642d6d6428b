"""Hard-wrapped text: told by how lines fill a common width, joined paragraph by paragraph.

A wrapped line ends where the next word would not have fitted. In text that is not wrapped a line ends where its
paragraph does, whatever its length; so lines that fill the page's width, again and again, are evidence enough.
"""

from bisect import bisect_right
from itertools import pairwise

from workers.segment.line_reading import lengths

_WIDTHS = (40, 132)
"""In characters: what mailers, terminals and converters wrap at. Longer lines are paragraphs."""
_LEAST_LINES = 8
"""Fewer wrapped lines than this prove nothing."""
_FULL = 0.85
"""Of the lines that another line follows without a gap, unless it ends its paragraph, this share must be full."""
_HAN = "\u2e80"


def unwrap(lines: list[str]) -> tuple[list[str], bool]:
    """Join the lines of wrapped paragraphs. Lines are folded, "" for a blank one. Returns (lines, whether it did)."""
    width = _width(lines)
    if not width:
        return lines, False
    joined: list[str] = []
    # Pieces of the paragraph under way: joining strings one by one would copy a long one again for each of its lines.
    pieces: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if pieces and not (pieces[-1][-1] >= _HAN and line[0] >= _HAN):
            pieces.append(" ")
        pieces.append(line)
        if not (line and following and _is_full(line, following, width)):
            joined.append("".join(pieces))
            pieces.clear()
    return joined, True


def _width(lines: list[str]) -> int:
    """The width at which the page is wrapped; 0 when it is not."""
    sizes = lengths(lines).data
    if len(sizes) < _LEAST_LINES or sizes[len(sizes) // 2] > _WIDTHS[1]:
        return 0
    # A long address or a table row may stick out: a fiftieth of the lines may be longer than the width.
    width = sizes[min(len(sizes) - 1, int(len(sizes) * 0.98))]
    if not _WIDTHS[0] <= width <= _WIDTHS[1]:
        return 0
    if len(sizes) - bisect_right(sizes, 2 * width) > 2:
        return 0
    full = broken = 0
    for line, following in pairwise(lines):
        if line and following and len(line) > width // 2:
            if _is_full(line, following, width):
                full += not line.endswith((".", "!", "?", "。", "…"))
            elif not line.endswith((".", "!", "?", ":", '"', "”", "»", "。", "…")):
                broken += 1
    return width if full >= _LEAST_LINES and full >= _FULL * (full + broken) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line after would not have fitted."""
    word = following.split(" ", 1)[0] if following[0] < _HAN else following[:2]
    return len(line) + 1 + len(word) > width
