"""Trains the labeller of HTML pages, and judges every page by models that saw no page of its publisher.

Four kinds of model, each a fold's complement at a time:
teacher   learns all roles from the labelled pages and gives the corpora that label only the body the other roles
first     judges a block alone, in six classes
kind      judges from the first pass's verdicts whether the page holds a story at all
second    judges all roles with both verdicts, which for training are those of models that did not see the page
What a page is scored with never saw a page of its publisher. The first pass's verdicts on *other* pages, which the
second pass trains on, come from models that did see it; this is the usual stacking, and the figures are meant so.
"""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas import RawPage
from tests.train.corpora import UNKNOWN, LabelledPage, fold_of, load, roles_of
from tests.train.fit import fit
from tests.train.sections import STORY, section_context, without_blocks
from workers.segment.decode import decode
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_labeller import ROLES, both
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import page_context
from workers.segment.page_kind import page_features
from workers.segment.trees import Trees

FOLDS = 5
# Chrome, body, teaser headline, teaser summary, caption; head for byline, headline and dek; a snippet is a summary.
_COARSE = np.array([0, 1, 2, 3, 4, 5, 5, 5, 3])
_MANUAL_CHROME, _BODY_ONLY, _GUESSED = 1.3, 0.8, 0.35
"""How much a row counts: chrome seen by hand (other roles count 1), body known from a corpus, role guessed; a guess of
chrome counts double, since a missed promo is rarer than chrome."""
_SURE_GUESS = 0.85
"""A guessed role is trained on where the first pass, which did not see the page, is this sure of it as well."""
_KEPT_CHROME, _KEPT_OTHER_CHROME, _KEPT_OTHER_BODY = 0.5, 0.2, 0.35
"""Shares of the many alike rows that are kept: chrome of labelled pages, chrome and body of the other corpora."""
_KEPT_EASY, _EASY = 0.2, 0.98
"""Of the rows that the first pass judges rightly and so surely, this share is kept for the second."""
_SECTION, _MADE_SECTION = 4.0, 0.5
"""Weight of a real section page's rows (there are twenty) and of one made from a story page."""
_LEAST_TEASERS = 6
"""A story page with this many teasers makes a section page when its story is taken out."""


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
    """A section page made from a story page: trained on, not scored."""
    story: float = 1.0
    """Probability that the page holds a story, by a model that did not see it."""
    first: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 6), np.float32))
    second: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, ROLES), np.float32))


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


def train(pages: list[Prepared], threads: int, *, final: bool) -> tuple[Trees, Trees, Trees] | None:
    """Fill every page's `first`, `story` and `second` with verdicts of models that did not see its publisher.

    With `final`, also train on all pages and return first pass, kind and second pass to ship.
    """
    teach(pages, threads)
    pages = pages + made_sections(pages)
    judge_first(pages, threads)
    judge_kind(pages, threads)
    judge_second(pages, threads)
    if not final:
        return None
    trained = [page for page in pages if not page.repeated]
    return fit_first(trained, threads), fit_kind(trained, threads), fit_second(trained, threads)


def made_sections(pages: list[Prepared]) -> list[Prepared]:
    """Section pages made from the labelled story pages."""
    made = []
    for page in pages:
        teasers = int((page.roles == Role.TEASER_HEADLINE).sum())
        if page.page.corpus == "gold" and (page.roles == Role.BODY).any() and teasers >= _LEAST_TEASERS:
            keep = ~np.isin(page.roles, [int(role) for role in STORY])
            tree = without_blocks(page.tree, keep)
            context = section_context(page_context(page.tree.declared, page.page.url))
            features = HtmlFeatures(tree, context)
            made.append(Prepared(page.page, tree, features, page.roles[keep], page.fold, False, made=True))
    return made


def judge_first(pages: list[Prepared], threads: int, folds: Iterable[int] = range(FOLDS)) -> None:
    """Out-of-fold verdicts of the first pass."""
    trained = [page for page in pages if not page.repeated]
    for fold in folds:
        model = fit_first([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.first = model.probabilities(page.features.matrix)
        say(f"first pass, fold {fold}")


def judge_kind(pages: list[Prepared], threads: int) -> None:
    """Out-of-fold verdicts on whether a page holds a story."""
    trained = [page for page in pages if not page.repeated]
    for fold in range(FOLDS):
        model = fit_kind([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.story = float(model.probabilities(page_features(page.features, page.first))[0, 1])


def judge_second(pages: list[Prepared], threads: int, folds: Iterable[int] = range(FOLDS)) -> None:
    """Out-of-fold verdicts of the second pass."""
    trained = [page for page in pages if not page.repeated]
    for fold in folds:
        model = fit_second([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.second = model.probabilities(both(page.features, page.first, page.story))
        say(f"second pass, fold {fold}")


def teach(pages: list[Prepared], threads: int) -> None:
    """Guess the roles of blocks that a body corpus only calls "not body"."""
    labelled = [page for page in pages if page.page.corpus == "gold"]
    for fold in range(FOLDS):
        learned = [page for page in labelled if page.fold != fold]
        chosen = [np.flatnonzero((page.roles >= 0) & _kept(page)) for page in learned]
        rows = np.concatenate([page.features.matrix[rows] for page, rows in zip(learned, chosen, strict=True)])
        roles = np.concatenate([page.roles[rows] for page, rows in zip(learned, chosen, strict=True)])
        weights = np.ones(len(roles), np.float32)
        teacher = fit(rows, roles, weights, iterations=110, rate=0.3, threads=threads, count=ROLES)
        for page in pages:
            if page.fold == fold and page.page.corpus != "gold":
                guess = teacher.probabilities(page.features.matrix)
                guess[:, Role.BODY] = 0
                page.roles = np.where(page.roles == UNKNOWN, guess.argmax(axis=1), page.roles)
        say(f"teacher, fold {fold}")


def _kept(page: Prepared) -> NDArray[np.bool_]:
    """Which rows are trained on: all rare ones, a share of the many alike, the same share in every run."""
    draw = np.random.default_rng(abs(hash_of(page.page.id))).random(len(page.roles))
    chrome, body = page.roles == Role.CHROME, page.roles == Role.BODY
    if page.page.corpus == "gold":
        return np.asarray(~chrome | (draw < _KEPT_CHROME))
    return np.asarray((~chrome | (draw < _KEPT_OTHER_CHROME)) & (~body | (draw < _KEPT_OTHER_BODY)))


def hash_of(name: str) -> int:
    """A number fixed by the name (Python's own hash differs from run to run)."""
    return int.from_bytes(name.encode()[-7:], "big")


def _training_rows(
    pages: list[Prepared], *, hard: bool
) -> tuple[list[NDArray[np.int64]], NDArray[np.int64], NDArray[np.float32]]:
    """Which rows of each page, their roles and weights. hard: few of those that the first pass surely gets right."""
    chosen, roles, weights = [], [], []
    for page in pages:
        labelled = page.page.corpus == "gold"
        if hard:
            verdict = page.first[np.arange(len(page.roles)), _COARSE[page.roles]]
            keep = (page.roles >= 0) & (labelled | (verdict >= _SURE_GUESS) | (page.roles == Role.BODY))
            draw = np.random.default_rng(1 + hash_of(page.page.id)).random(len(keep))
            keep &= (verdict < _EASY) | (draw < _KEPT_EASY)
        else:
            keep = (page.roles >= 0) & _kept(page)
        rows = np.flatnonzero(keep)
        role = page.roles[rows]
        if labelled:
            weight = np.where(role == Role.CHROME, _MANUAL_CHROME, 1.0)
            if page.made:
                weight *= _MADE_SECTION
            elif not page.page.body:
                weight *= _SECTION
        else:
            weight = np.where(role == Role.BODY, _BODY_ONLY, _GUESSED * (1 + (role == Role.CHROME)))
        chosen.append(rows)
        roles.append(role)
        weights.append(weight.astype(np.float32))
    return chosen, np.concatenate(roles), np.concatenate(weights)


def fit_first(pages: list[Prepared], threads: int) -> Trees:
    """The pass that judges each block alone."""
    chosen, roles, weights = _training_rows(pages, hard=False)
    rows = np.concatenate([page.features.matrix[rows] for page, rows in zip(pages, chosen, strict=True)])
    return fit(rows, _COARSE[roles], weights, iterations=120, rate=0.22, threads=threads, count=6)


def fit_kind(pages: list[Prepared], threads: int) -> Trees:
    """The judge of whether a page holds a story (class 1) or not (class 0)."""
    rows = np.concatenate([page_features(page.features, page.first) for page in pages])
    story = np.array([bool(page.page.body) and not page.made for page in pages], dtype=np.int64)
    weights = np.where(story == 1, 1.0, [0.5 if page.made else 6.0 for page in pages]).astype(np.float32)
    return fit(rows, story, weights, iterations=80, rate=0.1, threads=threads, depth=4, count=2, share=0.5)


def fit_second(pages: list[Prepared], threads: int) -> Trees:
    """The pass that judges each block in the light of its neighbours' verdicts."""
    chosen, roles, weights = _training_rows(pages, hard=True)
    rows = np.concatenate(
        [both(page.features, page.first, page.story)[rows] for page, rows in zip(pages, chosen, strict=True)]
    )
    return fit(rows, roles, weights, iterations=260, rate=0.15, threads=threads, count=ROLES)


def say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")
