"""What an HTML page's markup says about its promos and pictures: cards, links, images, kickers, placement. Compiled."""

from bisect import bisect_left
from operator import attrgetter

from schemas import Placement
from workers.segment import markup_words, words
from workers.segment.assemble import Span
from workers.segment.block_roles import Standing
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_tags import TAG_CODE
from workers.segment.html_tree import HtmlTree, Image
from workers.segment.page import Block, Picture, Role
from workers.segment.page_context import PageContext, fold, split_url
from workers.segment.promo_cards import card_elements

_LONGEST_KICKER = 40
"""Characters. Labels over a headline are one to four words ("Opinion", "Russia-Ukraine war")."""

_MARKUP = {name: 1 << bit for bit, name in enumerate(markup_words.CATEGORIES)}
_WORDS = {name: 1 << bit for bit, name in enumerate(words.CATEGORIES)}
_FIGURE = (1 << TAG_CODE["figure"]) | (1 << TAG_CODE["figcaption"])
_ASIDE = 1 << TAG_CODE["aside"]
_FEED, _POPULAR, _RAIL, _ADVERT = (_MARKUP[name] for name in ("feed", "popular", "rail", "advert"))
_SAYS_ADVERT = _WORDS["advert"]
_block_of = attrgetter("block")
_CHROME, _KICKER = Role.CHROME, Role.KICKER
_LIST = (1 << TAG_CODE["ol"]) | (1 << TAG_CODE["ul"])


class HtmlLayout:
    """Implements assemble.Layout for one page."""

    def __init__(
        self, tree: HtmlTree, features: HtmlFeatures, context: PageContext, blocks: list[Block], standing: Standing
    ) -> None:
        self.context = context
        self.texts, self.hrefs, self.images = tree.block_text, tree.block_href, tree.images
        self.said = features.said
        self.blocks = blocks
        self.path_hints = features.shape.path_hints
        self.path_tags = features.shape.path_tags
        self.parent, self.first, self.last = tree.element_parent, tree.element_first, tree.element_last
        self.images_before, self.images_end = tree.element_images, tree.element_images_end
        self.element, self.block_image = tree.block_element, tree.block_image
        self.has_story = bool(standing[Role.BODY])
        promos = standing[Role.TEASER_HEADLINE]
        asked = promos + standing[Role.SNIPPET]
        self._cards: dict[int, int] = {}
        """The element of each promo's and feed item's card; -1 where no element is its own."""
        if asked:
            story = standing[Role.BODY] + standing[Role.HEADLINE] + standing[Role.BYLINE]
            elements = card_elements(asked, promos, story, self.element, self.parent, self.first, self.last)
            self._cards = dict(zip(asked, elements, strict=True))

    def card(self, block: int) -> range:
        element = self._cards[block]
        if element < 0:
            return range(block, block + 1)
        return range(self.first[element], self.last[element])

    def link(self, card: range, block: int) -> str | None:
        hrefs = self.hrefs
        own = hrefs[block]
        if _leads_somewhere(own):
            return own
        for at in sorted(card, key=lambda at: abs(at - block)):
            if _leads_somewhere(hrefs[at]):
                return hrefs[at]
        for image in self._images(self._cards[block]):
            if _leads_somewhere(image.href):
                return image.href
        return own

    def image(self, card: range, block: int) -> str | None:
        for image in self._images(self._cards[block]):
            if image.src:
                return image.src
        return None

    def _images(self, element: int) -> list[Image]:
        if element < 0:
            return []
        return self.images[self.images_before[element] : self.images_end[element]]

    def kicker(self, card: range, block: int) -> str | None:
        first = card.start
        for at in range(block - 1, first - 1, -1):
            text = self.texts[at]
            if self.blocks[at].role is not _CHROME or self.block_image[at] >= 0:
                continue
            if len(text) <= _LONGEST_KICKER and not self.said[at] & _NO_KICKER and not text[:1].isdigit():
                self.blocks[at].role = _KICKER
                return text
        return None

    def placement(self, block: int, span: Span) -> Placement:
        hints = self.path_hints[block]
        tags = self.path_tags[block]
        if hints & _FEED and hints & _FEED_ONLY:
            return "feed"
        if not self.has_story or span.first > span.last:
            return "list"
        if hints & _POPULAR and tags & _LIST:
            return "list"
        if span.holds(block):
            return "rail" if tags & _ASIDE and hints & _RAIL else "inline"
        if hints & _RAIL or tags & _ASIDE or block < span.first:
            return "rail"
        return "after"

    def sponsored(self, card: range, block: int) -> bool:
        if self.path_hints[block] & _ADVERT and _is_outside(self.hrefs[block], self.context):
            return True
        begin, end, said = card.start, card.stop, 0
        for at in range(begin, end):
            if at != block:
                said |= self.said[at]
        return bool(said & _SAYS_ADVERT)

    def leads_home(self, block: int, href: str | None) -> bool:
        if href is None:
            return False
        # Most links are told by what they do not hold, before they are taken apart.
        for path in self.context.own_paths:
            if path in href:
                return self._is_own(href)
        return False

    def _is_own(self, href: str) -> bool:
        split = split_url(href)
        if split is not None and len(split[1]) > 1 and split[1].rstrip("/") in self.context.own_paths:
            return not split[0] or split[0] == self.context.host
        return False

    def pictures(self, span: Span, headline: int, captions: list[int]) -> list[Picture]:
        first, end, last = span.first, span.last + 1, len(self.texts) - 1
        if 0 <= headline < first:
            first = headline
        at_image: dict[int, Picture] = {}
        promoting = {
            number
            for element in self._cards.values()
            if element >= 0
            for number in range(self.images_before[element], self.images_end[element])
        }
        # Images stand in page order.
        number = bisect_left(self.images, first - 3, key=_block_of)
        while number < len(self.images):
            image = self.images[number]
            block = image.block
            if block > end:
                break
            if image.src and number not in promoting and not self.path_hints[min(block, last)] & _NOT_A_PICTURE:
                at_image[number] = Picture(src=image.src, alt=image.alt or None)
            number += 1
        for caption in captions:
            number = self._image_of(caption)
            picture = at_image.get(number)
            if picture is None:
                source = self.images[number] if number >= 0 else None
                picture = Picture(src=source.src if source else None, alt=(source.alt or None) if source else None)
                at_image[number if number >= 0 else -2 - caption] = picture
            text = self.texts[caption]
            if picture.caption is None:
                picture.caption = text
            elif fold(text) not in fold(picture.caption):
                picture.credit = text if picture.credit is None else picture.credit
        return [picture for _, picture in sorted(at_image.items())]

    def _image_of(self, caption: int) -> int:
        """The picture over a caption: in the nearest element around it that holds any, the last one before it."""
        element = self.element[caption]
        for _ in range(5):
            low, high = self.images_before[element], self.images_end[element]
            if high > low:
                found = low
                for number in range(low, high):
                    if self.images[number].block <= caption:
                        found = number
                return int(found)
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
