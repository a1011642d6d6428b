"""Renderings of labelled pages as flat text, for training: more kinds than the evaluation's three, with known roles.

A crawl that keeps only text differs from the next in what it drops (alt texts, short lines, everything before the
story), in where it puts blank lines, and in what its site puts between and around the story's paragraphs. A labeller
trained on three renderings would learn those three.
"""

import random

from tests.train.text_gaps import GAPS
from tests.train.text_inserts import Stock, cut, dress_headline, insert_feed, insert_promos, interleave, lose_headlines
from tests.train.text_renderings import Labelled, Rendering, rendering
from tests.train.text_sections import LEAST_CARDS, make_section
from workers.segment.page import Role

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


def vary(blocks: list[Labelled], language: str, stock: Stock, random_: random.Random) -> Rendering:
    """One random rendering of a page."""
    chance = random_.random
    feeds, images, more, minutes, by, promo, house = (part.split("|") for part in _STRINGS[language])
    made = len(stock.promos) >= LEAST_CARDS and chance() < 0.2
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
        blocks = insert_promos(blocks, stock, random_, images, promo)
    if stock.items and chance() < 0.45:
        blocks = insert_feed(blocks, stock, random_, feeds, more, house)
    if chance() < 0.08:
        blocks = interleave(blocks, random_, house)
    if chance() < 0.3:
        blocks = dress_headline(blocks, random_, minutes, by)
    gaps = random_.choice(GAPS)(blocks, random_)
    if chance() < 0.1:
        mark = random_.choice(("* ", "• ", "- ", "· "))
        blocks = [(mark + t, r) if r in (Role.CHROME, Role.TEASER_HEADLINE) else (t, r) for t, r in blocks]
    wrap = random_.choice((60, 72, 76, 80, 100)) if chance() < 0.08 else 0
    return rendering(blocks, gaps, wrap=wrap, crlf=chance() < 0.1)
