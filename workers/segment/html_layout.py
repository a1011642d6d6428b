"""What an HTML page's markup says about its promos and pictures: cards, links, images, kickers, placement."""

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
_CHROME, _KICKER = Role.CHROME, Role.KICKER
_LIST = (1 << TAG_CODE["ol"]) | (1 << TAG_CODE["ul"])


class HtmlLayout:
    """Implements assemble.Layout for one page.

    Numbers are fetched from the page's arrays one by one, by `item`: a few of many are asked for.
    """

    def __init__(
        self, tree: HtmlTree, features: HtmlFeatures, context: PageContext, blocks: list[Block], standing: Standing
    ) -> None:
        self.tree = tree
        self.said = features.said
        self.context = context
        self.blocks = blocks
        self.path_hints = features.shape.path_hints
        self.path_tags = features.shape.path_tags
        self.has_story = bool(standing[Role.BODY])
        promos = standing[Role.TEASER_HEADLINE]
        asked = promos + standing[Role.SNIPPET]
        self._cards: dict[int, int] = {}
        """The element of each promo's and feed item's card; -1 where no element is its own."""
        if asked:
            story = standing[Role.BODY] + standing[Role.HEADLINE] + standing[Role.BYLINE]
            elements = card_elements(
                asked, promos, story, tree.block_element, tree.element_parent, tree.element_first, tree.element_last
            )
            self._cards = dict(zip(asked, elements, strict=True))

    def card(self, block: int) -> range:
        element = self._cards[block]
        if element < 0:
            return range(block, block + 1)
        return range(self.tree.element_first.item(element), self.tree.element_last.item(element))

    def link(self, card: range, block: int) -> str | None:
        hrefs = self.tree.block_href
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
        return self.tree.images[self.tree.element_images.item(element) : self.tree.element_images_end.item(element)]

    def kicker(self, card: range, block: int) -> str | None:
        for at in range(block - 1, card.start - 1, -1):
            text = self.tree.block_text[at]
            if self.blocks[at].role is not _CHROME or self.tree.block_image.item(at) >= 0:
                continue
            if len(text) <= _LONGEST_KICKER and not self.said.item(at) & _NO_KICKER and not text[:1].isdigit():
                self.blocks[at].role = _KICKER
                return text
        return None

    def placement(self, block: int, span: Span) -> Placement:
        hints = self.path_hints.item(block)
        tags = self.path_tags.item(block)
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
        if self.path_hints.item(block) & _ADVERT and _is_outside(self.tree.block_href[block], self.context):
            return True
        return any(at != block and self.said.item(at) & _SAYS_ADVERT for at in card)

    def leads_home(self, block: int, href: str | None) -> bool:
        split = split_url(href)
        if split is not None and len(split[1]) > 1 and split[1].rstrip("/") in self.context.own_paths:
            return not split[0] or split[0] == self.context.host
        return False

    def pictures(self, span: Span, headline: int, captions: list[int]) -> list[Picture]:
        tree = self.tree
        first = headline if 0 <= headline < span.first else span.first
        before, after, last = first - 3, span.last + 1, len(tree.block_text) - 1
        at_image: dict[int, Picture] = {}
        for number, image in enumerate(tree.images):
            block = image.block
            if not before <= block <= after or not image.src:
                continue
            if not self.path_hints.item(min(block, last)) & _NOT_A_PICTURE:
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
        return [picture for _, picture in sorted(at_image.items())]

    def _image_of(self, caption: int) -> int:
        """The picture over a caption: in the nearest element around it that holds any, the last one before it."""
        tree = self.tree
        element = tree.block_element.item(caption)
        for _ in range(5):
            low, high = tree.element_images.item(element), tree.element_images_end.item(element)
            if high > low:
                return max((image for image in range(low, high) if tree.images[image].block <= caption), default=low)
            if element == 0:
                break
            element = tree.element_parent.item(element)
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
