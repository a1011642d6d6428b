"""Where flattened pages have blank lines: each way says how many stand before each block of a page."""

import random
from collections.abc import Callable

from tests.train.text_renderings import Labelled
from workers.segment.page import Role

STORY = {Role.BODY, Role.HEADLINE, Role.DEK}


def gaps_none(blocks: list[Labelled], _: random.Random) -> list[int]:
    """No blank lines: WET."""
    return [0] * len(blocks)


def gaps_paragraphs(blocks: list[Labelled], _: random.Random) -> list[int]:
    """Blank lines around story text only, as the evaluation's `paragraphs`."""
    result, last = [], None
    for number, (_text, role) in enumerate(blocks):
        blank = number > 0 and (role in STORY or last in STORY) and (role != last or role == Role.BODY)
        result.append(int(blank))
        last = role
    return result


def gaps_all(blocks: list[Labelled], random_: random.Random) -> list[int]:
    """The same number of blank lines between all blocks."""
    return [random_.choice((1, 1, 2))] * len(blocks)


def gaps_long(blocks: list[Labelled], _: random.Random) -> list[int]:
    """Blank lines around long blocks, whatever they are: converters that know only <p>."""
    long = [len(text) > 100 for text, _ in blocks]
    return [int(now or before) for now, before in zip(long, [False, *long], strict=False)]


def gaps_ragged(blocks: list[Labelled], random_: random.Random) -> list[int]:
    """Blank lines around story text mostly, around the rest by chance, more than one at times."""
    story, rest = random_.choice((0.95, 0.8, 1.0)), random_.choice((0.1, 0.3, 0.5))
    return [
        (random_.random() < (story if role in STORY else rest)) * random_.choice((1, 1, 1, 2, 3)) for _, role in blocks
    ]


def gaps_cards(blocks: list[Labelled], random_: random.Random) -> list[int]:
    """Blank lines between paragraphs and between cards, none inside a card: what a careful converter writes."""
    result: list[int] = []
    last = None
    for text, role in blocks:
        inside = (role == Role.TEASER_SUMMARY and last == Role.TEASER_HEADLINE) or (
            last in (Role.TEASER_SUMMARY, Role.TEASER_HEADLINE) and role == Role.CHROME and len(text) < 25
        )
        short_list = role == last == Role.CHROME and len(text) < 40
        result.append(0 if inside or short_list else 1)
        last = role
    return result


GAPS: tuple[Callable[[list[Labelled], random.Random], list[int]], ...] = (
    gaps_none, gaps_none, gaps_paragraphs, gaps_paragraphs, gaps_paragraphs, gaps_all, gaps_long, gaps_ragged,
    gaps_cards,
)  # fmt: skip
"""Chosen from at random: the commoner ones stand there several times."""
