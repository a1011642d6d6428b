"""The models of the HTML labeller: which rows each learns from, at what weight, how long."""

import numpy as np
from numpy.typing import NDArray

from tests.train.corpora import UNSURE, hash_of
from tests.train.fit import SEED, average, fit
from tests.train.html_pages import Prepared
from workers.segment.html_labeller import ROLES, both
from workers.segment.page import Role
from workers.segment.page_kind import page_features
from workers.segment.trees import Trees

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
_SECTION_PAGE = 12.0
"""Weight of a real section page where the kinds of pages are told apart."""


def columns_of(page: Prepared) -> NDArray[np.float32]:
    """What the second pass sees of a page."""
    return both(page.features, page.first, page.story)


def _draw(page: Prepared) -> NDArray[np.float64]:
    """A number in [0, 1) for each row, the same in every run: decides which of many alike rows are kept."""
    return np.random.default_rng(hash_of(page.page.id)).random(len(page.roles))


def _weight(page: Prepared) -> float:
    if page.made:
        return _MADE_SECTION
    if not page.labelled:
        return _LARGE
    return 1.0 if page.page.body else _SECTION


def _labelled_rows(pages: list[Prepared], *, hard: bool) -> list[tuple[Prepared, NDArray[np.int64]]]:
    """The rows to learn roles from. hard: chrome is left out only where the first pass is sure of it."""
    chosen = []
    for page in pages:
        if page.labelled:
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
        if not page.labelled:
            keep &= _draw(page) < np.where(body, _KEPT_LARGE_BODY, _KEPT_LARGE_CHROME)
        if page.made:
            keep &= _draw(page) < _KEPT_LARGE_CHROME
        parts.append(page.features.matrix[keep])
        truths.append(body[keep].astype(np.int64))
    truth = np.concatenate(truths)
    weights = np.ones(len(truth), np.float32)
    return fit(np.concatenate(parts), truth, weights, iterations=200, rate=0.17, threads=threads, count=2)


def fit_kind(pages: list[Prepared], threads: int) -> Trees:
    """The judge of whether a page holds a story (class 1) or not (0): the mean of four, since one is much luck."""
    rows = np.concatenate([page_features(page.features, page.first) for page in pages])
    story = np.array([_holds_story(page) for page in pages], dtype=np.int64)
    weights = np.where(story == 1, 1.0, [1.0 if page.made else _SECTION_PAGE for page in pages]).astype(np.float32)
    a, b, c, d = (
        fit(
            rows, story, weights, iterations=160, rate=0.06, threads=threads, depth=5, count=2, share=0.3, seed=SEED + n
        )
        for n in range(4)
    )
    return average(average(a, b), average(c, d))


def _holds_story(page: Prepared) -> bool:
    return bool(page.page.body) and not (page.made and not (page.roles == Role.BODY).any())


def fit_second(pages: list[Prepared], threads: int) -> Trees:
    """The pass that judges each block in the light of its neighbours' verdicts: two ensembles, averaged.

    One learns from the labelled and the composed pages, one from the labelled pages and the larger corpora: composed
    pages teach promos and cost the bodies of list articles. Averaged they beat either on every corpus.
    """
    near = _labelled_rows(pages, hard=True)
    real = [page for page in pages if not page.composed]
    wide = _labelled_rows(real, hard=True) + _large_rows(real)
    return average(
        _fit_roles(near, threads, iterations=300, rate=0.12), _fit_roles(wide, threads, iterations=220, rate=0.16)
    )


def _fit_roles(
    chosen: list[tuple[Prepared, NDArray[np.int64]]], threads: int, *, iterations: int, rate: float
) -> Trees:
    rows = np.concatenate([columns_of(page)[rows] for page, rows in chosen])
    roles = np.concatenate([np.maximum(page.roles[rows], 0) for page, rows in chosen])
    weights = np.concatenate([np.full(len(rows), _weight(page), np.float32) for page, rows in chosen])
    return fit(rows, roles, weights, iterations=iterations, rate=rate, threads=threads, count=ROLES)


def _large_rows(pages: list[Prepared]) -> list[tuple[Prepared, NDArray[np.int64]]]:
    """Rows of the larger corpora: their body, and what is neither that nor, by the first verdicts, a promo."""
    chosen = []
    for page in pages:
        if not page.labelled:
            body = page.roles == Role.BODY
            chrome = (page.roles != UNSURE) & ~body & (page.first[:, 2] + page.first[:, 3] < _NO_PROMO)
            easy = np.where(body, page.first[:, 1] > _EASY, page.first[:, 0] > _EASY)
            keep = (body | chrome) & (~easy | (_draw(page) < np.where(body, _KEPT_LARGE_BODY, _KEPT_LARGE_CHROME) / 2))
            chosen.append((page, np.flatnonzero(keep)))
    return chosen
