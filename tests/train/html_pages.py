"""The pages that HTML labellers learn from: those of the corpora, and more made from the labelled ones."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from schemas import RawPage
from tests.train import composed, mockups
from tests.train.composed import offer
from tests.train.corpora import FOLDS, LabelledPage, fold_of, hash_of, load, normal, roles_of
from tests.train.sections import STORY, section_context, without_blocks
from workers.segment.decode import decode
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_labeller import ROLES
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import page_context

_LEAST_TEASERS = 6
"""A story page with this many teasers makes a section page when its story is taken out."""

_FILLED = 2
"""Pages from each mock-up: what is repeated in it and what it says differ."""


@dataclass(slots=True)
class Prepared:
    """A page ready for training."""

    page: LabelledPage
    tree: HtmlTree
    features: HtmlFeatures
    roles: NDArray[np.int64]
    fold: int
    repeated: bool
    """It stands among the labelled pages as well: scored, not trained on twice."""
    made: bool = False
    """Made from a labelled page: trained on, not scored."""
    composed: bool = False
    """Made with texts of other pages (tests/train/composed.py)."""
    story: float = 1.0
    """Probability that the page holds a story, by a model that did not see it."""
    first: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 7), np.float32))
    second: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, ROLES), np.float32))

    @property
    def labelled(self) -> bool:
        """Whether every block has a role, not the body alone."""
        return bool((self.roles == Role.CHROME).any())


def prepare(corpora: Path) -> list[Prepared]:
    """Every page of the corpora, taken apart and described."""
    pages: list[Prepared] = []
    labelled: set[str] = set()
    for page in load(corpora):
        text = decode(RawPage(body=page.html, url=page.url, content_type="text/html")).text
        tree = walk(text)
        if not tree.block_text:
            continue
        if page.corpus == "gold":
            labelled |= {page.id, page.id.removeprefix("wcxb-dev__")} | ({page.url} if page.url else set())
        repeated = page.corpus != "gold" and (page.id in labelled or page.url in labelled)
        features = HtmlFeatures(tree, page_context(tree.declared, page.url))
        roles = roles_of(page, tree.block_text)
        pages.append(Prepared(page, tree, features, roles, fold_of(page.publisher, FOLDS), repeated))
    return pages


def made_sections(pages: list[Prepared]) -> list[Prepared]:
    """Section pages made from the labelled story pages."""
    made = []
    for page in pages:
        teasers = int((page.roles == Role.TEASER_HEADLINE).sum())
        if page.labelled and (page.roles == Role.BODY).any() and teasers >= _LEAST_TEASERS:
            keep = ~np.isin(page.roles, [int(role) for role in STORY])
            tree = without_blocks(page.tree, keep)
            context = section_context(page_context(page.tree.declared, page.page.url))
            features = HtmlFeatures(tree, context)
            made.append(Prepared(page.page, tree, features, page.roles[keep], page.fold, False, made=True))
    return made


def composed_pages(pages: list[Prepared]) -> list[Prepared]:
    """Of every fourth labelled story page a section page in its frame, of every fourth one with more around its story.

    What is put in comes from pages of the same fold and kind.
    """
    given = [(page, _is_news(page), offer(page.page)) for page in pages if not page.repeated]
    made = []
    for number, page in enumerate(pages):
        if number % 2 or not page.labelled or not (page.roles == Role.BODY).any():
            continue
        offers = [
            story
            for other, news, story in given
            if story
            and other.fold == page.fold
            and news == _is_news(page)
            and other.page.publisher != page.page.publisher
        ]
        html = decode(RawPage(body=page.page.html, url=page.page.url, content_type="text/html")).text
        way = composed.section if number % 4 else composed.story
        new = way(html, page.tree.block_text, page.roles, offers, hash_of(page.page.id))
        if new is not None:
            made.append(_prepared(page, new))
    return made


def mocked_pages(pages: list[Prepared]) -> list[Prepared]:
    """The mock-ups, each filled a few times with stories of the pages of its fold."""
    made = []
    stories = mockups.stories((page.fold, page.page) for page in pages if not page.repeated)
    for fold, filled, tree in mockups.filled(stories, _FILLED):
        page = LabelledPage("mock-up", filled.name, filled.url, filled.name, filled.html.encode(), filled.url)
        features = HtmlFeatures(tree, page_context(tree.declared, filled.url))
        roles = mockups.roles_in(filled, tree)
        made.append(Prepared(page, tree, features, roles, fold, False, True, composed=True))
    return made


def _prepared(page: Prepared, new: composed.Composed) -> Prepared:
    tree = walk(new.html)
    frame = {normal(text): role for text, role in zip(page.tree.block_text, page.roles.tolist(), strict=True)}
    roles = composed.roles_in(new, tree, frame)
    keep = roles != composed.LEFT_OVER
    url = page.page.url
    if new.taken:
        url = f"https://{urlsplit(page.page.url or 'https://news.example').netloc}/{new.path}"
    context = page_context(tree.declared, url)
    tree = without_blocks(tree, keep)
    return Prepared(page.page, tree, HtmlFeatures(tree, context), roles[keep], page.fold, False, True, composed=True)


def _is_news(page: Prepared) -> bool:
    """Pages of the news corpora are named by country and publisher, the others by number."""
    return "_" in page.page.id.removeprefix("wcxb-dev__")
