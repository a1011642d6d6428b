"""Trains the labeller of HTML pages, and judges every page by models that saw no page of its publisher.

Four kinds of model, each trained on a fold's complement:
first     judges a block alone, in six classes; learns from the pages whose every block is labelled
body      judges a block alone, body or not; learns from those and from the larger corpora that say only this much
kind      judges from the verdicts of both whether the page holds a story at all
second    judges all roles in the light of these verdicts; for training they come from models that did not see the page

Section pages are few among the labelled ones; more are made from story pages (sections.py) and composed (composed.py).
With the composed ones 17 of 20 section pages are told from stories instead of 15, and words of promos in the body fell
from 8.1 to 2.3 in a thousand, teasers rose from .847 to .871 (F1). Guessed roles for the larger corpora's other blocks
were tried and cost: with a teacher's guesses in the second pass teasers fell from .889 to .875 and words of promos in
the body rose from 4 to 11 in a thousand (two folds of five). Learned words of class names, addresses and texts (naive
Bayes, one vote a publisher) were tried and gave nothing that lasts beyond a fold.

What a page is scored with never saw a page of its publisher. The first verdicts on *other* pages, which the second
pass trains on, come from models that did see it; this is the usual stacking, and the figures are meant so.
"""

import sys
import time

from tests.train.corpora import FOLDS
from tests.train.html_fits import columns_of, fit_body, fit_first, fit_kind, fit_second
from tests.train.html_pages import Prepared, composed_pages, made_sections, mocked_pages
from workers.segment.html_labeller import alone, holds_story
from workers.segment.trees import Trees


def train(pages: list[Prepared], threads: int, *, final: bool) -> dict[str, Trees]:
    """Fill every page's `first`, `story` and `second` with verdicts of models that did not see its publisher.

    With `final`, also train on all pages and return the models to ship by name; without, none.
    """
    pages = pages + made_sections(pages) + composed_pages(pages) + mocked_pages(pages)
    judge_first(pages, threads)
    judge_kind(pages, threads)
    judge_second(pages, threads)
    if not final:
        return {}
    trained = [page for page in pages if not page.repeated]
    return {
        "first": fit_first(trained, threads),
        "body": fit_body(trained, threads),
        "kind": fit_kind(trained, threads),
        "second": fit_second(trained, threads),
    }


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
                page.story = holds_story(model, page.features, page.first)


def judge_second(pages: list[Prepared], threads: int) -> None:
    """Out-of-fold verdicts of the second pass."""
    trained = [page for page in pages if not page.repeated]
    for fold in range(FOLDS):
        model = fit_second([page for page in trained if page.fold != fold], threads)
        for page in pages:
            if page.fold == fold:
                page.second = model.probabilities(columns_of(page))
        say(f"second pass, fold {fold}")


def say(what: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what}\n")
