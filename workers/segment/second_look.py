"""What the second pass sees besides a block's own features: how the first pass judged the blocks around it.

The idea of jusText (Pomikalek, 2011: classify without context, then revise with it), with probabilities in place of
classes and with the tree's neighbourhood beside the line's: blocks of the same markup and every ancestor's content.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features_base import LEVELS, Groups, Matrix, Structure, Whole
from workers.segment.verdict_rows import fill_above, fill_around, fill_group_means, fill_line

FIRST_CLASSES = ("chrome", "body", "teaser_headline", "teaser_summary", "caption", "head", "body_or_not")
"""What is judged of a block alone. Headline, dek and byline (head) need the context; the last is a judge of its own."""
_SHIFTS = np.array([-3, -2, -1, 1, 2, 3])
_WINDOWS = np.array([(4, 4), (12, 12), (6, 0), (0, 6)])
"""Places back and on."""
_AROUND = len(FIRST_CLASSES) * (1 + len(_SHIFTS) + len(_WINDOWS))
_GROUPS = 3
_ALIKE = _AROUND + len(FIRST_CLASSES) * _GROUPS
_ABOVE = _ALIKE + (len(FIRST_CLASSES) + 3) * (LEVELS - 1)
"""An ancestor's rows: the mean of every class, the sums of two of them, its share of the page's body."""
LINE = 15
ROWS = _ABOVE + LINE


def fill(into: Matrix, first: Matrix, words: NDArray[np.float32], shape: Structure, links: Groups, of: Whole) -> None:
    """Write the context features (ROWS x blocks) from the first pass's probabilities (FIRST_CLASSES x blocks).

    links: blocks with the same link target. of: the blocks that are asked about; into has as many columns.
    """
    fill_around(into[:_AROUND], first, _SHIFTS, _WINDOWS, of)
    for row, group in zip(range(_AROUND, _ALIKE, len(first)), (shape.near, shape.far, links), strict=True):
        fill_group_means(into[row : row + len(first)], first, group, of)
    values = np.empty((len(first) + 1, len(words)), dtype=np.float32)
    values[:-1] = first
    mass = np.multiply(first[1], words, out=values[-1])
    body = max(1.0, float(mass.sum()))
    fill_above(into[_ALIKE:_ABOVE], shape.sums(values), shape.ancestors, shape.first, shape.last, body, of)
    fill_line(into[_ABOVE:], first, mass, links.most(first[2]), float(first[2].sum()), float(first[3].sum()), of)
