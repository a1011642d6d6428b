"""Pages composed for training: a labelled page's own frame, with lists of other pages' stories put into it.

Real section pages are few among the labelled ones (20), and each looks different: linked headlines or bare ones with a
"read more" below, one summary or three paragraphs, dates and labels anywhere. Here the story is taken out of a page and
a list put in its place, its markup drawn by lot; headlines and summaries come from pages of the same fold, so that no
fold sees another's text. Lists of products, jobs and events, which look alike and promote no story, stand beside them.
"""

import re
from dataclasses import dataclass
from html import escape

import numpy as np
import turbohtml
from numpy.typing import NDArray

from tests.train.corpora import UNSURE, LabelledPage, normal
from tests.train.sections import STORY
from tests.train.wares import wares
from workers.segment.html_tree import HtmlTree
from workers.segment.page import Role

_NAMES = (
    "News", "Latest news", "Blog", "Articles", "Stories", "In the news", "Archive", "All posts", "Episodes", "Press",
    "Insights", "Magazine", "Opinion", "Updates", "Aktuelles", "Nachrichten", "Actualités", "Noticias", "Notizie",
)  # fmt: skip
_PATHS = ("news", "blog", "articles", "stories", "category/world", "archive", "about/news", "shows/weekly", "press", "")
_MORE = (
    "Read more", "Read More »", "More", "Continue reading", "Read the story", "Weiterlesen", "Mehr", "Lire la suite",
    "Leer más", "Leggi tutto", "Listen now", "Learn more", "View post",
)  # fmt: skip
_DATES = ("March 4, 2025", "04.03.2025", "2 days ago", "Dec 15, 2024", "12 January 2026", "5 h", "46m - Nov 3, 2025")
_BYLINES = ("By Ana Weber", "Jon Miller", "by Staff", "Von Eva Klein", "Editorial team")
_LABELS = ("World", "Opinion", "Podcast", "Technology", "Sport", "Video", "Community", "Wirtschaft")
_CLASSES = (
    "post", "entry", "item", "card", "list-item", "news-item", "teaser", "episode", "story", "row", "col-md-4", "media",
    "c-a81f", "css-1x9fz", "elementor-post", "article-preview", "views-row", "node", "tile", "",
)  # fmt: skip
_PARTS = ("title", "headline", "entry-title", "heading", "name", "", "c-b2", "card-title", "link")
_TEXTS = ("excerpt", "summary", "entry-content", "text", "description", "body", "", "c-t4", "teaser-text")
_SHAPES = (
    ("div", "div"), ("ul", "li"), ("section", "article"), ("div", "article"), ("ol", "li"), ("main", "section"),
    ("div", ""),
)  # fmt: skip
"""Tags of the list and of each entry; no entry tag: everything side by side in the list."""
_HEADINGS = ("h2", "h3", "h3", "h4", "div", "p", "strong", "span")
_FEWEST, _MOST = 4, 24
_SHOWN = 400
"""Characters of a paragraph that a list shows at most."""
_ARTICLE_META = "script[type='application/ld+json'], meta[property], meta[name], link[rel=canonical], link[rel=amphtml]"
_LEAVES = "p, h1, h2, h3, h4, h5, li, blockquote, figcaption, div, span, td, a, time"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one page gives to others: its headline and its first paragraphs."""

    headline: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Composed:
    """A page made by `section` or `story`."""

    html: str
    path: str
    """Of its address, without the leading slash."""
    roles: dict[str, Role]
    """By text, case-folded; a text that stands for itself in the frame is not in here."""
    taken: frozenset[str]
    """Texts of the story that was taken out, case-folded."""


def offer(page: LabelledPage) -> Offer | None:
    """What the page gives to a list; None if it has no headline or no body."""
    headline = page.gold.get("headline") or page.gold.get("title")
    paragraphs = [line.strip() for line in page.body.split("\n") if len(line) >= 60]
    if not isinstance(headline, str) or not 15 <= len(headline) <= 200 or not paragraphs:
        return None
    return Offer(" ".join(headline.split()), [" ".join(text.split()) for text in paragraphs[:3]])


def section(html: str, texts: list[str], roles: NDArray[np.int64], offers: list[Offer], seed: int) -> Composed | None:
    """A section page in the frame of a story page; None where the story cannot be taken out.

    texts, roles: the page's blocks.
    """
    draw = np.random.default_rng(seed)
    taken = _texts(texts, roles, STORY)
    document = turbohtml.parse(html, positions=False)
    leaves = [node for node in document.select(_LEAVES) if normal(node.text) in taken]
    anchor = _anchor(leaves)
    if anchor is None:
        return None
    made: dict[str, Role] = {}
    name = _NAMES[draw.integers(len(_NAMES))]
    lists = [f"<h1>{name}</h1>" if draw.random() < _WITH_NAME else ""]
    if draw.random() < _WITH_INTRODUCTION:
        said = offers[draw.integers(len(offers))].paragraphs[0][:_SHOWN]
        made[normal(said)] = Role.CHROME
        lists.append(f"<p>{escape(said)}</p>")
    promos = draw.random() > _ONLY_WARES
    if promos:
        lists.append(_cards(draw, offers, _MOST, made))
    if draw.random() < (_WITH_WARES if promos else 1):
        lists.append(_wares(draw, made))
    _name_chrome(made, name)
    anchor.insert_adjacent_html("beforebegin", "".join(lists))
    for leaf in leaves:
        leaf.decompose()
    for node in document.select(_ARTICLE_META):
        node.decompose()
    title = document.select_one("title")
    if title is not None:
        title.set_text(f"{name} - Weekly")
    path = _PATHS[draw.integers(len(_PATHS))]
    return Composed(document.serialize(), path, made, taken)


def story(html: str, texts: list[str], roles: NDArray[np.int64], offers: list[Offer], seed: int) -> Composed | None:
    """The page as it is with a few promos and a list of wares more, before, in or after its story."""
    draw = np.random.default_rng(seed)
    document = turbohtml.parse(html, positions=False)
    body = _texts(texts, roles, (Role.BODY,))
    anchor = _anchor([node for node in document.select(_LEAVES) if normal(node.text) in body])
    if anchor is None:
        return None
    made: dict[str, Role] = {}
    holder = anchor.parent if isinstance(anchor.parent, turbohtml.Element) else None
    for piece in (_cards(draw, offers, _MOST_IN_A_RAIL, made), _wares(draw, made)):
        place = draw.random()
        if place < _IN_STORY:
            anchor.insert_adjacent_html("beforebegin", piece)
        elif place < _AROUND and holder is not None and holder.tag not in ("body", "html"):
            holder.insert_adjacent_html("afterend" if place < _BEHIND else "beforebegin", piece)
        elif holder is not None:
            holder.insert_adjacent_html("beforeend", piece)
    _name_chrome(made, "")
    return Composed(document.serialize(), "", made, frozenset())


_WITH_NAME, _WITH_INTRODUCTION, _ONLY_WARES, _WITH_WARES = 0.8, 0.3, 0.12, 0.25
"""Shares of section pages that show their name, an introduction, nothing but wares, wares as well."""
_IN_STORY, _BEHIND, _AROUND = 0.15, 0.55, 0.75
"""Where a list comes to stand beside a story: between its paragraphs, behind it, before it, at its end."""
_MOST_IN_A_RAIL = 8


def _texts(texts: list[str], roles: NDArray[np.int64], of: tuple[Role, ...]) -> frozenset[str]:
    return frozenset(
        normal(text) for text, role in zip(texts, roles.tolist(), strict=True) if role in of and len(text) > 1
    )


def _anchor(leaves: list[turbohtml.Element]) -> turbohtml.Element | None:
    """The last of the leaves that share a parent with most others; None if there are hardly any."""
    holders: dict[int, tuple[int, turbohtml.Element]] = {}
    for leaf in leaves:
        if leaf.parent is not None:
            count, _ = holders.get(id(leaf.parent), (0, leaf))
            holders[id(leaf.parent)] = (count + 1, leaf)
    return max(holders.values(), key=lambda held: held[0])[1] if len(leaves) >= 3 and holders else None


def _name_chrome(made: dict[str, Role], name: str) -> None:
    for text in (name, *_MORE, *_LABELS):
        made.setdefault(normal(text), Role.CHROME)


def _wares(draw: np.random.Generator, made: dict[str, Role]) -> str:
    holder, entry = _SHAPES[draw.integers(len(_SHAPES))]
    heading = _HEADINGS[draw.integers(len(_HEADINGS))]
    html, lines = wares(draw, (holder, entry, _CLASSES[draw.integers(len(_CLASSES))], heading))
    for line in lines:
        made.setdefault(normal(line), Role.CHROME)
    return html


LEFT_OVER = -3
"""What is left of the story that was taken out: no such block is to stay."""


def roles_in(composed: Composed, tree: HtmlTree, frame: dict[str, int]) -> NDArray[np.int64]:
    """The role of each block of the composed page. frame: roles of the original page's texts, normalised."""
    result = np.full(len(tree.block_text), UNSURE, dtype=np.int64)
    for at, (text, image) in enumerate(zip(tree.block_text, tree.block_image, strict=True)):
        key = normal(text)
        role = composed.roles.get(key)
        if role is not None:
            # Of a headline that stands twice, once as a picture's text, the other copy counts.
            result[at] = Role.CHROME if image >= 0 else role
        elif key in composed.taken:
            result[at] = LEFT_OVER
        else:
            result[at] = frame.get(key, UNSURE)
    if composed.taken:
        result[np.isin(result, [int(role) for role in STORY])] = LEFT_OVER
    return result


def _cards(draw: np.random.Generator, offers: list[Offer], most: int, roles: dict[str, Role]) -> str:
    """A list of cards in one markup; the roles of its texts go into `roles`."""

    def one_of(values: tuple[str, ...]) -> str:
        return values[draw.integers(len(values))]

    def chance(share: float) -> bool:
        return bool(draw.random() < share)

    holder, entry = _SHAPES[draw.integers(len(_SHAPES))]
    entry_class, part_class, text_class = one_of(_CLASSES), one_of(_PARTS), one_of(_TEXTS)
    heading, numbered = one_of(_HEADINGS), chance(0.2)
    linked = draw.choice(["headline", "card", "more", "none"], p=[0.6, 0.12, 0.22, 0.06])
    paragraphs = int(draw.choice([0, 1, 1, 1, 2, 3]))
    cut, in_p = chance(0.35), chance(0.7)
    before, after = chance(0.4), chance(0.3)
    dated, signed, pictured, wrapped = chance(0.5), chance(0.3), chance(0.5), chance(0.4)
    more = one_of(_MORE) if linked == "more" or chance(0.35) else ""
    made = []
    chosen = draw.permutation(len(offers))[: int(draw.integers(_FEWEST, most + 1))]
    for number, which in enumerate(chosen.tolist()):
        given = offers[which]
        slug = re.sub(r"[^a-z0-9]+", "-", given.headline.lower())[:60].strip("-")
        href = f"/{'story' if chance(0.5) else '2025/03'}/{slug}"
        roles[normal(given.headline)] = Role.TEASER_HEADLINE
        headline = escape(given.headline)
        if linked == "headline":
            headline = f'<a href="{href}">{headline}</a>'
        pieces = [f'<img src="/{number}.jpg" alt="{escape(given.headline) if number % 2 else ""}">'] if pictured else []
        if before:
            pieces.append(f'<span class="label">{one_of(_LABELS)}</span><br>')
        pieces.append(f'<{heading} class="{part_class}">{headline}</{heading}>')
        if dated or signed:
            line = " ".join(([one_of(_DATES)] if dated else []) + ([one_of(_BYLINES)] if signed else []))
            roles.setdefault(normal(line), Role.CHROME)
            stamp = f'<div class="meta">{line}</div>'
        else:
            stamp = ""
        shown = ""
        for text in given.paragraphs[:paragraphs]:
            said = text[:_SHOWN]
            if cut and len(said) > 160:
                said = said[: int(draw.integers(120, 160))].rsplit(" ", 1)[0] + "…"
            roles[normal(said)] = Role.TEASER_SUMMARY
            shown += f"<p>{escape(said)}</p>" if in_p else f'<div class="{text_class}">{escape(said)}</div>'
        pieces += [shown, stamp] if after else [stamp, shown]
        if more:
            pieces.append(f'<a class="more" href="{href}">{more}</a>')
        inner = "".join(pieces)
        if wrapped:
            inner = f'<div class="{text_class}">{inner}</div>'
        if linked == "card":
            inner = f'<a href="{href}">{inner}</a>'
        classes = f"{entry_class} post-{1000 + number}" if numbered else entry_class
        made.append(f'<{entry} class="{classes}">{inner}</{entry}>' if entry else inner)
    return f'<{holder} class="{one_of(_CLASSES)}-list">{"".join(made)}</{holder}>'
