"""A page's features as one matrix that is filled from the top, column by column of the model's: rows here.

The trees ask columns, so a feature's values lie side by side. Rows are made once, where they stay: a page of two
thousand blocks has four megabytes of them, and copying those costs as much as computing them.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.text_tokens import Floats


class Columns:
    """Named columns of equal length, in order, and room behind them."""

    def __init__(self, blocks: int, room: int) -> None:
        """room: for how many columns."""
        self.names: list[str] = []
        self.room: Floats = np.empty((room, blocks), dtype=np.float32)
        self._row: dict[str, int] = {}

    def add(self, name: str, values: NDArray[np.generic]) -> None:
        """Append a column."""
        self._row[name] = row = len(self.names)
        self.names.append(name)
        self.room[row] = values

    def take(self, names: list[str]) -> Floats:
        """Append several columns to be filled by the caller (columns x blocks)."""
        first = len(self.names)
        self._row.update(zip(names, range(first, first + len(names)), strict=True))
        self.names += names
        return self.room[first : len(self.names)]

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.room[self._row[name]]
        return column

    def stack(self, names: tuple[str, ...]) -> Floats:
        """A copy of some columns as one matrix (columns x blocks)."""
        return self.room[[self._row[name] for name in names]]

    def matrix(self) -> Floats:
        """Columns x blocks; no copy."""
        return self.room[: len(self.names)]


def shifted(values: Floats, by: int, fill: float) -> Floats:
    """The value of the block `by` places further on, which is not 0; `fill` beyond the page's ends."""
    result = np.full_like(values, fill)
    if by > 0:
        result[:-by] = values[by:]
    else:
        result[-by:] = values[:by]
    return result
