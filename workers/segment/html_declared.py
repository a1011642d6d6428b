"""What a page declares about itself outside its visible text: title, metadata, links to its kin, JSON-LD."""

import turbohtml

from workers.segment.html_tree import HtmlTree
from workers.segment.json_ld import decode_json_ld
from workers.segment.page import Declared

_DECLARING = "title,meta[content],link[rel][href],base,script[type]"


def read_declared(document: turbohtml.Document, tree: HtmlTree) -> None:
    """Fill tree.declared and tree.scripts. What stands in elements that are not shown is to be gone already."""
    declared = tree.declared
    root = document.root
    declared.lang = root.attr("lang") if root is not None else None
    for node in document.select(_DECLARING):
        tag = node.tag
        if tag == "meta":
            _meta(node, declared)
        elif tag == "script":
            _script(node, tree)
        elif tag == "link":
            _link(node, declared)
        elif tag == "title":
            if declared.title is None:
                declared.title = " ".join(node.text.split()) or None
        elif declared.base is None:
            href = node.attr("href")
            declared.base = href.strip() if href is not None else None


def _meta(node: turbohtml.Element, declared: Declared) -> None:
    content = node.attr("content")
    if content is not None:
        for key in ("name", "property", "itemprop"):
            name = node.attr(key)
            if name is not None:
                declared.meta.setdefault(name.strip().lower(), []).append(content.strip())


def _link(node: turbohtml.Element, declared: Declared) -> None:
    rel, href = node.attr("rel"), node.attr("href")
    if rel and href is not None:
        names = " ".join(rel.split()).lower()
        if names == "canonical":
            if declared.canonical is None:
                declared.canonical = href.strip()
        elif names and names != "stylesheet":
            declared.links.append((names, href.strip()))


def _script(node: turbohtml.Element, tree: HtmlTree) -> None:
    kind = node.attr("type")
    if kind is None:
        return
    kind = kind.strip().lower()
    if kind == "application/ld+json":
        decoded = decode_json_ld(node.text)
        if decoded is not None:
            tree.declared.json_ld.append(decoded)
    elif kind == "application/json":
        tree.scripts.append(node)
