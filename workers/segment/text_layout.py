"""What flat text knows about its promos beyond their roles: what stands next to them. No links, no pictures."""

import numpy as np

from schemas import Placement
from workers.segment.assemble import Span
from workers.segment.page import Block, Picture, Role
from workers.segment.page_context import fold
from workers.segment.text_phrases import CATEGORIES, Bits
from workers.segment.text_tokens import Floats

_BIT = {name: 1 << number for number, name in enumerate(CATEGORIES)}
_FEED_REACH = 60
"""A feed's heading speaks for at most so many blocks below it."""


class TextLayout:
    """Implements assemble.Layout for one flattened page with at least one block, its roles set."""

    def __init__(self, blocks: list[Block], probabilities: Floats, furniture: Bits) -> None:
        self.blocks = blocks
        self.whole = furniture.tolist()
        self.headline = fold(blocks[int(np.argmax(probabilities[:, Role.HEADLINE]))].text)

    def card(self, block: int) -> range:
        end = block + 1
        while end < len(self.blocks) and self.blocks[end].role is Role.TEASER_SUMMARY:
            end += 1
        return range(block, end)

    def link(self, card: range, block: int) -> str | None:
        return None

    def image(self, card: range, block: int) -> str | None:
        return None

    def kicker(self, card: range, block: int) -> str | None:
        return None

    def placement(self, block: int, span: Span) -> Placement:
        for at in range(block - 1, max(-1, block - _FEED_REACH), -1):
            role = self.blocks[at].role
            if role in (Role.BODY, Role.HEADLINE):
                break
            if role is Role.CHROME and self.whole[at] & (_BIT["feed"] | _BIT["related"]):
                if self.whole[at] & _BIT["feed"]:
                    return "feed"
                break
        if span.first > span.last:
            return "list"
        if span.holds(block):
            return "inline"
        return "after" if block > span.last else "rail"

    def sponsored(self, card: range, block: int) -> bool:
        near = [at for at in (block - 1, card.stop) if 0 <= at < len(self.blocks)]
        return any(self.whole[at] & _BIT["advert"] and self.blocks[at].role is Role.CHROME for at in near)

    def leads_home(self, block: int, href: str | None) -> bool:
        return fold(self.blocks[block].text) == self.headline

    def pictures(self, span: Span, headline: int, captions: list[int]) -> list[Picture]:
        return [Picture(caption=self.blocks[at].text) for at in captions]
