"""The card around each block: the smallest unit of several blocks whose like stands beside it again and again.

A promo's headline, summary, picture and date stand in such a unit, a story's paragraphs do not: theirs hold one block.
Units are alike by their markup, and by their tag alone (publishing systems number their classes: "post-1234").
Compiled.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment import block_sums
from workers.segment.block_measures import LINKED
from workers.segment.html_features_base import Matrix, Structure, Whole
from workers.segment.html_tags import TAGS

_OF_GROUP = (
    "count", "blocks", "uneven", "words", "linked", "headings", "long", "images", "times", "links", "share",
)  # fmt: skip
_OF_BLOCK = ("up", "at", "left", "relative", "longest", "longest_linked")
CARD_NAMES = tuple(f"{kind}_{name}" for kind in ("card", "unit") for name in (*_OF_GROUP, *_OF_BLOCK))
_LEAST = 3
"""Two alike stand side by side by chance (columns); three are a list."""
_BLOCKS = 1.4
"""Mean blocks a card: some cards of a list may hold nothing but their headline."""
VALUES = ("words", "linked words", "headings", "long texts", "dates", "targets")
"""What of each block is summed up over cards; of the last four a card counts whether it holds any."""


def fill_cards(into: Matrix, shape: Structure, values: Matrix, link_ratio: NDArray[np.float32]) -> None:
    """Write CARD_NAMES (x blocks) from VALUES (x blocks); all 0 for a block that stands in no card."""
    into[:] = 0
    sums = shape.sums(values)
    kinds = int(shape.signature.max()) + len(TAGS)
    all_words = max(1.0, float(values[0].sum()))
    for start, kind in ((0, shape.signature), (len(CARD_NAMES) // 2, shape.tag)):
        of, number = block_sums.numbered(shape.parent * kinds + kind)
        units = Units(of, number)
        units.count(shape.first, shape.last, sums, shape.images)
        units.choose(shape.parent)
        units.look(shape.element, values[0], link_ratio)
        units.fill(into, start, shape, sums, values[0], link_ratio, all_words)


_HELD = 8
"""What of each element is averaged over a group: blocks, VALUES, images."""


class Units:
    """Elements grouped by their like under the same parent, and those groups that are cards."""

    def __init__(self, of: Whole, number: int) -> None:
        elements = len(of)
        self.of = of
        self.size = np.zeros(number, dtype=np.int64)
        self.means = np.zeros((_HELD, number), dtype=np.float64)
        self.most = np.zeros(number, dtype=np.float32)
        """Blocks of the largest of each group."""
        self.card = np.zeros(elements, dtype=np.int64)
        """For each element the nearest card that it is or stands in; else the root."""
        self.longest = np.zeros(elements, dtype=np.float32)
        self.longest_linked = np.zeros(elements, dtype=np.float32)

    def count(self, first: Whole, last: Whole, sums: Matrix, images: NDArray[np.float32]) -> None:
        """Average over the elements of each group, those without blocks left out."""
        for element in range(len(self.of)):
            blocks = last[element] - first[element]
            if blocks == 0:
                continue
            group = self.of[element]
            self.size[group] += 1
            if blocks > self.most[group]:
                self.most[group] = blocks
            self.means[0, group] += blocks
            self.means[1, group] += sums[0, element]
            self.means[2, group] += sums[1, element]
            for row in range(2, len(sums)):
                self.means[row + 1, group] += min(sums[row, element], 1)
            self.means[7, group] += min(images[element], 1)
        for group in range(len(self.size)):
            if self.size[group] > 0:
                for row in range(_HELD):
                    self.means[row, group] /= self.size[group]

    def choose(self, parent: Whole) -> None:
        """Which elements are cards, and which card every element stands in. A parent stands before its children."""
        for element in range(1, len(self.of)):
            group = self.of[element]
            # An element without blocks is a card like the others of its group; nothing stands in it.
            if self.size[group] >= _LEAST and self.means[0, group] >= _BLOCKS:
                self.card[element] = element
            else:
                self.card[element] = self.card[parent[element]]

    def look(self, block_element: Whole, words: NDArray[np.float32], link_ratio: NDArray[np.float32]) -> None:
        """The longest text of each card, and the longest link."""
        linked = LINKED
        for at in range(len(words)):
            card = self.card[block_element[at]]
            if words[at] > self.longest[card]:
                self.longest[card] = words[at]
            if link_ratio[at] > linked and words[at] > self.longest_linked[card]:
                self.longest_linked[card] = words[at]

    def fill(
        self,
        into: Matrix,
        start: int,
        shape: Structure,
        sums: Matrix,
        words: NDArray[np.float32],
        link_ratio: NDArray[np.float32],
        all_words: float,
    ) -> None:
        """Write half of CARD_NAMES from the row `start` on."""
        self._fill_blocks(into, start, shape.element, shape.first, shape.last, shape.depth, sums, words, link_ratio)
        self._fill_groups(into, start, shape.element, all_words)

    def _fill_groups(self, into: Matrix, start: int, block_element: Whole, all_words: float) -> None:
        for at in range(len(block_element)):
            card = self.card[block_element[at]]
            if card == 0:
                continue
            group = self.of[card]
            size, blocks, words = self.size[group], self.means[0, group], self.means[1, group]
            into[start, at] = size
            into[start + 1, at] = blocks
            into[start + 2, at] = self.most[group] / blocks
            into[start + 3, at] = words
            into[start + 4, at] = self.means[2, group] / max(words, 1.0)
            into[start + 5, at] = self.means[3, group]
            into[start + 6, at] = self.means[4, group]
            into[start + 7, at] = self.means[7, group]
            into[start + 8, at] = self.means[5, group]
            into[start + 9, at] = self.means[6, group]
            into[start + 10, at] = size * words / all_words

    def _fill_blocks(
        self,
        into: Matrix,
        start: int,
        block_element: Whole,
        first: Whole,
        last: Whole,
        depth: NDArray[np.float32],
        sums: Matrix,
        words: NDArray[np.float32],
        link_ratio: NDArray[np.float32],
    ) -> None:
        linked = LINKED
        for at in range(len(block_element)):
            element = block_element[at]
            card = self.card[element]
            if card == 0:
                continue
            own, in_card = words[at], sums[0, card]
            into[start + 11, at] = depth[element] - depth[card]
            into[start + 12, at] = at - first[card]
            into[start + 13, at] = last[card] - at
            into[start + 14, at] = own / (in_card if in_card > 1 else 1)
            into[start + 15, at] = own >= self.longest[card]
            into[start + 16, at] = link_ratio[at] > linked and own >= self.longest_linked[card]


NEAR_COPY_NAMES = ("within_before", "within_after", "holds_before", "holds_after")
_NEAR = 4
_SHORTEST, _LONGEST = 12, 300
"""Characters of what could be a headline, with or without a kicker."""


def fill_near_copies(into: Matrix, texts: list[str]) -> None:
    """NEAR_COPY_NAMES: is the text part of one a few blocks before or after, does it hold one of these?

    A card often shows its headline twice: once alone and once with the kicker in front.
    """
    into[:] = 0
    _fill_near_copies(into, texts)


def _fill_near_copies(into: Matrix, texts: list[str]) -> None:
    count = len(texts)
    for at in range(count):
        text = texts[at]
        length = len(text)
        if length < _SHORTEST or length > _LONGEST:
            continue
        for place in range(at + 1, min(at + _NEAR + 1, count)):
            other = texts[place]
            size = len(other)
            if size < _SHORTEST or size > _LONGEST or size == length:
                continue
            if length < size:
                if text in other:
                    into[1, at] = into[2, place] = 1
            elif other in text:
                into[3, at] = into[0, place] = 1
