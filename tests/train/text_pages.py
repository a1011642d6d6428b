"""The pages that the labeller of flat text learns from, with a role for every block.

Labelled pages have the roles that hands gave them. The larger corpora say which blocks are body; of the others the
HTML labeller tells what they are: it sees the page's tree, the labeller that it teaches will see only the text.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from schemas import RawPage
from tests.train import mockups
from tests.train.corpora import FOLDS, ROLE_NAMES, UNKNOWN, UNSURE, LabelledPage, fold_of, load, normal, roles_of
from tests.train.readings import Promo, Reading
from tests.train.text_examples import Taught
from workers.segment.decode import decode
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_labeller import label
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import page_context

_LEAST_SURE, _MOST_PROMO = 0.75, 0.1
"""What the teacher must be sure of to be believed: the role itself; for chrome, that it is no promo."""


def taught(corpora: Path) -> Iterator[Taught]:
    """Every page of the corpora, those repeated among the labelled ones left out.

    The teacher is the shipped HTML model. Of the larger corpora it has learned the body alone, which is not asked of
    it here; what it knows of promos comes from the labelled pages, whose fold it may have seen: the same holds of any
    model that could teach a fold's complement.
    """
    labelled: set[str | None] = set()
    told: list[tuple[int, LabelledPage]] = []
    for page in load(corpora):
        if page.corpus == "gold":
            labelled |= {page.id, page.id.removeprefix("wcxb-dev__"), page.url} - {None}
        elif page.id in labelled or page.url in labelled:
            continue
        tree = walk(decode(RawPage(body=page.html, url=page.url, content_type="text/html")).text)
        if tree.block_text:
            fold = fold_of(page.publisher, FOLDS)
            told.append((fold, page))
            roles = roles_of(page, tree.block_text)
            every_block = bool((roles == Role.CHROME).any())
            if not every_block:
                roles = np.where(roles == UNKNOWN, _told(page, tree), roles)
            yield Taught(
                corpus=page.corpus,
                id=page.id,
                publisher=page.publisher,
                fold=fold,
                texts=list(tree.block_text),
                roles=roles,
                body=page.body,
                gold=_as_labelled(page.gold, page.reading if every_block else None, tree.block_text, roles),
                labelled=every_block,
                alts=_alts(tree),
            )

    for fold, mockup, tree in mockups.filled(mockups.stories(told), 1):
        if tree.block_text:
            roles = mockups.roles_in(mockup, tree)
            yield Taught(
                corpus="mock-up",
                id=mockup.name,
                publisher=mockup.name,
                fold=fold,
                texts=list(tree.block_text),
                roles=roles,
                body="",
                gold=_record(tree.block_text, roles, _pairs(roles.tolist())),
                labelled=True,
                alts=_alts(tree),
            )


def _pairs(roles: list[int]) -> list[Promo]:
    """Each teaser's headline with the summaries that follow it before the next one."""
    promos: list[Promo] = []
    for at, role in enumerate(roles):
        if role == Role.TEASER_HEADLINE:
            promos.append(Promo([at], [], paid=False))
        elif role == Role.TEASER_SUMMARY and promos:
            promos[-1].summary.append(at)
    return promos


def _as_labelled(
    record: dict[str, object], reading: Reading | None, texts: list[str], roles: NDArray[np.int64]
) -> dict[str, object]:
    """The corpus's record; what we have read of its blocks is added as the labelled pages have it."""
    if reading is None or len(reading.digests) != len(texts):
        return record
    return record | _record(texts, roles, reading.promos)


def _record(texts: list[str], roles: NDArray[np.int64], promos: list[Promo]) -> dict[str, object]:
    """Blocks and teasers as the labelled pages' records have them."""
    names = {int(role): name for name, role in ROLE_NAMES.items()}

    def said(blocks: list[int]) -> str:
        return " ".join(texts[at] for at in blocks)

    return {
        "blocks": [[text, names.get(role, "")] for text, role in zip(texts, roles.tolist(), strict=True)],
        "teasers": [
            {"headline": said(promo.headline), "summary": said(promo.summary) or None, "paid": promo.paid}
            for promo in promos
        ],
        "snippets": [texts[at] for at in np.flatnonzero(roles == Role.SNIPPET).tolist()],
        "byline": said(np.flatnonzero(roles == Role.BYLINE).tolist()),
    }


def _told(page: LabelledPage, tree: HtmlTree) -> NDArray[np.int64]:
    """The teacher's roles of blocks that are not body; UNSURE where it is not sure."""
    judged = label(HtmlFeatures(tree, page_context(tree.declared, page.url)))[0].copy()
    judged[:, Role.BODY] = 0
    role = judged.argmax(axis=1)
    share = judged.max(axis=1) / np.maximum(judged.sum(axis=1), 1e-6)
    promo = judged[:, Role.TEASER_HEADLINE] + judged[:, Role.TEASER_SUMMARY]
    return np.where(np.where(role == Role.CHROME, promo < _MOST_PROMO, share >= _LEAST_SURE), role, UNSURE)


def _alts(tree: HtmlTree) -> frozenset[str]:
    """Alt texts that are nothing else on the page."""
    alts: set[str] = set()
    seen: set[str] = set()
    for text, image in zip(tree.block_text, tree.block_image, strict=True):
        (alts if image >= 0 else seen).add(normal(text))
    return frozenset(alts - seen - {""})
