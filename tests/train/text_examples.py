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

from tests.train.corpora import ROLE_NAMES
from tests.train.text_renderings import (
    Labelled,
    Rendering,
    Stock,
    gaps_none,
    gaps_paragraphs,
    language_of,
    rendering,
    vary,
)
from workers.segment.page import Role
from workers.segment.text_features import TextFeatures
from workers.segment.text_tokens import Floats

_VARIED_LABELLED = 4
_VARIED_OTHERS = 1
"""Random renderings a page, beside the evaluation's three of labelled pages."""
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
    repeated: bool
    """It stands among the labelled pages as well."""


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
    def has_story(self) -> bool:
        """Whether a story is on the page, by its labels."""
        return bool((self.roles == Role.BODY).any())


def examples(pages: Iterable[Taught], corpora: Path) -> list[Example]:
    """All renderings of all pages; the same ones in every run."""
    pages = [page for page in pages if not page.repeated]
    flat = flattener(corpora)
    stocks = _stocks(pages)
    result = []
    for page in pages:
        random_ = random.Random(f"{_SEED} {page.corpus} {page.id}")  # noqa: S311 (variety, not secrecy)
        language = language_of(page.id)
        made: list[tuple[str, Rendering]] = []
        if page.corpus == "gold":
            blocks = [(text, int(ROLE_NAMES[role])) for text, role in page.gold["blocks"] if text.strip()]
            lost = lossy(page.gold, flat)
            made = [
                ("lines", rendering(blocks, gaps_none(blocks, random_))),
                ("paragraphs", rendering(blocks, gaps_paragraphs(blocks, random_))),
                ("lossy", rendering(lost, gaps_paragraphs(lost, random_))),
            ]
        else:
            blocks = list(zip(page.texts, page.roles.tolist(), strict=True))
        for _ in range(_VARIED_LABELLED if page.corpus == "gold" else _VARIED_OTHERS):
            made.append(("varied", vary(blocks, language, stocks[language, page.fold], random_)))
        result += [
            Example(page, how, TextFeatures(made_.lines), made_.lines.texts, made_.roles)
            for how, made_ in made
            if made_.lines.texts
        ]
    return result


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
        if page.corpus == "gold":
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
