"""One traversal of the parsed page: its blocks, elements and images. Compiled.

The costs that shaped it, on turbohtml's nodes: an iterator over all descendants is several times cheaper than a tuple
of children at every element, and an element's parent is cheap to ask for, so ends of elements are found by comparing
parents. One attribute costs a third of all of them; what is rare is found by a selector for the whole page.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import turbohtml

from workers.segment.block_sums import numbered
from workers.segment.folding import folded, is_space, stripped
from workers.segment.html_attributes import HINTED, image_source, named
from workers.segment.html_declared import read_declared
from workers.segment.html_tags import BLOCK_CODE, INLINE_BIT, SKIPPED, TAGS
from workers.segment.html_tree import Column, HtmlTree, Image
from workers.segment.markup_words import class_hints, forget_classes

# Chromium stops nesting at 512 as well; deeper content is kept, as if it stood on the last level.
DEEPEST = 512
# No news page comes near; a hostile one costs bounded time and memory.
MOST_BLOCKS = 60_000
_HINTED = ",".join(f"[{name}]" for name in HINTED)
_NOT_SHOWN = ",".join(sorted(SKIPPED))
# Read before the walk, and what stands in them is not text.
_READ = "script,title,meta,link,base,amp-img>*"
# What the end of an open element means, where it is not the number of a block-level element.
_INLINE, _LINK = -1, -2
_CODE_BITS = 6
_CODES = (1 << _CODE_BITS) - 1
_OTHER, _A, _TIME, _BREAK, _IMAGE = _CODES, _CODES - 1, _CODES - 2, _CODES - 3, _CODES - 4
"""What an element's start means where it is not the code of a block-level element; of these the least is _IMAGE."""
_CODE = (
    dict.fromkeys(INLINE_BIT, _OTHER)
    | BLOCK_CODE
    | {"a": _A, "time": _TIME, "br": _BREAK, "img": _IMAGE, "amp-img": _IMAGE}
)
_MEANING = {tag: code | INLINE_BIT.get(tag, 0) << _CODE_BITS for tag, code in _CODE.items()}
"""The code, and above it the bits of an inline element; a tag that is not here is _OTHER."""

_Text = turbohtml.Text
_Element = turbohtml.Element

_TAG, _PARENT, _HINTS, _DEPTH, _FIRST, _LAST, _IMAGES, _IMAGES_END = range(8)
"""Columns of the elements' table."""
_OF, _WORDS, _BITS, _LINK_CHARS, _ALT = range(5)
"""Columns of the blocks' table: element, hints, inline bits, characters in links, image."""
_KINDS = 1 << 31
"""More than there are kinds of elements, classes and tag together: a power of two."""


class Walk:
    """State of the traversal. `run` fills `tree`; nothing recurses, so depth costs no stack."""

    def __init__(self, document: turbohtml.Document) -> None:
        self.document = document
        self.tree = HtmlTree()
        self.declared = self.tree.declared
        self.images = self.tree.images
        self.open = 0
        self.pieces: list[str] = []
        self.inline = 0
        self.inline_hints = 0
        self.link_chars = 0
        self.links: list[str] = []
        self.link: str | None = None
        self.kinds = np.zeros(256, dtype=np.int64)
        self.elements = np.zeros((256, 8), dtype=np.int64)
        self.number = 0
        self.blocks = np.zeros((256, 5), dtype=np.int64)
        self.count = 0
        self.texts: list[str] = []
        self.hrefs: list[str | None] = []
        self.block_links: list[tuple[str, ...]] = []

    def run(self) -> HtmlTree:
        """Walk the document. The root element 0 stands for the page as a whole."""
        pieces = self.pieces
        hinted = self.document.select(_HINTED)
        at_hinted, waiting = 0, len(hinted)
        most = MOST_BLOCKS
        self._open_element(BLOCK_CODE["body"], -1, 0, 0)
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
                if not pieces and is_space(text):
                    continue
            elif kind is not _Element:
                continue
            parent = node.parent
            while parent is not current:
                current = above.pop()
                end = ends.pop()
                if end >= 0:
                    self._close(end)
                elif end == _LINK:
                    self.link = None
            if text is not None:
                if pieces or not is_space(text):
                    pieces.append(text)
                    if self.link is not None:
                        self.link_chars += stripped(text)
                continue
            above.append(current)
            current = node
            # The selector has found them in the order of the page.
            is_hinted = at_hinted < waiting and hinted[at_hinted] is node
            if is_hinted:
                at_hinted += 1
            meaning = _MEANING.get(node.tag, _OTHER)
            code = meaning & _CODES
            if code in (_IMAGE, _BREAK):
                ends.append(_INLINE)
                if code == _IMAGE:
                    self._image(node)
                else:
                    self._flush()
                if self.count > most:
                    self.tree.truncated = True
                    break
                continue
            number, own = -1, 0
            classes = node.attr("class")
            if classes:
                number, own = class_hints(classes)
            if is_hinted:
                own |= named(node, self.declared)
            if code < _IMAGE:
                self._flush()
                ends.append(self.open)
                self._open_element(code, number, own, len(above))
                if self.count > most:
                    self.tree.truncated = True
                    break
                continue
            ends.append(self._open_link(node) if code == _A else _INLINE)
            if code == _TIME:
                self.declared.times.append((node.attr("datetime") or "", node.text))
            self.inline |= meaning >> _CODE_BITS
            self.inline_hints |= own
        for end in (*reversed(ends), 0):
            if end >= 0:
                self._close(end)
            elif end == _LINK:
                self.link = None
        return self._finished()

    def _open_element(self, code: int, classes: int, own_hints: int, depth: int) -> None:
        number = self.number
        if number == len(self.kinds):
            self.kinds = _doubled(np.asarray(self.kinds))
            self.elements = _doubled(np.asarray(self.elements))
        kind = (classes + 1) * len(TAGS) + code
        above = self.kinds[self.open] & (_KINDS - 1) if number else -1
        self.kinds[number] = (above + 1) * _KINDS + kind
        self.elements[number, _TAG] = code
        self.elements[number, _PARENT] = self.open
        self.elements[number, _HINTS] = own_hints
        self.elements[number, _DEPTH] = depth
        self.elements[number, _FIRST] = self.count
        self.elements[number, _LAST] = -1
        self.elements[number, _IMAGES] = len(self.images)
        self.elements[number, _IMAGES_END] = -1
        self.open = number
        self.number = number + 1

    def _close(self, around: int) -> None:
        """Close the open element; `around` is open again."""
        self._flush()
        self.elements[self.open, _LAST] = self.count
        self.elements[self.open, _IMAGES_END] = len(self.images)
        self.open = around

    def _finished(self) -> HtmlTree:
        tree = self.tree
        (
            tree.element_tag, tree.element_parent, tree.element_hints, tree.element_depth, tree.element_first,
            tree.element_last, tree.element_images, tree.element_images_end,
        ) = _columns(np.asarray(self.elements), self.number)  # fmt: skip
        tree.element_signature, _ = numbered(np.asarray(self.kinds)[: self.number])
        np.minimum(tree.element_depth, DEEPEST, out=tree.element_depth)
        (
            tree.block_element, tree.block_hints, tree.block_inline, tree.block_link_chars, tree.block_image,
        ) = _columns(np.asarray(self.blocks), self.count)  # fmt: skip
        tree.block_text, tree.block_href, tree.block_links = self.texts, self.hrefs, self.block_links
        return tree

    def _open_link(self, node: turbohtml.Element) -> int:
        """Take in the start of a link; what its end means."""
        href = node.attr("href")
        if href is None:
            return _INLINE
        rel = node.attr("rel")
        if rel and "author" in rel.split():
            self.declared.rel_authors.append(" ".join(node.text.split()))
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
            text = pieces[0] if len(pieces) == 1 else "".join(pieces)
            pieces.clear()
            text = folded(text)
            if text:
                self._block(text, -1)
        self.inline = 0
        self.inline_hints = 0
        self.link_chars = 0
        if self.links:
            self.links = []

    def _block(self, text: str, image: int) -> None:
        count = self.count
        if count == len(self.blocks):
            self.blocks = _doubled(np.asarray(self.blocks))
        self.blocks[count, _OF] = self.open
        self.blocks[count, _WORDS] = self.inline_hints
        self.blocks[count, _BITS] = self.inline
        self.blocks[count, _LINK_CHARS] = self.link_chars
        self.blocks[count, _ALT] = image
        links = self.links
        self.texts.append(text)
        self.hrefs.append(self.link or (links[0] if links else None))
        self.block_links.append(tuple(links))
        self.count = count + 1

    def _image(self, node: turbohtml.Element) -> None:
        alt = node.attr("alt")
        alt = folded(alt) if alt else ""
        source = image_source(node)
        if alt:
            # Text before the picture is a block of its own; what the link around both says stays known.
            self._flush()
        self.images.append(Image(source, alt, self.open, self.count, self.link))
        if alt:
            self.link_chars = len(alt) if self.link is not None else 0
            self._block(alt, len(self.images) - 1)
            self.link_chars = 0


def _doubled(rows: Column) -> Column:
    """The same rows with as much space behind them."""
    return np.concatenate([rows, np.zeros_like(rows)])


def _columns(rows: Column, number: int) -> Column:
    """The first rows, each column in one piece."""
    return np.ascontiguousarray(rows[:number].T)


def walk(html: str, *, with_noscript: bool = False) -> HtmlTree:
    """Parse and walk a page. with_noscript: show what stands in <noscript>, as a browser without scripts would."""
    forget_classes()
    document = turbohtml.parse(html, positions=False)
    document.remove(_NOT_SHOWN if with_noscript else f"{_NOT_SHOWN},noscript")
    steps = Walk(document)
    read_declared(document, steps.tree)
    document.remove(_READ)
    return steps.run()
