"""One traversal of the parsed page: its blocks, elements and images.

The costs that shaped it, on turbohtml's nodes: an iterator over all descendants is several times cheaper than a tuple
of children at every element, and an element's parent is cheap to ask for, so ends of elements are found by comparing
parents. One attribute costs a third of all of them; what is rare is found by a selector for the whole page.
"""

from collections.abc import Iterator
from typing import Any

import turbohtml

from workers.segment.html_declared import read_declared
from workers.segment.html_tags import BLOCK_CODE, INLINE_BIT, SKIPPED, TAGS
from workers.segment.html_tree import HtmlTree, Image
from workers.segment.markup_words import NO_CLASS, class_hints, forget_classes, hints, known_classes

# Chromium stops nesting at 512 as well; deeper content is kept, as if it stood on the last level.
DEEPEST = 512
# No news page comes near; a hostile one costs bounded time and memory.
MOST_BLOCKS = 60_000
# Pages lay a placeholder under src, often a picture of its own, and the picture's address under one of these.
_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "data-lazy")
# Where the address stands if there is none under these and src holds none either.
_LAST_SOURCES = ("srcset", "data-url")
_HINT_ATTRIBUTES = ("id", "itemprop", "role", "data-testid", "data-component", "data-module", "data-type")
_HINTED = ",".join(f"[{name}]" for name in _HINT_ATTRIBUTES)
_NOT_SHOWN = ",".join(sorted(SKIPPED))
# Read before the walk, and what stands in them is not text.
_READ = "script,title,meta,link,base,amp-img>*"
# Large containers whose text is the whole story: their text is read from the blocks, not once more from the element.
_LONG_ITEMPROPS = ("articleBody", "text", "reviewBody", "description", "mainEntity", "comment", "publisher", "image")
# What the end of an open element means, where it is not the number of a block-level element.
_INLINE, _LINK = -1, -2
_BREAK, _IMAGE = -2, -3
_CODE = BLOCK_CODE | {"br": _BREAK, "img": _IMAGE, "amp-img": _IMAGE}
"""What an element's start means: the code of a block-level element, or one of the two; all others are inline."""

_Text = turbohtml.Text
_Element = turbohtml.Element


# Code, parent, hints, signature, depth, blocks before it, images before it.
_ElementRow = tuple[int, int, int, int, int, int, int]
# Text, element, hints, inline bits, characters in links, first link, all links, image.
_BlockRow = tuple[str, int, int, int, int, str | None, tuple[str, ...], int]


class Walk:
    """State of the traversal. `run` fills `tree`; nothing recurses, so depth costs no stack."""

    def __init__(self, document: turbohtml.Document) -> None:
        self.document = document
        self.tree = HtmlTree()
        self.open = 0
        self.pieces: list[str] = []
        self.inline = 0
        self.inline_hints = 0
        self.link_chars = 0
        self.links: list[str] = []
        self.link: str | None = None
        self.signatures: dict[tuple[int | None, int], int] = {}
        self.kinds: list[int] = []
        self.elements: list[_ElementRow] = []
        self.blocks: list[_BlockRow] = []

    def run(self) -> HtmlTree:
        """Walk the document. The root element 0 stands for the page as a whole."""
        tree, pieces, blocks, images = self.tree, self.pieces, self.blocks, self.tree.images
        last, images_end = tree.element_last, tree.element_images_end
        hinted = set(self.document.select(_HINTED))
        self._open_element(BLOCK_CODE["body"], *NO_CLASS, 0)
        current: turbohtml.Node = self.document
        above: list[turbohtml.Node] = []
        # For each open element what its end means: the block-level element that is open again, or _INLINE or _LINK.
        ends: list[int] = []
        # Their types are told apart below, by identity, which type checkers do not follow.
        nodes: Iterator[Any] = self.document.descendants
        for node in nodes:
            kind = type(node)
            text = None
            if kind is _Text:
                text = node.data
                # Most texts stand between elements and are white space: they change nothing, so that the ends of
                # elements before them can wait for the next node.
                if not pieces and text.isspace():
                    continue
            elif kind is not _Element:
                continue
            parent = node.parent
            while parent is not current:
                current = above.pop()
                end = ends.pop()
                if end >= 0:
                    if pieces or self.inline or self.inline_hints:
                        self._flush()
                    element = self.open
                    last[element] = len(blocks)
                    images_end[element] = len(images)
                    self.open = end
                elif end == _LINK:
                    self.link = None
            if text is not None:
                if pieces or not text.isspace():
                    pieces.append(text)
                    if self.link is not None:
                        self.link_chars += len(text.strip())
                continue
            above.append(current)
            current = node
            tag = node.tag
            code = _CODE.get(tag, _INLINE)
            if code < _INLINE:
                ends.append(_INLINE)
                if code == _IMAGE:
                    self._image(node)
                else:
                    self._flush()
                if len(blocks) > MOST_BLOCKS:
                    tree.truncated = True
                    break
                continue
            named = node.attr("class")
            number, own = (known_classes.get(named) or class_hints(named)) if named else NO_CLASS
            if node in hinted:
                own |= self._named(node)
            if code >= 0:
                if pieces or self.inline or self.inline_hints:
                    self._flush()
                ends.append(self.open)
                self._open_element(code, number, own, len(above))
                if len(blocks) > MOST_BLOCKS:
                    tree.truncated = True
                    break
                continue
            ends.append(self._open_link(node) if tag == "a" else _INLINE)
            if tag == "time":
                moment = node.attr("datetime")
                tree.declared.times.append((moment or "", node.text))
            self.inline |= INLINE_BIT.get(tag, 0)
            self.inline_hints |= own
        self._close_all(ends)
        self._into_columns()
        return tree

    def _open_element(self, code: int, classes: int, own_hints: int, depth: int) -> None:
        tree, kinds, parent = self.tree, self.kinds, self.open
        kind = classes * len(TAGS) + code
        above = kinds[parent] if kinds else None
        signature = self.signatures.setdefault((above, kind), len(self.signatures))
        self.open = len(kinds)
        kinds.append(kind)
        self.elements.append((code, parent, own_hints, signature, depth, len(self.blocks), len(tree.images)))
        tree.element_last.append(-1)
        tree.element_images_end.append(-1)

    def _close_all(self, ends: list[int]) -> None:
        """Close what is still open, the root last."""
        tree = self.tree
        for end in (*reversed(ends), 0):
            if end >= 0:
                self._flush()
                tree.element_last[self.open] = len(self.blocks)
                tree.element_images_end[self.open] = len(tree.images)
                self.open = end
            elif end == _LINK:
                self.link = None

    def _into_columns(self) -> None:
        """Turn rows into columns."""
        tree = self.tree
        (
            tree.element_tag, tree.element_parent, tree.element_hints, tree.element_signature, tree.element_depth,
            tree.element_first, tree.element_images,
        ) = map(list, zip(*self.elements, strict=True))  # fmt: skip
        if max(tree.element_depth) > DEEPEST:
            tree.element_depth = [min(depth, DEEPEST) for depth in tree.element_depth]
        if self.blocks:
            (
                tree.block_text, tree.block_element, tree.block_hints, tree.block_inline, tree.block_link_chars,
                tree.block_href, tree.block_links, tree.block_image,
            ) = map(list, zip(*self.blocks, strict=True))  # fmt: skip

    def _named(self, node: turbohtml.Element) -> int:
        """What the attributes other than class hint at; takes in microdata as well."""
        own_hints = 0
        for name, value in node.attrs.items():
            if value and type(value) is str and name in _HINT_ATTRIBUTES:
                own_hints |= hints(value)
                if name == "itemprop":
                    self._itemprop(value, node)
        return own_hints

    def _open_link(self, node: turbohtml.Element) -> int:
        """Take in the start of a link; what its end means."""
        href = node.attr("href")
        if href is None:
            return _INLINE
        rel = node.attr("rel")
        if rel and "author" in rel.split():
            self.tree.declared.rel_authors.append(" ".join(node.text.split()))
        href = href.strip()
        self.links.append(href)
        if self.link is not None:
            return _INLINE
        self.link = href
        return _LINK

    def _flush(self) -> None:
        """Close the run of inline text as a block, if it holds anything but white space."""
        pieces = self.pieces
        if pieces:
            text = " ".join("".join(pieces).split())
            pieces.clear()
            if text:
                self._block(text, -1)
        self.inline = 0
        self.inline_hints = 0
        self.link_chars = 0
        if self.links:
            self.links = []

    def _block(self, text: str, image: int) -> None:
        links = self.links
        href = self.link or (links[0] if links else None)
        self.blocks.append(
            (text, self.open, self.inline_hints, self.inline, self.link_chars, href, tuple(links), image)
        )

    def _image(self, node: turbohtml.Element) -> None:
        tree = self.tree
        alt = " ".join((node.attr("alt") or "").split())
        source = next((lazy for name in _LAZY_SOURCES if (lazy := node.attr(name))), None) or node.attr("src")
        if not source or source.startswith("data:"):
            source = next((last for name in _LAST_SOURCES if (last := node.attr(name))), None)
        if alt:
            # Text before the picture is a block of its own; what the link around both says stays known.
            self._flush()
        first = source.partition(",")[0].split() if source else []
        tree.images.append(Image(first[0] if first else None, alt, self.open, len(self.blocks), self.link))
        if alt:
            self.link_chars = len(alt) if self.link is not None else 0
            self._block(alt, len(tree.images) - 1)
            self.link_chars = 0

    def _itemprop(self, names: str, node: turbohtml.Element) -> None:
        value = node.attr("content") or node.attr("datetime")
        if value is None:
            value = node.attr("href") if node.tag == "a" and "url" in names else None
        if value is None and not any(long in names for long in _LONG_ITEMPROPS):
            value = " ".join(node.text.split())
        if value is not None:
            self.tree.declared.itemprops.extend((name, value) for name in names.split())


def walk(html: str, *, with_noscript: bool = False) -> HtmlTree:
    """Parse and walk a page. with_noscript: show what stands in <noscript>, as a browser without scripts would."""
    forget_classes()
    document = turbohtml.parse(html, positions=False)
    document.remove(_NOT_SHOWN if with_noscript else f"{_NOT_SHOWN},noscript")
    steps = Walk(document)
    read_declared(document, steps.tree)
    document.remove(_READ)
    return steps.run()
