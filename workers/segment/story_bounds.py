"""Where the page's story ends, by its markup: what reads like more of it further down is somebody else's text.

Readers' comments, the next story of an endless page, a consent dialog or a list of customers' voices are prose like the
story's own, and a look at the single block takes them for it. But the story mostly stands in one element that nothing
else stands in. On 1,150 pages with a known body (cross-validated verdicts) the bounds below cut off something on 53,
and each time the body came nearer to the truth.
"""

from bisect import bisect_left
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_roles import places
from workers.segment.html_features_base import Matrix
from workers.segment.html_tags import TAGS
from workers.segment.html_tree import HtmlTree
from workers.segment.inline_promos import SURE
from workers.segment.markup_words import CATEGORIES
from workers.segment.outermost import outermost
from workers.segment.page import Role

_ARTICLE, _MAIN = TAGS.index("article"), TAGS.index("main")
_CALLED_BODY = 1 << CATEGORIES.index("body")
_LEAST_WORDS, _LEAST_SHARE = 50, 0.2
"""What an <article> holds at least of what is taken for body, to be the story's: an endless page's later stories may be
several times as long."""
_HEADINGS = (TAGS.index("h1"), TAGS.index("h2"))
_LEAST_LATER, _SUMMARY = 100, 3
"""Words of a complete story, and how many of its first paragraphs sum it up (rule 7 of the corpora's label guide)."""
_LEAST_WORDS_OF_OTHERS, _LEAST_SHARE_OF_OTHERS = 100, 0.5
"""The same for elements that are less surely one story's: <main>, and what is called "body", "content" or the like."""


def within_bounds(
    tree: HtmlTree, roles: list[Role], probabilities: Matrix, words: NDArray[np.float32]
) -> tuple[list[Role], Matrix]:
    """Roles and probabilities, with body and captions that stand behind the story's end as chrome.

    Of another complete story there, headline and first paragraphs are a promo of it. words: of each block.
    """
    body = places(roles, Role.BODY)
    if not body:
        return roles, probabilities
    end = _end(tree, roles, body, words)
    if end == len(roles):
        return roles, probabilities
    later = body[bisect_left(body, end) :]
    outside = sorted(later + [at for at in places(roles, Role.CAPTION) if at >= end])
    if not outside:
        return roles, probabilities
    roles, probabilities = as_chrome(outside, roles, probabilities)
    for at, role in _later_stories(tree, later, words).items():
        roles[at] = role
        probabilities[at, role], probabilities[at, Role.CHROME] = SURE, 1 - SURE
    return roles, probabilities


def as_chrome(blocks: list[int], roles: list[Role], probabilities: Matrix) -> tuple[list[Role], Matrix]:
    """Copies, in which these blocks are surely chrome: confidence is not to fall for what was set right."""
    roles, probabilities = list(roles), probabilities.copy()
    probabilities[blocks] = 0
    probabilities[blocks, Role.CHROME] = 1
    for at in blocks:
        roles[at] = Role.CHROME
    return roles, probabilities


def _later_stories(tree: HtmlTree, outside: list[int], words: NDArray[np.float32]) -> dict[int, Role]:
    """Of each <article> behind the story that holds one of its own: its headline and the paragraphs that sum it up.

    outside: blocks that read like body.
    """
    found: dict[int, Role] = {}
    for article, several in groupby(outside, lambda at: _article(tree, at)):
        paragraphs = list(several)
        if article and words[paragraphs].sum() >= _LEAST_LATER:
            above = range(int(tree.element_first[article]), paragraphs[0] + 1)
            headings = [at for at in above if tree.element_tag[tree.block_element[at]] in _HEADINGS]
            if headings:
                found[headings[0]] = Role.TEASER_HEADLINE
                below = [at for at in paragraphs if at != headings[0]]
                found |= dict.fromkeys(below[:_SUMMARY], Role.TEASER_SUMMARY)
    return found


def _end(tree: HtmlTree, roles: list[Role], body: list[int], words: NDArray[np.float32]) -> int:
    """One past the last block that may be the story's. body: where blocks of it stand."""
    end = len(roles)
    sums = words.take(body).cumsum()
    total = sums.item(-1)
    article, main, called_body = outermost(tree, body[0], (_ARTICLE, _MAIN), _CALLED_BODY)
    for element, least_words, least_share in (
        (article, _LEAST_WORDS, _LEAST_SHARE),
        (main, _LEAST_WORDS_OF_OTHERS, _LEAST_SHARE_OF_OTHERS),
        (called_body, _LEAST_WORDS_OF_OTHERS, _LEAST_SHARE_OF_OTHERS),
    ):
        if not element:
            continue
        last = tree.element_last.item(element)
        inside = sums.item(bisect_left(body, last) - 1)  # nothing before the element is body
        if inside < max(least_words, least_share * total):
            continue
        # One of several <article>s that make up the story has to hold as large a share as other elements.
        if inside >= _LEAST_SHARE_OF_OTHERS * total or not _is_a_part(tree, roles, body, element):
            end = min(end, last)
    return end


def _is_a_part(tree: HtmlTree, roles: list[Role], body: list[int], article: int) -> bool:
    """Whether the <article> may be one of several that make up the story, under a headline that stands above them."""
    begin, end = tree.element_first.item(article), tree.element_last.item(article)
    if Role.HEADLINE in roles[begin:end]:
        return False
    return any(_article(tree, at) for at in body[bisect_left(body, end) :])


def _article(tree: HtmlTree, block: int) -> int:
    """The outermost <article> around the block; 0, the root, if there is none."""
    return outermost(tree, block, (_ARTICLE, _MAIN), _CALLED_BODY)[0]
