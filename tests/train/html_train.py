"""Trains the labeller of HTML pages, and judges every page by models that saw no page of its publisher.

Three kinds of model, each a fold's complement at a time:
teacher   learns all roles from the labelled pages and gives the corpora that label only the body the rest of their roles
first     judges a block alone, in six classes
second    judges all roles with the first pass's verdicts, which for training are those of models that did not see the page
What a page is scored with never saw a page of its publisher. The first pass's verdicts on *other* pages, which the second
pass trains on, come from models that did see it; this is the usual stacking, and the figures are meant so.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas import RawPage
from tests.train.corpora import UNKNOWN, LabelledPage, fold_of, load, roles_of
from tests.train.fit import fit
from workers.segment.decode import decode
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_labeller import ROLES, both
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import page_context
from workers.segment.trees import Trees

FOLDS = 5
# Chrome, body, teaser headline, teaser summary, caption, and head for byline, headline and dek; a snippet reads like a summary.
_COARSE = np.array([0, 1, 2, 3, 4, 5, 5, 5, 3])
_MANUAL, _BODY_ONLY, _GUESSED = 1.3, 0.7, 0.35
"""How much a row counts: labelled by hand, body known from a corpus, role guessed by the teacher."""
_KEPT_CHROME, _KEPT_OTHER_CHROME, _KEPT_OTHER_BODY = 0.7, 0.35, 0.6
"""Shares of the many alike rows that are kept: chrome of labelled pages, chrome and body of the other corpora."""


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


def train(pages: list[Prepared], threads: int, *, final: bool) -> tuple[Trees, Trees] | None:
    """Fill every page's `first` and `second` with verdicts of models that did not see its publisher.

    With `final`, also train on all pages and return the two passes to ship.
    """
    _teach(pages, threads)
    trained = [page for page in pages if not page.repeated]
    for fold in range(FOLDS):
        model = _fit_first([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.first = model.probabilities(page.features.matrix)
        _say(f"first pass, fold {fold}")
    for fold in range(FOLDS):
        model = _fit_second([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.second = model.probabilities(both(page.features, page.first))
        _say(f"second pass, fold {fold}")
    if not final:
        return None
    return _fit_first(trained, threads), _fit_second(trained, threads)


def _teach(pages: list[Prepared], threads: int) -> None:
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
        _say(f"teacher, fold {fold}")


def _kept(page: Prepared) -> NDArray[np.bool_]:
    """Which rows are trained on: all rare ones, a share of the many alike, the same share in every run."""
    draw = np.random.default_rng(abs(hash_of(page.page.id))).random(len(page.roles))
    chrome, body = page.roles == Role.CHROME, page.roles == Role.BODY
    if page.page.corpus == "gold":
        return ~chrome | (draw < _KEPT_CHROME)
    return (~chrome | (draw < _KEPT_OTHER_CHROME)) & (~body | (draw < _KEPT_OTHER_BODY))


def hash_of(name: str) -> int:
    """A number fixed by the name (Python's own hash differs from run to run)."""
    return int.from_bytes(name.encode()[-7:], "big")


def _training_rows(pages: list[Prepared]) -> tuple[list[NDArray[np.int64]], NDArray[np.int64], NDArray[np.float32]]:
    chosen, roles, weights = [], [], []
    for page in pages:
        rows = np.flatnonzero((page.roles >= 0) & _kept(page))
        role = page.roles[rows]
        if page.page.corpus == "gold":
            weight = np.where(role == Role.CHROME, _MANUAL, 1.0)
        else:
            weight = np.where((role == Role.BODY) | (role == Role.CHROME), _BODY_ONLY, _GUESSED)
        chosen.append(rows)
        roles.append(role)
        weights.append(weight.astype(np.float32))
    return chosen, np.concatenate(roles), np.concatenate(weights)


def _fit_first(pages: list[Prepared], threads: int) -> Trees:
    chosen, roles, weights = _training_rows(pages)
    rows = np.concatenate([page.features.matrix[rows] for page, rows in zip(pages, chosen, strict=True)])
    return fit(rows, _COARSE[roles], weights, iterations=120, rate=0.22, threads=threads, count=6)


def _fit_second(pages: list[Prepared], threads: int) -> Trees:
    chosen, roles, weights = _training_rows(pages)
    rows = np.concatenate([both(page.features, page.first)[rows] for page, rows in zip(pages, chosen, strict=True)])
    return fit(rows, roles, weights, iterations=220, rate=0.17, threads=threads, count=ROLES)


def _say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")
