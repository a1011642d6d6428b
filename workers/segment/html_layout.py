"""What an HTML page's markup says about its promos and pictures: cards, links, images, kickers, placement."""

import numpy as np

from schemas import Placement
from workers.segment import markup_words, words
from workers.segment.assemble import Span
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_tags import TAG_CODE
from workers.segment.html_tree import HtmlTree, Image
from workers.segment.page import Block, Picture, Role
from workers.segment.page_context import PageContext, fold, split_url

# A card holds one promo: picture, label, headline, summary, author, time, buttons, seldom more.
_MOST_BLOCKS_A_CARD = 14
_LONGEST_KICKER = 40
"""Characters. Labels over a headline are one to four words ("Opinion", "Russia-Ukraine war")."""

_MARKUP = {name: 1 << bit for bit, name in enumerate(markup_words.CATEGORIES)}
_WORDS = {name: 1 << bit for bit, name in enumerate(words.CATEGORIES)}
_FIGURE = (1 << TAG_CODE["figure"]) | (1 << TAG_CODE["figcaption"])
_ASIDE = 1 << TAG_CODE["aside"]
_LIST = (1 << TAG_CODE["ol"]) | (1 << TAG_CODE["ul"])


class HtmlLayout:
    """Implements assemble.Layout for one page."""

    def __init__(self, tree: HtmlTree, features: HtmlFeatures, context: PageContext, blocks: list[Block]) -> None:
        shape = features.shape
        self.tree = tree
        self.said: list[int] = features.said.tolist()
        self.context = context
        self.blocks = blocks
        roles = np.array([block.role for block in blocks], dtype=np.int64)
        promos = roles == Role.TEASER_HEADLINE
        story = (roles == Role.BODY) | (roles == Role.HEADLINE) | (roles == Role.BYLINE)
        self.promos_in, self.story_in = shape.sums(np.stack([promos, story]).astype(np.float32)).tolist()
        self.path_hints: list[int] = shape.path_hints.tolist()
        self.path_tags: list[int] = shape.path_tags.tolist()
        self.parent: list[int] = tree.element_parent.tolist()
        self.first: list[int] = tree.element_first.tolist()
        self.last: list[int] = tree.element_last.tolist()
        self.images_before: list[int] = tree.element_images.tolist()
        self.images_end: list[int] = tree.element_images_end.tolist()
        self.element: list[int] = tree.block_element.tolist()
        self.has_story = bool((roles == Role.BODY).any())
        self._elements: dict[int, int] = {}

    def card_element(self, block: int) -> int:
        """The largest element around the promo that holds no other promo and nothing of the story; -1 if none does."""
        known = self._elements.get(block)
        if known is not None:
            return known
        best = -1
        element = self.element[block]
        while True:
            size = self.last[element] - self.first[element]
            if self.promos_in[element] > 1 or self.story_in[element] > 0 or size > _MOST_BLOCKS_A_CARD or element == 0:
                break
            best = element
            element = self.parent[element]
        self._elements[block] = best
        return best

    def card(self, block: int) -> range:
        element = self.card_element(block)
        if element < 0:
            return range(block, block + 1)
        return range(self.first[element], self.last[element])

    def link(self, card: range, block: int) -> str | None:
        hrefs = self.tree.block_href
        own = hrefs[block]
        if _leads_somewhere(own):
            return own
        near = sorted(card, key=lambda at: abs(at - block))
        for at in near:
            if _leads_somewhere(hrefs[at]):
                return hrefs[at]
        element = self.card_element(block)
        if element >= 0:
            for image in self._images(element):
                if _leads_somewhere(image.href):
                    return image.href
        return own

    def image(self, card: range, block: int) -> str | None:
        element = self.card_element(block)
        if element < 0:
            return None
        return next((image.src for image in self._images(element) if image.src), None)

    def _images(self, element: int) -> list[Image]:
        return self.tree.images[self.images_before[element] : self.images_end[element]]

    def kicker(self, card: range, block: int) -> str | None:
        for at in range(block - 1, card.start - 1, -1):
            text = self.tree.block_text[at]
            if self.blocks[at].role is not Role.CHROME or self.tree.block_image[at] >= 0:
                continue
            hints = self.said[at]
            if len(text) <= _LONGEST_KICKER and not hints & _NO_KICKER and not text[:1].isdigit():
                self.blocks[at].role = Role.KICKER
                return text
        return None

    def placement(self, block: int, span: Span) -> Placement:
        hints = self.path_hints[block]
        tags = self.path_tags[block]
        if hints & _MARKUP["feed"] and hints & _FEED_ONLY:
            return "feed"
        if not self.has_story or span.first > span.last:
            return "list"
        if hints & _MARKUP["popular"] and tags & _LIST:
            return "list"
        if span.holds(block):
            return "rail" if tags & _ASIDE and hints & _MARKUP["rail"] else "inline"
        if hints & _MARKUP["rail"] or tags & _ASIDE or block < span.first:
            return "rail"
        return "after"

    def sponsored(self, card: range, block: int) -> bool:
        if self.path_hints[block] & _MARKUP["advert"] and _is_outside(self.tree.block_href[block], self.context):
            return True
        return any(self.said[at] & _WORDS["advert"] for at in card if at != block)

    def leads_home(self, block: int, href: str | None) -> bool:
        split = split_url(href)
        if split is not None and len(split[1]) > 1 and split[1].rstrip("/") in self.context.own_paths:
            return not split[0] or split[0] == self.context.host
        return False

    def pictures(self, span: Span, headline: int, captions: list[int]) -> list[Picture]:
        tree = self.tree
        first = headline if 0 <= headline < span.first else span.first
        result: list[Picture] = []
        at_image: dict[int, Picture] = {}
        promo_images = {
            number
            for block, element in self._elements.items()
            if element >= 0 and self.blocks[block].role is Role.TEASER_HEADLINE
            for number in range(self.images_before[element], self.images_end[element])
        }
        for number, image in enumerate(tree.images):
            path = self.path_hints[min(image.block, len(tree.block_text) - 1)]
            near = first - 3 <= image.block <= span.last + 1
            if not near or number in promo_images or not image.src or path & _NOT_A_PICTURE:
                continue
            at_image[number] = Picture(src=image.src, alt=image.alt or None)
        for caption in captions:
            number = self._image_of(caption)
            picture = at_image.get(number)
            if picture is None:
                source = tree.images[number] if number >= 0 else None
                picture = Picture(src=source.src if source else None, alt=(source.alt or None) if source else None)
                at_image[number if number >= 0 else -2 - caption] = picture
            text = tree.block_text[caption]
            if picture.caption is None:
                picture.caption = text
            elif fold(text) not in fold(picture.caption):
                picture.credit = text if picture.credit is None else picture.credit
        result.extend(picture for _, picture in sorted(at_image.items()))
        return result

    def _image_of(self, caption: int) -> int:
        """The picture over a caption: in the nearest element around it that holds any, the last one before it."""
        tree = self.tree
        element = self.element[caption]
        for _ in range(5):
            low, high = self.images_before[element], self.images_end[element]
            if high > low:
                return max((image for image in range(low, high) if tree.images[image].block <= caption), default=low)
            if element == 0:
                break
            element = self.parent[element]
        return -1


_NO_KICKER = sum(
    _WORDS[name]
    for name in (
        "time",
        "minutes",
        "month",
        "advert",
        "share",
        "show_more",
        "read_more",
        "feed",
        "by",
        "comment",
        "watch",
    )
)
_FEED_ONLY = _MARKUP["popular"] | _MARKUP["date"]
_NOT_A_PICTURE = sum(_MARKUP[name] for name in ("bio", "share", "advert", "byline", "nav", "footer"))


def _leads_somewhere(href: str | None) -> bool:
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:", "tel:"))  # type: ignore[union-attr]


def _is_outside(href: str | None, context: PageContext) -> bool:
    split = split_url(href)
    return split is not None and bool(split[0]) and bool(context.host) and not split[0].endswith(context.host)
