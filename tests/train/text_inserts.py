"""What sites put between, before and around a story's paragraphs, made of other pages' news, and what they drop."""

import random
from dataclasses import dataclass

from tests.train.text_renderings import Labelled
from workers.segment.page import Role


@dataclass(slots=True)
class Stock:
    """News text of other pages in the same language, for what gets inserted."""

    promos: list[tuple[str, str]]
    """(headline, summary)."""
    items: list[str]
    """Bare pieces of news text."""
    names: list[str]
    """Bylines."""


def lose_headlines(blocks: list[Labelled], random_: random.Random, share: float = 1.0) -> list[Labelled]:
    """Drop the headline of teasers that have a summary: the summary is a bare piece of news text then, a snippet."""
    result: list[Labelled] = []
    lost = False
    for number, (text, role) in enumerate(blocks):
        if role == Role.TEASER_HEADLINE:
            following = next((other for _, other in blocks[number + 1 : number + 4] if other != Role.CHROME), None)
            lost = following == Role.TEASER_SUMMARY and random_.random() < share
            if lost:
                continue
        elif role == Role.TEASER_SUMMARY:
            if lost:
                result.append((text, Role.SNIPPET))
                continue
        elif role != Role.CHROME:
            lost = False
        result.append((text, role))
    return result


def cut(text: str, random_: random.Random) -> str:
    """A summary as lists cut it: with a mark or without one, inside a word or between two."""
    text = text.rstrip(".…")
    if len(text) > 90 and random_.random() < 0.7:
        text = text[: random_.randrange(70, len(text))]
        if random_.random() < 0.7 and " " in text:
            text = text.rsplit(" ", 1)[0]
    return text.rstrip(" ,;:") + random_.choice(("…", "...", " …", " ...", "", "", " [...]"))


def interleave(blocks: list[Labelled], random_: random.Random, house: list[str]) -> list[Labelled]:
    """The same line of furniture between the story's paragraphs, all of them or most."""
    chrome = [text for text, role in blocks if role == Role.CHROME and len(text) < 40]
    line = random_.choice(chrome + house + ["Article content", "ADVERTISEMENT", "Story continues below"])
    share = random_.choice((0.3, 0.8, 1.0))
    result: list[Labelled] = []
    last = None
    for text, role in blocks:
        if role == last == Role.BODY and random_.random() < share:
            result += [(line, int(Role.CHROME))] * random_.choice((1, 1, 2))
        result.append((text, role))
        last = role
    return result


def insert_promos(
    blocks: list[Labelled], stock: Stock, random_: random.Random, images: list[str], promo: list[str]
) -> list[Labelled]:
    """Promos between the story's paragraphs, each a headline, mostly a summary, and an image's alt text at times."""
    places = [n for n in range(1, len(blocks)) if blocks[n][1] == blocks[n - 1][1] == Role.BODY]
    random_.shuffle(places)
    chosen = set(places[: random_.choice((1, 2, 2, 3))])
    image = random_.choice((random_.choice(images), None))
    with_summary, led, whole = random_.random() < 0.7, random_.random() < 0.25, random_.random() < 0.3
    result: list[Labelled] = []
    for number, block in enumerate(blocks):
        if number in chosen:
            headline, summary = random_.choice(stock.promos)
            if led:
                lead = random_.choice(promo)
                if random_.random() < 0.5:
                    headline = f"{lead} {headline}"
                else:
                    result.append((lead, Role.CHROME))
            result.append((headline, Role.TEASER_HEADLINE))
            if with_summary:
                result.append((summary if whole else cut(summary, random_), Role.TEASER_SUMMARY))
            if image:
                result.append((image, Role.CHROME))
        result.append(block)
    return result


def insert_feed(
    blocks: list[Labelled], stock: Stock, random_: random.Random, feeds: list[str], more: list[str], house: list[str]
) -> list[Labelled]:
    """A feed of bare items under a heading, before, inside or after the story, or as a page of its own."""
    feed: list[Labelled] = [(random_.choice(feeds), Role.CHROME)] if random_.random() < 0.85 else []
    clock = random_.choice(("none", "none", "none", "12", "24"))
    notes = random_.random() < 0.25
    for item in random_.sample(stock.items, min(len(stock.items), random_.choice((1, 2, 3, 3, 4, 6, 10)))):
        hour, minute = random_.randrange(24), random_.randrange(60)
        if clock == "12":
            feed.append((f"{hour % 12 + 1}:{minute:02} {'AM' if hour < 12 else 'PM'}", Role.CHROME))
        elif clock == "24":
            feed.append((f"{hour:02}:{minute:02}", Role.CHROME))
        feed.append((cut(item, random_) if random_.random() < 0.15 else item, Role.SNIPPET))
        if notes and random_.random() < 0.4:
            feed.append((random_.choice(house), Role.CHROME))
    if random_.random() < 0.6:
        feed.append((random_.choice(more), Role.CHROME))
    story = [n for n, (_, role) in enumerate(blocks) if role == Role.BODY]
    headline = next((n for n, (_, role) in enumerate(blocks) if role == Role.HEADLINE), None)
    kind = random_.random()
    if not story or kind < 0.04:
        return feed
    if kind < 0.35 and headline is not None:
        return blocks[:headline] + feed + blocks[headline:]
    if kind < 0.45 and len(story) > 4:
        middle = random_.choice(story[2:])
        return blocks[:middle] + feed + blocks[middle:]
    return blocks[: story[-1] + 1] + feed + (blocks[story[-1] + 1 :] if random_.random() < 0.6 else [])


def dress_headline(blocks: list[Labelled], random_: random.Random, minutes: list[str], by: list[str]) -> list[Labelled]:
    """What stands around the headline: itself again, a reading time, a byline line that holds everything."""
    at = next((n for n, (_, role) in enumerate(blocks) if role == Role.HEADLINE), None)
    if at is None:
        return blocks
    headline = blocks[at][0]
    reading = random_.choice(minutes).format(random_.randrange(2, 12))
    names = [text for text, role in blocks[at : at + 12] if role == Role.BYLINE]
    after: list[Labelled] = []
    kind = random_.random()
    if kind < 0.4:
        after = [(reading, Role.CHROME), (headline, Role.CHROME)]
    elif kind < 0.6:
        after = [(reading, Role.CHROME)]
    elif names:
        name = names[0].removeprefix("By ").removeprefix("Von ")
        month = random_.choice(("May", "June", "March", "Nov."))
        day = f"{month} {random_.randrange(1, 29)}, 20{random_.randrange(18, 27)}"
        line = f"{random_.choice(by)} {name} {day} {random_.randrange(1, 13)}:{random_.randrange(60):02} PM {reading}"
        blocks = [block for n, block in enumerate(blocks) if not (block[1] == Role.BYLINE and at < n < at + 12)]
        after = [(line, Role.BYLINE)]
    return blocks[: at + 1] + after + blocks[at + 1 :]
