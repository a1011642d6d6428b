"""The loops of text_blocks.py and text_wrapping.py over a page's characters and lines. Compiled."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

BREAK, INVISIBLE, SPACE = 1, 2, 4
"""What a text may have that makes work: line breaks other than \\n, invisible characters, white space to be folded."""


def oddities(codes: Sequence[int]) -> int:
    """Bits of the above for what a text has, given as its code points."""
    found = 0
    before = 0
    for at in range(len(codes)):
        code = codes[at]
        if code <= 0x20:
            if code == 0x20:
                if before == 0x20:
                    found |= _SPACE
            elif 0x0B <= code <= 0x0D or 0x1C <= code <= 0x1E:
                found |= _BREAK
            elif code == 0x09 or code == 0x1F:
                found |= _SPACE
        elif code >= 0x85:
            if code <= 0xAD:
                found |= _BREAK if code == 0x85 else _SPACE if code == 0xA0 else _INVISIBLE if code == 0xAD else 0
            elif code >= 0x1680 and not 0x3000 < code < 0xFEFF:
                if 0x2000 <= code <= 0x200A or code == 0x1680 or code == 0x202F or code == 0x205F or code == 0x3000:
                    found |= _SPACE
                elif code == 0x2028 or code == 0x2029:
                    found |= _BREAK
                elif code == 0x200B or code == 0x2060 or code == 0xFEFF:
                    found |= _INVISIBLE
        before = code
    return found


_BREAK, _INVISIBLE, _SPACE = BREAK, INVISIBLE, SPACE


def stripped(lines: list[str]) -> list[str]:
    """Lines whose only white space is the space, without those at their ends."""
    for at in range(len(lines)):
        line = lines[at]
        if line and (line[0] == " " or line[len(line) - 1] == " "):
            lines[at] = line.strip()
    return lines


def lengths(lines: list[str]) -> NDArray[np.int64]:
    """In characters, of those that are not empty, in the order of length."""
    into = np.empty(len(lines), dtype=np.int64)
    number = _fill_lengths(lines, into)
    return np.sort(into[:number])


def _fill_lengths(lines: list[str], into: NDArray[np.int64]) -> int:
    number = 0
    for at in range(len(lines)):
        line = lines[at]
        if line:
            into[number] = len(line)
            number += 1
    return number


def fill_blocks(
    lines: list[str],
    most: int,
    marks: str,
    take_mark: Callable[[str], str],
    longest: int,
    texts: list[str],
    gap: NDArray[np.int32],
    mark: NDArray[np.int32],
) -> int:
    """Append the blocks among the lines to texts, fill gap and mark as Lines has them; returns how many there are.

    From `most` on no line is looked at. take_mark is asked about lines that begin with one of `marks`: it takes the
    mark off. Lines are cut into pieces of at most `longest` characters.
    """
    number, blank = 0, 0
    for at in range(len(lines)):
        line = lines[at]
        if not line:
            blank += 1
            continue
        if number >= most:
            break
        marked = 0
        if not line[0].isalnum():
            if line[0] in marks:
                rest = take_mark(line)
                marked = len(rest) < len(line)
                line = rest
            if not _has_word(line):
                blank += 1
                continue
        if len(line) <= longest:
            texts.append(line)
            gap[number] = blank
            mark[number] = marked
            number += 1
            blank = 0
            continue
        for start in range(0, len(line), longest):
            piece = line[start : start + longest].strip()
            if _has_word(piece):
                texts.append(piece)
                gap[number] = blank
                mark[number] = marked
                number += 1
                blank = 0
                marked = 0
    return number


def _has_word(line: str) -> bool:
    """Whether there is a letter or digit."""
    at = 0
    while at < len(line) and not line[at].isalnum():
        at += 1
    return at < len(line)
