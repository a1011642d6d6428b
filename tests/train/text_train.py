"""Trains the labeller of flattened pages, and judges every page by models that saw no page of its publisher.

Lexicon, first pass, page kind and second pass are trained on renderings of the pages (text_examples.py), a fold's
complement at a time; what a model sees of another model's verdicts is out of fold, as in html_train.py.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tests.train.corpora import FOLDS, hash_of
from tests.train.fit import fit
from tests.train.html_train import say
from tests.train.text_examples import Example
from tests.train.text_words import learn
from workers.segment.page import Role
from workers.segment.text_kind import page_features
from workers.segment.text_labeller import TextModel, alone, both, second_verdicts
from workers.segment.text_lexicon import CLASSES, Lexicon
from workers.segment.text_tokens import Floats
from workers.segment.trees import Trees

_KEPT = {"gold": {Role.CHROME: 0.2, Role.BODY: 0.3}, "other": {Role.CHROME: 0.1, Role.BODY: 0.15}}
"""Shares of the many alike rows that are kept."""
_EASY, _KEPT_EASY = 0.97, 0.25
"""Of rows that the first pass gives their role with more than the first, the second pass trains on a share."""
_STANDS_FOR = 0.85
_MANUAL, _OTHERS, _GUESSED, _VARIED = 1.0, 0.6, 0.4, 0.8
"""How much a row counts: labelled by hand, body and chrome of other corpora, guessed roles; varied renderings less."""

_STORYLESS = {"varied": 1.0, "mock-up": 3.0, "body-wcxb": 3.0, "body-fundus": 3.0, "gold": 15.0}
"""How much a page without a story counts, by corpus: the labelled ones alone are section pages as they are found, and
few; the others are made up, or stories that were taken out of their pages."""


def train(
    examples: list[Example], threads: int, *, final: bool, folds: Iterable[int] = range(FOLDS)
) -> TextModel | None:
    """Fill every example's `first`, `story` and `second` with verdicts of models that did not see its publisher.

    With `final`, also train on all examples and return what is shipped. `folds`: those whose `second` is wanted.
    """
    judge_first(examples, threads)
    judge_kind(examples, threads)
    judge_second(examples, threads, folds)
    if not final:
        return None
    first, kind, second = fit_first(examples, threads), fit_kind(examples, threads), fit_second(examples, threads)
    return TextModel(fit_lexicon(examples), first, kind, *second)


def judge_first(examples: list[Example], threads: int) -> None:
    """Out-of-fold evidence of words, and verdicts of the first pass."""
    for fold in range(FOLDS):
        lexicon = fit_lexicon([example for example in examples if example.page.fold != fold])
        for example in examples:
            if example.page.fold == fold:
                example.own = alone(example.features, lexicon)
    for fold in range(FOLDS):
        model = fit_first([example for example in examples if example.page.fold != fold], threads)
        for example in examples:
            if example.page.fold == fold:
                example.first = np.ascontiguousarray(model.probabilities(example.own.T).T)
        say(f"text: first pass, fold {fold}")


def judge_kind(examples: list[Example], threads: int) -> None:
    """Out-of-fold verdicts on whether a page holds a story."""
    for fold in range(FOLDS):
        model = fit_kind([example for example in examples if example.page.fold != fold], threads)
        for example in examples:
            if example.page.fold == fold:
                example.story = float(model.probabilities(page_features(example.features, example.first))[0, 1])


def judge_second(examples: list[Example], threads: int, folds: Iterable[int] = range(FOLDS)) -> None:
    """Out-of-fold verdicts of the second pass."""
    for fold in folds:
        near, wide = fit_second([example for example in examples if example.page.fold != fold], threads)
        for example in examples:
            if example.page.fold == fold:
                example.second = second_verdicts(near, wide, _both(example))
        say(f"text: second pass, fold {fold}")


def fit_lexicon(examples: list[Example]) -> Lexicon:
    """What words speak for."""
    return learn((example.page.publisher, example.features.tokens, example.roles) for example in examples)


def fit_first(examples: list[Example], threads: int) -> Trees:
    """The pass that judges each block alone."""
    chosen, roles, weights = _rows(examples, hard=False)
    rows = np.concatenate([example.own[:, rows] for example, rows in zip(examples, chosen, strict=True)], axis=1)
    return fit(rows.T, roles, weights, iterations=90, rate=0.25, threads=threads, count=CLASSES)


def fit_kind(examples: list[Example], threads: int) -> Trees:
    """The judge of whether a page holds a story (class 1) or not (class 0)."""
    rows = np.concatenate([page_features(example.features, example.first) for example in examples])
    story = np.array([example.has_story for example in examples], dtype=np.int64)
    weights = np.array([_STORYLESS[_kind_of(example)] for example in examples])
    weights = np.where(story == 1, 1.0, weights).astype(np.float32)
    return fit(rows, story, weights, iterations=80, rate=0.1, threads=threads, depth=4, count=2, share=0.5)


def _kind_of(example: Example) -> str:
    return "varied" if example.how == "varied" else example.page.corpus


def fit_second(examples: list[Example], threads: int) -> tuple[Trees, Trees]:
    """The pass that judges each block in the light of its neighbours' verdicts: two judges, to be averaged.

    One learns from the labelled pages alone, one from the larger corpora as well. Averaged they beat either
    (cross-validated on two folds: teasers .770 against .760 and .761 where stories have blank lines).
    """
    near = [example for example in examples if example.manual]
    return _fit_roles(near, threads), _fit_roles(examples, threads)


def _fit_roles(examples: list[Example], threads: int) -> Trees:
    chosen, roles, weights = _rows(examples, hard=True)
    rows = np.concatenate([_both(example)[:, rows] for example, rows in zip(examples, chosen, strict=True)], axis=1)
    return fit(rows.T, roles, weights, iterations=160, rate=0.18, threads=threads, count=CLASSES)


def _both(example: Example) -> Floats:
    return both(example.own, example.features, example.first.T, example.story)


def _rows(
    examples: list[Example], *, hard: bool
) -> tuple[list[NDArray[np.int64]], NDArray[np.int64], NDArray[np.float32]]:
    """Which blocks of each example are trained on, their roles and weights; the same in every run."""
    chosen, roles, weights = [], [], []
    for number, example in enumerate(examples):
        draw = np.random.default_rng([hash_of(example.page.id), number]).random(len(example.roles))
        keep = example.roles >= 0
        easy = np.zeros(len(keep), dtype=bool)
        if hard:
            easy = keep & (example.first[np.maximum(example.roles, 0), np.arange(len(keep))] > _EASY)
            keep &= ~easy | (np.random.default_rng([number]).random(len(keep)) < _KEPT_EASY)
        shares = _KEPT["gold" if example.manual else "other"]
        for common, share in shares.items():
            keep &= (example.roles != common) | (draw < share)
        rows = np.flatnonzero(keep)
        role = example.roles[rows]
        certain = example.manual | (role == Role.BODY) | (role == Role.CHROME)
        weight = np.where(certain, _MANUAL if example.manual else _OTHERS, _GUESSED)
        for common, share in shares.items():
            # A row kept stands for those left out, though not in full: alike rows teach less each.
            weight[role == common] *= share**-_STANDS_FOR
        weight[easy[rows]] *= _KEPT_EASY**-_STANDS_FOR
        chosen.append(rows)
        roles.append(role)
        weights.append((weight * (_VARIED if example.how == "varied" else 1.0)).astype(np.float32))
    return chosen, np.concatenate(roles), np.concatenate(weights)
