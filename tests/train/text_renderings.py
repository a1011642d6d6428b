"""Renderings of labelled pages as flat text, for training: more kinds than the evaluation's three, with known roles.

A crawl that keeps only text differs from the next in what it drops (alt texts, short lines, everything before the
story), in where it puts blank lines, and in what its site puts between and around the story's paragraphs. A labeller
trained on three renderings would learn those three.
"""

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.segment.page import Role
from workers.segment.text_blocks import Lines, read_lines

Labelled = tuple[str, int]
"""A block's text and its role (or UNKNOWN, UNSURE)."""

_STORY = {Role.BODY, Role.HEADLINE, Role.DEK}
_STRINGS = {
    "en": ("News Feed|Latest news|Live updates|News in brief", "Article image|Image|Post image",
           "Show More|Load more", "{} min read", "By|Written by", "Read more:|Read also:",
           "Edit post|Want to partner with us?|Watch us on air"),
    "de": ("Newsticker|Aktuelle Meldungen|Kurzmeldungen|Ticker", "Artikelbild|Bild", "Mehr anzeigen|Weitere Meldungen",
           "{} Min. Lesezeit", "Von|Text:", "Lesen Sie auch:|Mehr dazu:", "Artikel bearbeiten|Anzeige"),
    "fr": ("Fil info|Dernières actualités|En bref", "Image de l'article|Photo", "Voir plus|Afficher plus",
           "{} min de lecture", "Par", "Lire aussi :|À lire aussi :", "Publicité"),
    "es": ("Últimas noticias|Última hora|Breves", "Imagen del artículo|Foto", "Ver más|Cargar más", "{} min de lectura",
           "Por", "Lee también:|Te puede interesar:", "Publicidad"),
    "no": ("Siste nytt|Akkurat nå|Kort fortalt", "Bilde|Artikkelbilde", "Vis mer|Vis flere", "{} min lesetid", "Av",
           "Les også:", "Annonse"),
    "pl": ("Najnowsze|Z ostatniej chwili|W skrócie", "Zdjęcie|Zdjęcie artykułu", "Pokaż więcej", "{} min czytania",
           "Autor:", "Czytaj także:", "Reklama"),
    "uk": ("Стрічка новин|Останні новини|Коротко", "Зображення статті|Фото", "Показати більше", "{} хв читання",
           "Автор:", "Читайте також:", "Реклама"),
    "ja": ("新着ニュース|速報", "記事の画像|写真", "もっと見る", "{}分で読めます", "文", "あわせて読みたい", "広告"),
    "ko": ("최신뉴스|속보", "기사 이미지|사진", "더보기", "읽는 시간 {}분", "기자", "관련기사", "광고"),
}  # fmt: skip
"""By language: feed headings, alt texts, more-buttons, reading time, byline words, promo words, house notes."""
_LANGUAGES = {
    "at": "de", "ch": "de", "de": "de", "lu": "de", "es": "es", "mx": "es", "py": "es", "fr": "fr", "no": "no",
    "se": "no", "pl": "pl", "ua": "uk", "jp": "ja", "kr": "ko",
}  # fmt: skip


def language_of(page_id: str) -> str:
    """The language of the strings that go with a page, by the country that its id starts with; English else."""
    return _LANGUAGES.get(page_id.split("__")[0], "en")


@dataclass(slots=True)
class Rendering:
    """Flat text as the reader reads it, with the role of each block."""

    lines: Lines
    roles: NDArray[np.int64]


def rendering(blocks: list[Labelled], gaps: list[int], *, wrap: int = 0, crlf: bool = False) -> Rendering:
    """Write blocks with so many blank lines before each, read them back, and carry the roles over.

    Letters and digits come back in the same order, whatever was joined, cut or taken off; a block's role is that of
    most of its characters.
    """
    parts = []
    for (text, _), gap in zip(blocks, gaps, strict=True):
        folded = " ".join(text.split())
        if wrap and len(folded) > wrap:
            folded = "\n".join(textwrap.wrap(folded, wrap, break_long_words=False, break_on_hyphens=False))
        parts.append("\n" * gap + folded)
    whole = "\n".join(parts) + "\n"
    lines = read_lines(whole.replace("\n", "\r\n") if crlf else whole)
    role = np.repeat(
        np.array([role for _, role in blocks], dtype=np.int64), [sum(map(str.isalnum, text)) for text, _ in blocks]
    )
    sizes = [sum(map(str.isalnum, text)) for text in lines.texts]
    roles = np.empty(len(sizes), dtype=np.int64)
    start = 0
    for row, size in enumerate(sizes):
        values, counts = np.unique(role[start : start + size], return_counts=True)
        roles[row] = values[np.argmax(counts)] if len(values) else Role.CHROME
        start += size
    return Rendering(lines, roles)


def gaps_none(blocks: list[Labelled], _: random.Random) -> list[int]:
    """No blank lines: WET."""
    return [0] * len(blocks)


def gaps_paragraphs(blocks: list[Labelled], _: random.Random) -> list[int]:
    """Blank lines around story text only, as the evaluation's `paragraphs`."""
    result, last = [], None
    for number, (_text, role) in enumerate(blocks):
        blank = number > 0 and (role in _STORY or last in _STORY) and (role != last or role == Role.BODY)
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
        (random_.random() < (story if role in _STORY else rest)) * random_.choice((1, 1, 1, 2, 3)) for _, role in blocks
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


_LEAST_CARDS = 12
"""Section pages are made only where the stock has so many promos that they differ."""


_GAPS: tuple[Callable[[list[Labelled], random.Random], list[int]], ...] = (
    gaps_none, gaps_none, gaps_paragraphs, gaps_paragraphs, gaps_paragraphs, gaps_all, gaps_long, gaps_ragged,
    gaps_cards,
)  # fmt: skip


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


@dataclass(slots=True)
class Stock:
    """News text of other pages in the same language, for what gets inserted."""

    promos: list[tuple[str, str]]
    """(headline, summary)."""
    items: list[str]
    """Bare pieces of news text."""
    names: list[str]
    """Bylines."""


def vary(blocks: list[Labelled], language: str, stock: Stock, random_: random.Random) -> Rendering:
    """One random rendering of a page."""
    chance = random_.random
    feeds, images, more, minutes, by, promo, house = (part.split("|") for part in _STRINGS[language])
    made = len(stock.promos) >= _LEAST_CARDS and chance() < 0.2
    if made:
        blocks = make_section(blocks, stock, random_, images, more)
    if chance() < 0.25:
        dropped = random_.choice((0.3, 0.7, 1.0))
        blocks = [(t, r) for t, r in blocks if r != Role.CHROME or len(t) > 25 or chance() > dropped]
    story = [number for number, (_, role) in enumerate(blocks) if role == Role.BODY]
    if story and chance() < 0.2:
        top = next((n for n, (_, role) in enumerate(blocks) if role == Role.HEADLINE), story[0])
        blocks = blocks[max(0, min(top, story[0]) - random_.choice((0, 1, 2, 8))) :]
    if story and chance() < 0.15:
        last = max(n for n, (_, role) in enumerate(blocks) if role == Role.BODY)
        blocks = blocks[: last + 1 + random_.choice((0, 2, 10, 30))]
    if chance() < 0.4:
        blocks = lose_headlines(blocks, random_, random_.choice((0.5, 1.0, 1.0)))
    if chance() < 0.35:
        blocks = [(cut(t, random_), r) if r in (Role.TEASER_SUMMARY, Role.SNIPPET) else (t, r) for t, r in blocks]
    if not made and stock.promos and chance() < 0.45:
        blocks = _insert_promos(blocks, stock, random_, images, promo)
    if stock.items and chance() < 0.45:
        blocks = _insert_feed(blocks, stock, random_, feeds, more, house)
    if chance() < 0.08:
        blocks = _interleave(blocks, random_, house)
    if chance() < 0.3:
        blocks = _dress_headline(blocks, random_, minutes, by)
    gaps = random_.choice(_GAPS)(blocks, random_)
    if chance() < 0.1:
        mark = random_.choice(("* ", "• ", "- ", "· "))
        blocks = [(mark + t, r) if r in (Role.CHROME, Role.TEASER_HEADLINE) else (t, r) for t, r in blocks]
    wrap = random_.choice((60, 72, 76, 80, 100)) if chance() < 0.08 else 0
    return rendering(blocks, gaps, wrap=wrap, crlf=chance() < 0.1)


def _interleave(blocks: list[Labelled], random_: random.Random, house: list[str]) -> list[Labelled]:
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


def make_section(
    blocks: list[Labelled], stock: Stock, random_: random.Random, images: list[str], more: list[str]
) -> list[Labelled]:
    """A section page: the page's furniture around a list of cards, the story gone."""
    chrome = [n for n, (_, role) in enumerate(blocks) if role in (Role.CHROME, Role.TEASER_HEADLINE)]
    story = [n for n, (_, role) in enumerate(blocks) if role in _STORY]
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


def _insert_promos(
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


def _insert_feed(
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


def _dress_headline(
    blocks: list[Labelled], random_: random.Random, minutes: list[str], by: list[str]
) -> list[Labelled]:
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
