"""How each block compares with what the page declares about its story, and where its link leads. Compiled."""

from collections.abc import Sequence

import numpy as np

from workers.segment import declaration as declarations
from workers.segment import link_targets
from workers.segment.characters import Lowered, code_points
from workers.segment.declaration import Declaration
from workers.segment.html_features_base import Groups, Matrix
from workers.segment.html_tree import HtmlTree
from workers.segment.line_words import LONGEST, SHORTEST, LineWords
from workers.segment.link_targets import Targets
from workers.segment.page_context import PageContext

EVIDENCE = (*declarations.NAMES, "repeats", *link_targets.NAMES, "link_repeats")
_REPEATS = len(declarations.NAMES)
_LINKED = _REPEATS + 1
_SLUG_MATCH = _LINKED + link_targets.SLUG_MATCH
_LINK_REPEATS = _LINKED + len(link_targets.NAMES)
_SLUG = 160
"""Characters at the end of an address in which the headline's words may stand."""


def fill_evidence(
    into: Matrix, tree: HtmlTree, context: PageContext, lowered: Lowered, texts: Groups, links: Groups
) -> None:
    """Write EVIDENCE's rows (x blocks). texts and links group the blocks with the same text and the same target."""
    Evidence(into, context, lowered).fill(tree.block_text, tree.block_href, texts, links)


class Evidence:
    """A page's evidence while it is gathered."""

    def __init__(self, into: Matrix, context: PageContext, lowered: Lowered) -> None:
        into[:] = 0
        self.into = into
        self.declaration = Declaration(context)
        self.targets = Targets(context)
        self.words = LineWords()
        self.codes = lowered.codes
        self.start = lowered.start
        self.odd = lowered.odd

    def fill(self, block_text: list[str], block_href: list[str | None], texts: Groups, links: Groups) -> None:
        """Go through the blocks."""
        into = self.into
        text_of, copies, link_of, repeats = texts.of, texts.size, links.of, links.size
        # Where each text and each target was seen first; what was found there holds for the others.
        first_text = np.full(texts.number, -1, dtype=np.int64)
        first_link = np.full(links.number, -1, dtype=np.int64)
        leads = np.zeros(links.number, dtype=np.uint8)
        for at in range(len(block_text)):
            text, href = block_text[at], block_href[at]
            into[_REPEATS, at] = copies[at]
            target = link_of[at]
            if href:
                into[_LINK_REPEATS, at] = repeats[at]
                seen = first_link[target]
                if seen < 0:
                    first_link[target] = at
                    leads[target] = self.targets.describe(href, into, _LINKED, at)
                else:
                    for row in range(_LINKED, _LINK_REPEATS):
                        if row != _SLUG_MATCH:
                            into[row, at] = into[row, seen]
            seen = first_text[text_of[at]]
            linked = bool(href) and leads[target] and SHORTEST <= len(text) <= LONGEST
            if seen < 0:
                first_text[text_of[at]] = at
            else:
                for row in range(_REPEATS):
                    into[row, at] = into[row, seen]
            if seen >= 0 and not linked:
                continue
            if self.odd[at]:
                codes = code_points(text.lower())
                self._look(text, codes, 0, len(codes), href if linked else None, seen < 0, at)
            else:
                self._look(text, self.codes, self.start[at], self.start[at + 1], href if linked else None, seen < 0, at)

    def _look(
        self, text: str, codes: Sequence[int], begin: int, end: int, href: str | None, is_new: bool, at: int
    ) -> None:
        """Look at a line, from `begin` to `end` in lower case, that was not seen before, or at one with a link."""
        if SHORTEST <= len(text) <= LONGEST:
            self.words.read(codes, begin, end)
        if is_new:
            self.declaration.compare(text, codes, begin, end, self.words, self.into, at)
        if href is not None:
            found = self.words.found_in(codes, href[-_SLUG:].lower())
            if found:
                self.into[_SLUG_MATCH, at] = found / self.words.number
