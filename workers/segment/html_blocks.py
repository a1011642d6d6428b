"""An HTML page's blocks, made of the tree and of what was judged; those that are mostly a link. Compiled."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.html_features_base import Matrix
from workers.segment.html_tags import TAGS
from workers.segment.html_tree import HtmlTree, Image
from workers.segment.page import Block, Role

Whole = NDArray[np.int64]
_BODY = int(Role.BODY)
LINK_COLUMNS = ("link_ratio", "words", "linked", "own_link")
"""The features that `linked_body` looks at."""
_RATIO, _WORDS, _LINKED, _OWN_LINK = range(len(LINK_COLUMNS))


def html_blocks(tree: HtmlTree, roles: list[Role], probabilities: Matrix) -> list[Block]:
    """The tree's blocks with their roles, and how likely these are. probabilities: blocks x roles."""
    return _html_blocks(
        tree.block_text,
        tree.block_href,
        tree.block_links,
        tree.images,
        roles,
        probabilities,
        tree.block_element,
        tree.element_tag,
        tree.block_image,
        TAGS,
    )


def _html_blocks(
    texts: list[str],
    hrefs: list[str | None],
    links: list[tuple[str, ...]],
    images: list[Image],
    roles: list[Role],
    probabilities: Matrix,
    element: Whole,
    tag: Whole,
    image: Whole,
    tags: tuple[str, ...],
) -> list[Block]:
    blocks = []
    for at in range(len(texts)):
        number = roles[at]
        source = images[image[at]].src if image[at] >= 0 else None
        blocks.append(
            Block(
                texts[at],
                tags[tag[element[at]]],
                hrefs[at],
                links[at],
                source,
                roles[at],
                float(probabilities[at, number]),
            )
        )
    return blocks


def linked_body(table: Matrix, rows: Whole, probabilities: Matrix, least_ratio: float, least_words: float) -> list[int]:
    """Blocks that are likeliest body and mostly a link to another page.

    table: features x blocks; rows: where LINK_COLUMNS stand there.
    """
    found = []
    for at in range(probabilities.shape[0]):
        if (
            table[rows[_RATIO], at] > least_ratio
            and table[rows[_WORDS], at] >= least_words
            and table[rows[_LINKED], at] > 0
            and table[rows[_OWN_LINK], at] == 0
        ):
            best = 0
            for role in range(1, probabilities.shape[1]):
                if probabilities[at, role] > probabilities[at, best]:
                    best = role
            if best == _BODY:
                found.append(at)
    return found
