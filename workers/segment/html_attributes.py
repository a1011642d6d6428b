"""What an element's attributes other than its class say: hints, microdata, a picture's address. Compiled."""

import turbohtml

from workers.segment.markup_words import hints
from workers.segment.page import Declared

HINTED = ("id", "itemprop", "role", "data-testid", "data-component", "data-module", "data-type")
_HINTED = frozenset(HINTED)
# Pages lay a placeholder under src, often a picture of its own, and the picture's address under one of these.
_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "data-lazy")
# Where the address stands if there is none under these and src holds none either.
_LAST_SOURCES = ("srcset", "data-url")
# Large containers whose text is the whole story: their text is read from the blocks, not once more from the element.
_LONG_ITEMPROPS = ("articleBody", "text", "reviewBody", "description", "mainEntity", "comment", "publisher", "image")


def named(node: turbohtml.Element, declared: Declared) -> int:
    """What the attributes that are HINTED hint at; takes in microdata as well."""
    own_hints = 0
    for name, value in node.attrs.items():
        if name in _HINTED and value and type(value) is str:
            own_hints |= hints(value)
            if name == "itemprop":
                _itemprop(value, node, declared)
    return own_hints


def _itemprop(names: str, node: turbohtml.Element, declared: Declared) -> None:
    value = node.attr("content") or node.attr("datetime")
    if value is None:
        value = node.attr("href") if node.tag == "a" and "url" in names else None
    if value is None and not any(long in names for long in _LONG_ITEMPROPS):
        value = " ".join(node.text.split())
    if value is not None:
        declared.itemprops.extend((name, value) for name in names.split())


def image_source(node: turbohtml.Element) -> str | None:
    """The address of a picture, of several the first."""
    source = _first(node, _LAZY_SOURCES) or node.attr("src")
    if not source or source.startswith("data:"):
        source = _first(node, _LAST_SOURCES)
    first = source.partition(",")[0].split() if source else []
    return first[0] if first else None


def _first(node: turbohtml.Element, names: tuple[str, ...]) -> str | None:
    """The first of the attributes that says anything."""
    for name in names:
        value = node.attr(name)
        if value:
            return value
    return None
