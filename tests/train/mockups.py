"""Pages made up by hand for training: tests/train/mockups/*.html, in the markup that publishing systems write.

Real section pages, press lists, product lists and bare pages are few in the corpora, and each system marks them up in
its own way. A mock-up is such a page with its texts left open:

    <!-- url: https://example.org/news/ -->     the first line: the page's address
    data-is="t"                                 what an element's text is, by the letters of readings.py, and s for a
                                                teaser's summary; everything else is chrome
    {next}                                      turns to the next story; every round of a <repeat> begins with it
    {headline} {slug} {summary} {paragraph}     its headline, the same for an address, its opening, cut or not
    {own-headline} {own-paragraph}              headline and next paragraph of the story that the page tells itself
    {date} {name} {topic} {number}              drawn by lot
    <repeat n="4-12">…</repeat> <maybe p="0.5">…</maybe>

Stories come from the corpora's pages of the same fold, so that no fold sees another's text.
"""

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import cycle
from pathlib import Path

import numpy as np
import turbohtml
from numpy.typing import NDArray

from tests.train.composed import Offer, offer
from tests.train.corpora import FOLDS, UNSURE, LabelledPage, fold_of, hash_of, normal
from tests.train.readings import LETTERS
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role

FOLDER = Path(__file__).with_name("mockups")
_ROLES = LETTERS | {"s": Role.TEASER_SUMMARY, "-": Role.CHROME}
_URL = re.compile(r"<!--\s*url:\s*(\S+)\s*-->")
_INNERMOST = re.compile(
    r'<(repeat|maybe) (?:n|p)="([\d.]+)(?:-(\d+))?">((?:(?!<(?:repeat|maybe)\b).)*?)</\1>', re.DOTALL
)
_OPEN = re.compile(r"\{([a-z-]+)\}")
_LEAST_CUT, _MOST_CUT = 90, 220
"""Characters of an opening that lists show."""
_PARAGRAPH = 60
"""Characters of what counts as a paragraph."""
_SHORT = 20
"""Characters: a shorter text is no part of a labelled one, though it may stand in it by chance."""
_DATES = (
    "March 4, 2025",
    "04.03.2025",
    "2 days ago",
    "Dec 15, 2024",
    "12 janvier 2026",
    "5h",
    "2025-11-03",
    "Vor 3 Std.",
)
_NAMES = (
    "Ana Weber",
    "Jon Miller",
    "Eva Klein",
    "Tomás Rivera",
    "Mei Tan",
    "Staff reporter",
    "Olu Adeyemi",
    "Redaktion",
)
_TOPICS = (
    "World",
    "Opinion",
    "Technology",
    "Sport",
    "Culture",
    "Wirtschaft",
    "Politique",
    "Salud",
    "Science",
    "Travel",
)


@dataclass(frozen=True, slots=True)
class Mockup:
    """A filled page."""

    name: str
    url: str
    html: str
    roles: dict[str, Role]
    """By text, as corpora.normal gives it."""


def mockups(folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """Names and sources of all mock-ups."""
    for path in sorted(folder.glob("*.html")):
        yield path.stem, path.read_text("utf-8")


def digest() -> str:
    """SHA-256 over all mock-ups: what a model was trained on."""
    total = hashlib.sha256()
    for name, source in mockups():
        total.update(f"{name}\n{source}".encode())
    return total.hexdigest()


def fill(name: str, source: str, stories: list[Offer], seed: int) -> Mockup:
    """Fill the gaps by lot. Raises ValueError for a mock-up without an address or with a gap of an unknown name."""
    address = _URL.match(source)
    if address is None:
        raise ValueError(f"mock-up {name} does not begin with <!-- url: … -->")
    draw = np.random.default_rng(seed)
    html = source[address.end() :]
    while True:
        found = _INNERMOST.search(html)
        if found is None:
            break
        html = html[: found.start()] + _expanded(found, draw) + html[found.end() :]
    filler = _Filler(stories, draw)
    html = _OPEN.sub(lambda gap: escape(filler.text(gap[1])), html)
    return Mockup(name, address[1], html, _roles(html))


def stories(pages: Iterable[tuple[int, LabelledPage]]) -> dict[int, list[Offer]]:
    """What the pages tell, by the fold that each is in."""
    found: dict[int, list[Offer]] = defaultdict(list)
    for fold, page in pages:
        given = offer(page)
        if given is not None:
            lines = [" ".join(line.split()) for line in page.body.split("\n")]
            found[fold].append(Offer(given.headline, [line for line in lines if len(line) >= _PARAGRAPH]))
    return found


def filled(stories: dict[int, list[Offer]], times: int) -> Iterator[tuple[int, Mockup, HtmlTree]]:
    """Every mock-up, filled so many times with stories of its fold: the fold, the page, its blocks."""
    for name, source in mockups():
        fold = fold_of(name, FOLDS)
        for number in range(times):
            page = fill(name, source, stories[fold], hash_of(f"{name}{number}"))
            yield fold, page, walk(page.html)


def _expanded(found: re.Match[str], draw: np.random.Generator) -> str:
    kind, low, high, inner = found.groups()
    if kind == "maybe":
        return inner if draw.random() < float(low) else ""
    return ("{next}" + inner) * int(draw.integers(int(low), int(high or low) + 1))


class _Filler:
    """Draws what the gaps hold; a story is not drawn twice before all were."""

    def __init__(self, stories: list[Offer], draw: np.random.Generator) -> None:
        self.draw = draw
        order: list[int] = draw.permutation(len(stories)).tolist()
        self.own = max((stories[at] for at in order[:12]), key=lambda story: len(story.paragraphs))
        self.own_paragraphs: Iterator[str] = cycle(self.own.paragraphs)
        self.stories = cycle([stories[at] for at in order if stories[at] is not self.own])
        self.current = next(self.stories)

    def text(self, gap: str) -> str:
        """The next text for a gap."""
        match gap:
            case "next":
                self.current = next(self.stories)
                return ""
            case "headline":
                return self.current.headline
            case "slug":
                return re.sub(r"\W+", "-", self.current.headline.lower()).strip("-")[:70]
            case "paragraph":
                return self.current.paragraphs[0]
            case "summary":
                return _cut(self.current.paragraphs[0], int(self.draw.integers(_LEAST_CUT, _MOST_CUT)))
            case "own-headline":
                return self.own.headline
            case "own-paragraph":
                return next(self.own_paragraphs)
            case "number":
                return str(int(self.draw.integers(2, 4_000)))
            case "date" | "name" | "topic":
                words = {"date": _DATES, "name": _NAMES, "topic": _TOPICS}[gap]
                return words[int(self.draw.integers(len(words)))]
            case _:
                raise ValueError(f"a mock-up has no gap {{{gap}}}")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


def _roles(html: str) -> dict[str, Role]:
    document = turbohtml.parse(html, positions=False)
    return {normal(node.text): _ROLES[str(node.attr("data-is"))] for node in document.select("[data-is]")}


def roles_in(mockup: Mockup, tree: HtmlTree) -> NDArray[np.int64]:
    """The role of each block; a text that a line break cuts in two keeps its role, as does one with a kicker fused."""
    result = np.full(len(tree.block_text), Role.CHROME, dtype=np.int64)
    for at, (text, image) in enumerate(zip(tree.block_text, tree.block_image, strict=True)):
        key = normal(text)
        if key in mockup.roles:
            # Of a headline that stands twice, once as a picture's text, the other copy counts.
            result[at] = Role.CHROME if image >= 0 else mockup.roles[key]
        elif image < 0 and len(key) > _SHORT:
            fused = {role for whole, role in mockup.roles.items() if key in whole or (whole in key and whole)}
            if fused:
                result[at] = fused.pop() if len(fused) == 1 else UNSURE
    return result


def main() -> int:
    """`python -m tests.train.mockups NAME...`: show what each block of a filled mock-up is."""
    made_up = [
        Offer(
            f"Headline number {n} of a made-up story", [f"Paragraph {k} of story {n}, made up. " * 4 for k in range(8)]
        )
        for n in range(40)
    ]
    for name, source in mockups():
        if name in sys.argv[1:]:
            page = fill(name, source, made_up, 1)
            tree = walk(page.html)
            sys.stdout.write(f"== {name} {page.url}\n")
            for text, role in zip(tree.block_text, roles_in(page, tree).tolist(), strict=True):
                sys.stdout.write(f"{Role(role).name if role >= 0 else 'UNSURE':16} {text[:100]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
