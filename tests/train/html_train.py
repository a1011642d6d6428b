"""Trains the labeller of HTML pages, and judges every page by models that saw no page of its publisher.

Four kinds of model, each trained on a fold's complement:
first     judges a block alone, in six classes; learns from the pages whose every block is labelled
body      judges a block alone, body or not; learns from those and from the larger corpora that say only this much
kind      judges from the verdicts of both whether the page holds a story at all
second    judges all roles in the light of these verdicts; for training they come from models that did not see the page

Guessed roles for the larger corpora's other blocks were tried and cost: with a teacher's guesses in the second pass
teasers fell from .889 to .875 (F1) and words of promos in the body rose from 4 to 11 in a thousand (two folds of five).

What a page is scored with never saw a page of its publisher. The first verdicts on *other* pages, which the second
pass trains on, come from models that did see it; this is the usual stacking, and the figures are meant so.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas import RawPage
from tests.train.corpora import UNSURE, LabelledPage, fold_of, load, roles_of
from tests.train.fit import average, fit
from tests.train.sections import STORY, section_context, without_blocks
from workers.segment.decode import decode
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_labeller import ROLES, alone, both
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import page_context
from workers.segment.page_kind import page_features
from workers.segment.trees import Trees

FOLDS = 5
# Chrome, body, teaser headline, teaser summary, caption; head for byline, headline and dek; a snippet is a summary.
_COARSE = np.array([0, 1, 2, 3, 4, 5, 5, 5, 3])
_KEPT_CHROME, _KEPT_LARGE_CHROME, _KEPT_LARGE_BODY = 0.7, 0.3, 0.5
"""Shares of the many alike rows that are kept: chrome of labelled pages, chrome and body of the larger corpora."""
_SURE = 0.99
"""Chrome that the first pass is this sure of is left out of the second like other easy rows (_KEPT_CHROME)."""
_NO_PROMO, _EASY = 0.08, 0.97
"""A block of the larger corpora that is not body counts as chrome where a promo is this unlikely; of what the first
pass is this sure of, half of the shares above are kept."""
_LARGE = 0.6
"""Weight of a row of the larger corpora in the second pass."""
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
    first: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 7), np.float32))
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


def train(pages: list[Prepared], threads: int, *, final: bool) -> dict[str, Trees]:
    """Fill every page's `first`, `story` and `second` with verdicts of models that did not see its publisher.

    With `final`, also train on all pages and return the models to ship by name; without, none.
    """
    pages = pages + made_sections(pages)
    judge_first(pages, threads)
    judge_kind(pages, threads)
    judge_second(pages, threads)
    if not final:
        return {}
    trained = [page for page in pages if not page.repeated]
    first, body = fit_first(trained, threads), fit_body(trained, threads)
    return {"first": first, "body": body, "kind": fit_kind(trained, threads), "second": fit_second(trained, threads)}


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


def judge_first(pages: list[Prepared], threads: int) -> None:
    """Out-of-fold verdicts on each block alone."""
    trained = [page for page in pages if not page.repeated]
    for fold in range(FOLDS):
        others = [page for page in trained if page.fold != fold]
        first, body = fit_first(others, threads), fit_body(others, threads)
        for page in pages:
            if page.fold == fold:
                page.first = alone(first, body, page.features)
        say(f"first verdicts, fold {fold}")


def judge_kind(pages: list[Prepared], threads: int) -> None:
    """Out-of-fold verdicts on whether a page holds a story."""
    trained = [page for page in pages if not page.repeated]
    for fold in range(FOLDS):
        model = fit_kind([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.story = float(model.probabilities(page_features(page.features, page.first))[0, 1])


def judge_second(pages: list[Prepared], threads: int) -> None:
    """Out-of-fold verdicts of the second pass."""
    trained = [page for page in pages if not page.repeated]
    for fold in range(FOLDS):
        model = fit_second([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.second = model.probabilities(both(page.features, page.first, page.story))
        say(f"second pass, fold {fold}")


def hash_of(name: str) -> int:
    """A number fixed by the name (Python's own hash differs from run to run)."""
    return int.from_bytes(name.encode()[-7:], "big")


def _draw(page: Prepared) -> NDArray[np.float64]:
    """A number in [0, 1) for each row, the same in every run: decides which of many alike rows are kept."""
    return np.random.default_rng(hash_of(page.page.id)).random(len(page.roles))


def _weight(page: Prepared) -> float:
    if page.made:
        return _MADE_SECTION
    if page.page.corpus != "gold":
        return _LARGE
    return 1.0 if page.page.body else _SECTION


def _labelled_rows(pages: list[Prepared], *, hard: bool) -> list[tuple[Prepared, NDArray[np.int64]]]:
    """The rows to learn roles from. hard: chrome is left out only where the first pass is sure of it."""
    chosen = []
    for page in pages:
        if page.page.corpus == "gold":
            easy = page.roles == Role.CHROME
            if hard:
                easy &= page.first[:, 0] > _SURE
            share = _KEPT_CHROME * (_MADE_SECTION if page.made else 1)
            chosen.append((page, np.flatnonzero((page.roles >= 0) & (~easy | (_draw(page) < share)))))
    return chosen


def fit_first(pages: list[Prepared], threads: int) -> Trees:
    """The pass that judges each block alone, in six classes."""
    chosen = _labelled_rows(pages, hard=False)
    rows = np.concatenate([page.features.matrix[rows] for page, rows in chosen])
    roles = np.concatenate([page.roles[rows] for page, rows in chosen])
    weights = np.concatenate([np.full(len(rows), _weight(page), np.float32) for page, rows in chosen])
    return fit(rows, _COARSE[roles], weights, iterations=200, rate=0.17, threads=threads, count=6)


def fit_body(pages: list[Prepared], threads: int) -> Trees:
    """The pass that judges each block alone, body (class 1) or not, from all corpora."""
    parts, truths = [], []
    for page in pages:
        body = page.roles == Role.BODY
        keep = page.roles != UNSURE
        if page.page.corpus != "gold":
            keep &= _draw(page) < np.where(body, _KEPT_LARGE_BODY, _KEPT_LARGE_CHROME)
        if page.made:
            keep &= _draw(page) < _KEPT_LARGE_CHROME
        parts.append(page.features.matrix[keep])
        truths.append(body[keep].astype(np.int64))
    truth = np.concatenate(truths)
    weights = np.ones(len(truth), np.float32)
    return fit(np.concatenate(parts), truth, weights, iterations=200, rate=0.17, threads=threads, count=2)


def fit_kind(pages: list[Prepared], threads: int) -> Trees:
    """The judge of whether a page holds a story (class 1) or not (class 0)."""
    rows = np.concatenate([page_features(page.features, page.first) for page in pages])
    story = np.array([bool(page.page.body) and not page.made for page in pages], dtype=np.int64)
    weights = np.where(story == 1, 1.0, [0.5 if page.made else 6.0 for page in pages]).astype(np.float32)
    return fit(rows, story, weights, iterations=80, rate=0.1, threads=threads, depth=4, count=2, share=0.5)


def fit_second(pages: list[Prepared], threads: int) -> Trees:
    """The pass that judges each block in the light of its neighbours' verdicts: two ensembles, averaged.

    One learns from the labelled pages alone, one from the larger corpora as well. Averaged they beat either on every
    corpus (cross-validated: teasers .862 against .848 and .851, body of news pages .954 against .950 and .947).
    """
    near = _labelled_rows(pages, hard=True)
    wide = near + _large_rows(pages)
    return average(
        _fit_roles(near, threads, iterations=300, rate=0.12), _fit_roles(wide, threads, iterations=220, rate=0.16)
    )


def _fit_roles(
    chosen: list[tuple[Prepared, NDArray[np.int64]]], threads: int, *, iterations: int, rate: float
) -> Trees:
    rows = np.concatenate([both(page.features, page.first, page.story)[rows] for page, rows in chosen])
    roles = np.concatenate([np.maximum(page.roles[rows], 0) for page, rows in chosen])
    weights = np.concatenate([np.full(len(rows), _weight(page), np.float32) for page, rows in chosen])
    return fit(rows, roles, weights, iterations=iterations, rate=rate, threads=threads, count=ROLES)


def _large_rows(pages: list[Prepared]) -> list[tuple[Prepared, NDArray[np.int64]]]:
    """Rows of the larger corpora: their body, and what is neither that nor, by the first verdicts, a promo."""
    chosen = []
    for page in pages:
        if page.page.corpus != "gold":
            body = page.roles == Role.BODY
            chrome = (page.roles != UNSURE) & ~body & (page.first[:, 2] + page.first[:, 3] < _NO_PROMO)
            easy = np.where(body, page.first[:, 1] > _EASY, page.first[:, 0] > _EASY)
            keep = (body | chrome) & (~easy | (_draw(page) < np.where(body, _KEPT_LARGE_BODY, _KEPT_LARGE_CHROME) / 2))
            chosen.append((page, np.flatnonzero(keep)))
    return chosen


def say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")
