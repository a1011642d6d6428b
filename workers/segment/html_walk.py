"""One traversal of the parsed page: blocks, elements, images and what the page declares about itself."""

from collections.abc import Iterator, Mapping

import turbohtml

from workers.segment.html_tags import BLOCK_CODE, INLINE_BIT, SKIPPED
from workers.segment.html_tree import HtmlTree, Image
from workers.segment.json_ld import decode_json_ld
from workers.segment.markup_words import hints

# Chromium stops nesting at 512 as well; deeper content is kept, as if it stood on the last level.
DEEPEST = 512
# No news page comes near; a hostile one costs bounded time and memory.
MOST_BLOCKS = 60_000
# Pages lay a placeholder under src and the picture's address under one of these.
_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "data-lazy", "srcset", "data-url")
_HINT_ATTRIBUTES = frozenset(("id", "itemprop", "role", "data-testid", "data-component", "data-module", "data-type"))

Node = turbohtml.Node
Element = turbohtml.Element
Text = turbohtml.Text


class Walk:
    """State of the traversal. `run` fills `tree`; nothing recurses, so depth costs no stack."""

    def __init__(self, *, with_noscript: bool = False) -> None:
        self.tree = HtmlTree()
        self.skipped = SKIPPED if with_noscript else SKIPPED | {"noscript"}
        self.open = 0
        self.pieces: list[str] = []
        self.inline = 0
        self.inline_hints = 0
        self.link_chars = 0
        self.links: list[str] = []
        self.link: str | None = None
        self.link_depth = 0
        self.signatures: dict[tuple[int, int, str], int] = {}
        self.kinds: dict[tuple[int, str], int] = {}
        self.element_kind: list[int] = []
        self.elements: list[tuple[int, int, int, int, int, int, int]] = []

    def run(self, document: turbohtml.Document) -> HtmlTree:
        """Walk the document. The root element 0 stands for the page as a whole."""
        tree, pieces, declaring = self.tree, self.pieces, _DECLARING
        enter, flush, leave = self._enter, self._flush, self._leave
        self._open_element("body", BLOCK_CODE["body"], "", 0, 0)
        children: Iterator[turbohtml.Node] = iter(document.children)
        stack: list[tuple[Iterator[turbohtml.Node], str, bool]] = []
        tag, opened = "", False
        while True:
            for node in children:
                kind = type(node)
                if kind is Text:
                    data = node.data  # type: ignore[attr-defined]
                    pieces.append(data)
                    if self.link is not None:
                        self.link_chars += len(data.strip())
                elif kind is Element:
                    name = node.tag  # type: ignore[attr-defined]
                    if name == "br":
                        flush()
                    elif name in declaring:
                        declaring[name](self, node, node.attrs)  # type: ignore[attr-defined,arg-type]
                    elif name not in self.skipped:
                        stack.append((children, tag, opened))
                        opened = enter(node, name, len(stack))  # type: ignore[arg-type]
                        tag = name
                        children = iter(node.children)
                        break
                    elif name == "head":
                        # Titles and metadata stand in the head; it is walked for them, its text is not shown.
                        stack.append((children, tag, opened))
                        tag, opened = name, False
                        children = iter(node.children)
                        break
            else:
                if not stack:
                    break
                if opened or tag == "a":
                    leave(tag, opened, len(stack))
                children, tag, opened = stack.pop()
            if len(tree.block_text) > MOST_BLOCKS:
                tree.truncated = True
                break
        flush()
        self._close_all()
        return tree

    def _enter(self, node: turbohtml.Element, tag: str, depth: int) -> bool:
        """Take in an element's start; is it block-level?"""
        own_hints = 0
        classes = ""
        attributes = node.attrs
        for name, value in attributes.items():
            if not value:
                continue
            if name == "class":
                classes = " ".join(value) if type(value) is list else str(value)
                own_hints |= hints(classes)
            elif name in _HINT_ATTRIBUTES and type(value) is str:
                own_hints |= hints(value)
                if name == "itemprop":
                    self._itemprop(value, node, attributes)
        if tag == "a":
            self._open_link(attributes, node, depth)
        code = BLOCK_CODE.get(tag)
        if code is not None:
            self._flush()
            self._open_element(tag, code, classes, own_hints, depth)
            return True
        if tag == "time":
            self.tree.declared.times.append((str(attributes.get("datetime") or ""), node.text))
        self.inline |= INLINE_BIT.get(tag, 0)
        self.inline_hints |= own_hints
        return False

    def _leave(self, tag: str, opened: bool, depth: int) -> None:
        """Take in an element's end."""
        if opened:
            self._flush()
            tree, element = self.tree, self.open
            tree.element_last[element] = len(tree.block_text)
            tree.element_images_end[element] = len(tree.images)
            self.open = self.elements[element][1]
        if tag == "a" and self.link is not None and depth == self.link_depth:
            self.link = None

    def _open_element(self, tag: str, code: int, classes: str, own_hints: int, depth: int) -> None:
        tree, elements, parent = self.tree, self.elements, self.open
        above = self.element_kind[parent] if elements else 0
        self.element_kind.append(self.kinds.setdefault((code, classes), len(self.kinds)))
        signature = self.signatures.setdefault((above, code, classes), len(self.signatures))
        self.open = len(elements)
        elements.append(
            (code, parent, own_hints, signature, min(depth, DEEPEST), len(tree.block_text), len(tree.images))
        )
        tree.element_last.append(-1)
        tree.element_images_end.append(-1)

    def _close_all(self) -> None:
        """Close what the page left open, and turn rows into columns."""
        tree = self.tree
        for element, last in enumerate(tree.element_last):
            if last < 0:
                tree.element_last[element] = len(tree.block_text)
                tree.element_images_end[element] = len(tree.images)
        (
            tree.element_tag, tree.element_parent, tree.element_hints, tree.element_signature, tree.element_depth,
            tree.element_first, tree.element_images,
        ) = map(list, zip(*self.elements, strict=True))  # fmt: skip

    def _open_link(self, attributes: Mapping[str, object], node: turbohtml.Element, depth: int) -> None:
        href = attributes.get("href")
        if type(href) is not str:
            return
        rel = attributes.get("rel")
        if rel and "author" in rel:  # type: ignore[operator]
            self.tree.declared.rel_authors.append(" ".join(node.text.split()))
        if self.link is None:
            self.link = href.strip()
            self.link_depth = depth
        self.links.append(href.strip())

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
        self.links = []

    def _block(self, text: str, image: int) -> None:
        tree = self.tree
        tree.block_text.append(text)
        tree.block_element.append(self.open)
        tree.block_hints.append(self.inline_hints)
        tree.block_inline.append(self.inline)
        tree.block_link_chars.append(self.link_chars)
        tree.block_href.append(self.link or (self.links[0] if self.links else None))
        tree.block_links.append(tuple(self.links))
        tree.block_image.append(image)

    def _image(self, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        tree = self.tree
        alt = attributes.get("alt")
        alt = " ".join(alt.split()) if type(alt) is str else ""
        source: object = attributes.get("src")
        if type(source) is not str or not source or source.startswith("data:"):
            source = next((attributes[name] for name in _LAZY_SOURCES if attributes.get(name)), None)
        if alt:
            # Text before the picture is a block of its own; what the link around both says stays known.
            self._flush()
        src = source.split(",")[0].split()[0] if type(source) is str and source.strip() else None
        tree.images.append(Image(src, alt, self.open, len(tree.block_text), self.link))
        if alt:
            self.link_chars = len(alt) if self.link is not None else 0
            self._block(alt, len(tree.images) - 1)
            self.link_chars = 0

    def _itemprop(self, names: str, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        value = attributes.get("content") or attributes.get("datetime")
        if value is None:
            value = attributes.get("href") if node.tag == "a" and "url" in names else None
        if value is None and not any(long in names for long in _LONG_ITEMPROPS):
            value = " ".join(node.text.split())
        if type(value) is str:
            self.tree.declared.itemprops.extend((name, value) for name in names.split())

    def _title(self, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        if self.tree.declared.title is None:
            self.tree.declared.title = " ".join(node.text.split()) or None

    def _meta(self, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        content = attributes.get("content")
        if type(content) is str:
            for key in ("name", "property", "itemprop"):
                name = attributes.get(key)
                if type(name) is str:
                    self.tree.declared.meta.setdefault(name.strip().lower(), []).append(content.strip())

    def _link(self, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        rel, href = attributes.get("rel"), attributes.get("href")
        if rel and type(href) is str:
            names = " ".join(rel).lower() if type(rel) is list else str(rel).lower()
            if names == "canonical":
                if self.tree.declared.canonical is None:
                    self.tree.declared.canonical = href.strip()
            elif names != "stylesheet":
                self.tree.declared.links.append((names, href.strip()))

    def _base(self, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        href = attributes.get("href")
        if type(href) is str and self.tree.declared.base is None:
            self.tree.declared.base = href.strip()

    def _script(self, node: turbohtml.Element, attributes: Mapping[str, object]) -> None:
        kind = attributes.get("type")
        kind = kind.strip().lower() if type(kind) is str else ""
        if kind == "application/ld+json":
            decoded = decode_json_ld(node.text)
            if decoded is not None:
                self.tree.declared.json_ld.append(decoded)
        elif kind == "application/json":
            self.tree.scripts.append(node)


# Large containers whose text is the whole story: their text is read from the blocks, not once more from the element.
_LONG_ITEMPROPS = ("articleBody", "text", "reviewBody", "description", "mainEntity", "comment", "publisher", "image")
_DECLARING = {
    "title": Walk._title,
    "meta": Walk._meta,
    "link": Walk._link,
    "base": Walk._base,
    "script": Walk._script,
    "img": Walk._image,
    "amp-img": Walk._image,
}


def walk(html: str, *, with_noscript: bool = False) -> HtmlTree:
    """Parse and walk a page. with_noscript: show what stands in <noscript>, as a browser without scripts would."""
    document = turbohtml.parse(html, positions=False)
    tree = Walk(with_noscript=with_noscript).run(document)
    root = document.root
    if root is not None:
        lang = root.attrs.get("lang")
        tree.declared.lang = lang if type(lang) is str else None
    return tree
