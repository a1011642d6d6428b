"""Flattened pages to train on: renderings of the labelled pages and of those whose roles the HTML labeller taught."""

import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.train.corpora import ROLE_NAMES, UNKNOWN, UNSURE, normal
from tests.train.text_gaps import gaps_none, gaps_paragraphs
from tests.train.text_inserts import Stock
from tests.train.text_renderings import Labelled, Rendering, rendering
from tests.train.text_variations import language_of, vary
from workers.segment.page import Role
from workers.segment.text_features import TextFeatures
from workers.segment.text_lexicon import ALT
from workers.segment.text_tokens import Floats

_VARIED = {"gold": 4, "mock-up": 0}
"""Random renderings a page by corpus, beside the evaluation's three of labelled pages; one for all others."""
_SEED = 20261124


@dataclass(slots=True)
class Taught:
    """A page of a corpus whose blocks have roles: by hand, or body by hand and the rest by the HTML labeller."""

    corpus: str
    id: str
    publisher: str
    fold: int
    texts: list[str]
    roles: NDArray[np.int64]
    body: str
    gold: dict[str, Any]
    labelled: bool
    """Whether hands labelled every block."""
    alts: frozenset[str]
    """Alt texts, normalised, that stand nowhere on the page as visible text."""


@dataclass(slots=True)
class Example:
    """One rendering of a page."""

    page: Taught
    how: str
    """lines, paragraphs, lossy or varied."""
    features: TextFeatures
    texts: list[str]
    roles: NDArray[np.int64]
    own: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    """Columns x blocks of the first pass."""
    first: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    """Roles x blocks, by a model that did not see the publisher."""
    story: float = 1.0
    """Probability that the page holds a story, likewise."""
    second: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    """Blocks x roles, likewise."""

    @property
    def manual(self) -> bool:
        """Whether hands labelled the page."""
        return self.page.labelled

    @property
    def has_story(self) -> bool:
        """Whether a story is on the page, by its labels."""
        return bool((self.roles == Role.BODY).any())


def examples(pages: Iterable[Taught], corpora: Path) -> list[Example]:
    """All renderings of all pages; the same ones in every run."""
    pages = list(pages)
    flat = flattener(corpora)
    stocks = _stocks(pages)
    result = []
    for page in pages:
        random_ = random.Random(f"{_SEED} {page.corpus} {page.id}")  # noqa: S311 (variety, not secrecy)
        language = language_of(page.id)
        made: list[tuple[str, Rendering]] = []
        if page.labelled:
            blocks = [(text, int(ROLE_NAMES[role])) for text, role in page.gold["blocks"] if text.strip()]
            lost = lossy(page.gold, flat)
            blocks, lost = _repeats_settled(blocks), _repeats_settled(lost, lost=_lost(page.gold))
            made = [
                ("lines", rendering(blocks, gaps_none(blocks, random_))),
                ("paragraphs", rendering(blocks, gaps_paragraphs(blocks, random_))),
                ("lossy", rendering(lost, gaps_paragraphs(lost, random_))),
            ]
        else:
            blocks = _repeats_settled(list(zip(page.texts, page.roles.tolist(), strict=True)))
        for _ in range(_VARIED.get(page.corpus, 1)):
            made.append(("varied", vary(blocks, language, stocks[language, page.fold], random_)))
        result += [
            Example(page, how, TextFeatures(made_.lines), made_.lines.texts, _with_alts(made_, page.alts))
            for how, made_ in made
            if made_.lines.texts
        ]
    return result


def _with_alts(made: Rendering, alts: frozenset[str]) -> NDArray[np.int64]:
    """The roles, chrome that is an alt text told apart."""
    found = np.fromiter((normal(text) in alts for text in made.lines.texts), dtype=bool, count=len(made.roles))
    return np.where(found & (made.roles == Role.CHROME), ALT, made.roles)


def _repeats_settled(blocks: list[Labelled], lost: frozenset[str] = frozenset()) -> list[Labelled]:
    """The same text has the same role, as far as flat text can tell which copy is meant.

    Readers labelled one copy of a headline that stands twice on a card (an alt text, say) and called the other chrome.
    In flat text both look alike and either will do; assembly keeps one. `lost`: headlines whose labelled copy is gone.
    """
    known: dict[str, set[int]] = {}
    for text, role in blocks:
        known.setdefault(normal(text), set()).add(role)
    result = []
    for text, role in blocks:
        others = known[key := normal(text)]
        if role in (Role.CHROME, UNKNOWN) and key:
            if Role.HEADLINE in others:
                role = int(Role.HEADLINE)
            elif Role.TEASER_HEADLINE in others:
                role = int(Role.TEASER_HEADLINE)
            elif others - {Role.CHROME, UNKNOWN} or key in lost:
                role = UNSURE
        result.append((text, role))
    return result


def _lost(gold: dict[str, Any]) -> frozenset[str]:
    return frozenset(normal(teaser["headline"]) for teaser in gold["teasers"] if teaser["summary"])


def flattener(corpora: Path) -> ModuleType:
    """The module flatten.py of the corpora's folder."""
    if str(corpora) not in sys.path:
        sys.path.insert(0, str(corpora))
    import flatten  # type: ignore[import-not-found]

    return flatten  # type: ignore[no-any-return]


def lossy(gold: dict[str, Any], flat: Any) -> list[Labelled]:
    """The evaluation's lossy rendering: what is left of a teaser without its headline is a snippet."""
    blocks, _, _ = flat.lossy(gold)
    return [
        (text, int(Role.SNIPPET if ROLE_NAMES[role] is Role.TEASER_SUMMARY else ROLE_NAMES[role]))
        for text, role in blocks
        if text.strip()
    ]


def _stocks(pages: list[Taught]) -> dict[tuple[str, int], Stock]:
    """What may be inserted, by language and fold: text of one fold never reaches pages of another."""
    stocks: dict[tuple[str, int], Stock] = defaultdict(lambda: Stock([], [], []))
    for page in pages:
        stock = stocks[language_of(page.id), page.fold]
        paragraphs = [text for text in page.body.split("\n") if 80 < len(text) < 600]
        stock.items += paragraphs[:2]
        if page.labelled:
            stock.promos += [
                (teaser["headline"], teaser["summary"])
                for teaser in page.gold["teasers"]
                if teaser["summary"] and not teaser["paid"]
            ]
            byline = page.gold["byline"]
            if byline and len(byline) < 60:
                stock.names.append(byline)
        elif paragraphs and (title := page.gold.get("title")):
            title = title.split(" | ")[0].split(" - ")[0]
            if 25 < len(title) < 150:
                stock.promos.append((title, paragraphs[0]))
    return stocks
