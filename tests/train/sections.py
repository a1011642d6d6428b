"""Section pages made from story pages: the story taken out, its promos left.

Real section pages are few among the labelled ones; what they have in common with a story page's rails is that every
text promotes something else. Nothing of the page may say that it is an article any more.
"""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_tree import HtmlTree
from workers.segment.page import Declared, Role
from workers.segment.page_context import PageContext

STORY = (Role.BODY, Role.HEADLINE, Role.DEK, Role.BYLINE, Role.CAPTION)


def section_context(context: PageContext) -> PageContext:
    """What a section page of the same site would declare."""
    return PageContext(host=context.host, path_parts=context.path_parts[:1])


def without_blocks(tree: HtmlTree, keep: NDArray[np.bool_]) -> HtmlTree:
    """The same tree with some of its blocks gone; elements and images stay."""
    before = np.concatenate(([0], np.cumsum(keep)))
    kept = np.flatnonzero(keep)

    result = HtmlTree(
        element_tag=tree.element_tag,
        element_parent=tree.element_parent,
        element_hints=tree.element_hints,
        element_signature=tree.element_signature,
        element_depth=tree.element_depth,
        element_first=before[tree.element_first],
        element_last=before[tree.element_last],
        element_images=tree.element_images,
        element_images_end=tree.element_images_end,
        images=tree.images,
        declared=Declared(),
    )
    for name in ("text", "element", "hints", "inline", "link_chars", "href", "links", "image"):
        values = getattr(tree, f"block_{name}")
        setattr(result, f"block_{name}", [values[at] for at in kept] if isinstance(values, list) else values[kept])
    return result
