"""Section pages to train on, made of a story's page and other pages' promos."""

import random

from tests.train.text_gaps import STORY
from tests.train.text_inserts import Stock, cut
from tests.train.text_renderings import Labelled
from workers.segment.page import Role

LEAST_CARDS = 12
"""Section pages are made only where the stock has so many promos that they differ."""


def make_section(
    blocks: list[Labelled], stock: Stock, random_: random.Random, images: list[str], more: list[str]
) -> list[Labelled]:
    """A section page: the page's furniture around a list of cards, the story gone."""
    chrome = [n for n, (_, role) in enumerate(blocks) if role in (Role.CHROME, Role.TEASER_HEADLINE)]
    story = [n for n, (_, role) in enumerate(blocks) if role in STORY]
    middle = story[0] if story else len(blocks) // 2
    top = [blocks[n] for n in chrome if n < middle]
    rest = [blocks[n] for n in chrome if n > middle][-random_.choice((10, 30, 80)) :]
    labels = [text for text, role in top if role == Role.CHROME and len(text) < 24] or ["News"]
    alts = [text for text, role in blocks if role == Role.CHROME and 25 < len(text) < 110]
    parts = random_.sample(("kicker", "date", "name", "alt", "more", "place"), random_.choice((0, 1, 1, 2, 2, 3)))
    with_summary = random_.choice((1.0, 1.0, 0.9, 0.6, 0.2))
    paragraphs = random_.choice((1, 1, 1, 2))
    whole = random_.random() < 0.5
    date_after = random_.random() < 0.5
    cards: list[Labelled] = []
    for headline, summary in random_.sample(stock.promos, min(len(stock.promos), random_.choice((6, 10, 15, 25, 40)))):
        if "alt" in parts:
            cards.append((random_.choice(alts) if alts and random_.random() < 0.7 else random_.choice(images), 0))
        if "kicker" in parts:
            cards.append((random_.choice(labels), 0))
        date = [(_date(random_), 0)] if "date" in parts else []
        name = [(random_.choice(stock.names), 0)] if "name" in parts and stock.names else []
        card: list[Labelled] = [(headline, int(Role.TEASER_HEADLINE))]
        lines: list[Labelled] = []
        if random_.random() < with_summary:
            texts = [summary, *random_.sample(stock.items, min(len(stock.items), paragraphs - 1))]
            lines += [(text if whole else cut(text, random_), int(Role.TEASER_SUMMARY)) for text in texts]
        cards += date + card + name + lines if not date_after else card + name + date + lines
        if "more" in parts:
            cards.append((random_.choice(more), 0))
    return top + cards + rest


def _date(random_: random.Random) -> str:
    day, month, year = random_.randrange(1, 29), random_.randrange(1, 13), random_.randrange(2015, 2027)
    names = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
    forms = (
        f"{names[month - 1]} {day}, {year}", f"{day:02}.{month:02}.{year}", f"{month}/{day}/{year}",
        f"{random_.randrange(2, 20)}h ago", f"{day} {names[month - 1]} {year}", f"{year}-{month:02}-{day:02}",
        f"{random_.randrange(24):02}:{random_.randrange(60):02}",
    )  # fmt: skip
    return random_.choice(forms)
