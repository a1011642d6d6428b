"""Body that stands on its page more than once: copies for a narrow screen, labels that only screen readers read out."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_roles import places
from workers.segment.html_features_base import Matrix
from workers.segment.html_tree import HtmlTree
from workers.segment.markup_words import CATEGORIES
from workers.segment.page import Role
from workers.segment.story_bounds import as_chrome

_LEAST_BLOCKS, _LEAST_WORDS = 2, 50
"""What a second copy has at least: a line alone ("Pros", a chorus, a standing disclaimer) may well stand there twice.
Of 1,150 pages with a known body 13 have such copies; on 9 the body comes nearer to the truth without them, on 4 it
loses up to .02 of its F1."""
_LABEL_TIMES = 5
"""So often a hidden label ("Article content" before each paragraph) is repeated at least: five of those pages come
nearer to the truth without, two lose up to .003."""
_HIDDEN = 1 << CATEGORIES.index("hidden")


def without_repeats(
    tree: HtmlTree, roles: list[Role], probabilities: Matrix, words: NDArray[np.float32]
) -> tuple[list[Role], Matrix]:
    """Roles and probabilities, with second copies and repeated hidden labels as chrome. words: of each block."""
    texts = tree.block_text
    body = places(roles, Role.BODY)
    if len({texts[at] for at in body}) > len(body) - _LEAST_BLOCKS:
        return roles, probabilities
    body = [at for at in body if words[at] > 0]
    repeated = _labels(tree, body)
    kept = [at for at in body if at not in repeated]
    repeated.update(second_copies(texts, kept, words))
    if not repeated:
        return roles, probabilities
    return as_chrome(sorted(repeated), roles, probabilities)


def _labels(tree: HtmlTree, body: list[int]) -> set[int]:
    hidden = [at for at in body if tree.element_hints[tree.block_element[at]] & _HIDDEN]
    times = Counter(tree.block_text[at] for at in hidden)
    return {at for at in hidden if times[tree.block_text[at]] >= _LABEL_TIMES}


def second_copies(texts: list[str], body: list[int], words: NDArray[np.float32]) -> list[int]:
    """Blocks of body, which have words, that repeat an earlier run of it word by word. words: of each block."""
    found: list[int] = []
    first: dict[str, int] = {}
    at = 0
    while at < len(body):
        length = _alike(texts, body, first.setdefault(texts[body[at]], at), at)
        run = body[at : at + length]
        if length >= _LEAST_BLOCKS and words[run].sum() >= _LEAST_WORDS:
            found += run
            at += length
        else:
            at += 1
    return found


def _alike(texts: list[str], body: list[int], one: int, other: int) -> int:
    """How many blocks from `other` on are the same as from `one` on, which comes before it; 0 where it is the same."""
    length = 0
    while other + length < len(body) and one + length < other:
        if texts[body[one + length]] != texts[body[other + length]]:
            break
        length += 1
    return length
