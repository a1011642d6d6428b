"""The role of each block, and where each role stands. Compiled: little is done for each of hundreds of blocks."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.page import Role

Matrix = NDArray[np.float32]
Standing = list[list[int]]
"""For each role, in Role's order, where its blocks stand."""

_BY_NUMBER = list(Role)
_CHROME, _TEASER = int(Role.CHROME), int(Role.TEASER_HEADLINE)
_OF_STORY = [int(role in (Role.BODY, Role.CAPTION, Role.BYLINE, Role.HEADLINE, Role.DEK)) for role in Role]


def likeliest(probabilities: Matrix, with_story: bool, least_teaser: float) -> list[Role]:
    """The likeliest role of each block; a teaser's headline before chrome from `least_teaser` on.

    with_story: whether the page holds one, and blocks may be of it. probabilities: blocks x roles.
    """
    return _likeliest(probabilities, with_story, least_teaser, _OF_STORY, _BY_NUMBER)


def _likeliest(
    probabilities: Matrix, with_story: bool, least_teaser: float, of_story: list[int], by_number: list[Role]
) -> list[Role]:
    roles = []
    for at in range(probabilities.shape[0]):
        best = 0
        most = probabilities[at, 0]
        for role in range(1, probabilities.shape[1]):
            if probabilities[at, role] > most and (with_story or not of_story[role]):
                best, most = role, probabilities[at, role]
        if best == _CHROME and probabilities[at, _TEASER] >= least_teaser:
            best = _TEASER
        roles.append(by_number[best])
    return roles


def places(roles: list[Role], role: Role) -> list[int]:
    """Where blocks of this role stand."""
    return [at for at, other in enumerate(roles) if other is role]


def numbers(roles: list[Role]) -> NDArray[np.uint8]:
    """The roles as an array."""
    return np.frombuffer(bytes(roles), dtype=np.uint8)


def words_in(words: NDArray[np.float32], blocks: list[int]) -> float:
    """The words of these blocks together. words: of each block."""
    held = 0.0
    for at in blocks:
        held += float(words[at])
    return held


def by_role(roles: list[Role]) -> Standing:
    """For each role, where its blocks stand."""
    standing: Standing = [[] for _ in _BY_NUMBER]
    _fill_standing(roles, standing)
    return standing


def _fill_standing(roles: list[Role], standing: Standing) -> None:
    for at in range(len(roles)):
        number = roles[at]
        held = standing[number]
        held.append(at)
