"""Why a block has its role: what pushed it ahead of the role that came next, by the labellers' own trees.

Only for people who look at a page: it judges the page once more and costs several times what segmentation does.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from workers.segment import html_labeller, second_look, text_labeller
from workers.segment.attributions import Contrast, Floats, pushes
from workers.segment.decode import Decoded
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_features_base import LEVELS
from workers.segment.html_walk import walk
from workers.segment.page import Block, Role, Segmented
from workers.segment.page_context import page_context
from workers.segment.reason_words import Saying, class_in_words, in_words
from workers.segment.text_blocks import read_lines
from workers.segment.text_features import TextFeatures
from workers.segment.text_kind import page_features as text_page_features
from workers.segment.text_lexicon import GROUPS
from workers.segment.trees import Trees

MOST_BLOCKS = 20_000
"""On a larger page nobody asks block by block, and the reasons would take ten seconds and more."""
_SHOWN = 3
"""Reasons told for each look at a block."""
_LEAST_SHARE = 0.1
"""What pushes less than this share of the strongest reason is not worth telling."""


class Reason(NamedTuple):
    """One thing that pushed a block towards its role (push > 0) or away from it (push < 0)."""

    says: str
    push: float
    """In units of the score: +0.7 doubles the odds against the rival."""


class Verdict(msgspec.Struct):
    """How a block was judged."""

    judged: Role
    """The likeliest role; assembly may have given the block another one."""
    rival: Role
    """The role that came next."""
    rival_probability: float
    context: list[Reason]
    """From what is around the block, strongest first."""
    alone: list[Reason]
    """From the block itself and its markup, strongest first; [] where a first look does not tell the roles apart."""


class Judged(NamedTuple):
    """A page's two looks at its blocks."""

    first: Trees
    first_columns: Floats
    first_names: Sequence[Saying]
    first_class: dict[Role, int]
    second: Trees
    second_columns: Floats
    second_names: Sequence[Saying]


def verdicts_of(page: Decoded, segmented: Segmented) -> list[Verdict]:
    """A verdict a block of the segmented page, in order; [] where there is no block or far too many."""
    if not 0 < len(segmented.blocks) <= MOST_BLOCKS:
        return []
    judged = judged_html(page, segmented.blocks) if segmented.kind == "html" else judged_text(page)
    probabilities = judged.second.probabilities(judged.second_columns)
    order = np.argsort(-probabilities, axis=1)
    verdicts: list[Verdict] = []
    for number in range(len(segmented.blocks)):
        own, rival = (Role(int(value)) for value in order[number, :2])
        if segmented.blocks[number].role is rival:
            own, rival = rival, own
        verdicts.append(Verdict(own, rival, float(probabilities[number, rival]), [], []))
    _explain(judged, verdicts)
    return verdicts


def _explain(judged: Judged, verdicts: list[Verdict]) -> None:
    """Fill in the reasons."""
    pairs: dict[tuple[Role, Role], list[int]] = {}
    for row, verdict in enumerate(verdicts):
        pairs.setdefault((verdict.judged, verdict.rival), []).append(row)
    contrasts = [Contrast(np.array(rows), own, rival) for (own, rival), rows in pairs.items()]
    for contrast, push in zip(contrasts, pushes(judged.second, judged.second_columns, contrasts), strict=True):
        for row, values in zip(contrast.rows, push, strict=True):
            verdicts[row].context = _strongest(values, judged.second_columns[row], judged.second_names)
    known = judged.first_class
    first = [Contrast(one.rows, known[Role(one.role)], known[Role(one.rival)]) for one in contrasts]
    first = [one for one in first if one.role != one.rival]
    for contrast, push in zip(first, pushes(judged.first, judged.first_columns, first) if first else [], strict=True):
        for row, values in zip(contrast.rows, push, strict=True):
            verdicts[row].alone = _strongest(values, judged.first_columns[row], judged.first_names)


def _strongest(push: Floats, values: Floats, names: Sequence[Saying]) -> list[Reason]:
    """The strongest reasons; features that say the same are told as one, with the value that weighs most."""
    total: dict[Saying, float] = {}
    told: dict[Saying, int] = {}
    for at in np.argsort(-np.abs(push))[:80].tolist():
        total[names[at]] = total.get(names[at], 0.0) + float(push[at])
        told.setdefault(names[at], at)
    order = sorted(total, key=lambda saying: -abs(total[saying]))[:_SHOWN]
    least = _LEAST_SHARE * abs(total[order[0]]) if order else 0.0
    return [
        Reason(saying.with_value(float(values[told[saying]])), total[saying])
        for saying in order
        if abs(total[saying]) > least
    ]


def judged_html(page: Decoded, blocks: list[Block]) -> Judged:
    """Both looks at an HTML page that was segmented into these blocks."""
    tree = walk(page.text)
    if tree.block_text != [block.text for block in blocks]:
        # Segmentation found the story in what the page shows where scripts do not run.
        tree = walk(page.text, with_noscript=True)
    features = HtmlFeatures(tree, page_context(tree.declared, page.url))
    first, body, kind, second = html_labeller.models()
    verdicts = html_labeller.alone(first, body, features)
    story = html_labeller.holds_story(kind, features, verdicts)
    own = [in_words(name) for name in features.names]
    head = {Role.CHROME: 0, Role.BODY: 1, Role.TEASER_HEADLINE: 2, Role.TEASER_SUMMARY: 3, Role.CAPTION: 4}
    return Judged(
        first,
        features.matrix,
        own,
        # A first look knows headline, standfirst and byline as one, and no snippets.
        {role: head.get(role, 0 if role is Role.SNIPPET else 5) for role in Role},
        second,
        html_labeller.both(features, verdicts, story),
        own + html_context_names(),
    )


def html_context_names() -> list[Saying]:
    """The second look's columns after a block's own, in the order of second_look.fill."""
    names = _verdicts(second_look.FIRST_CLASSES, 3)
    for _ in range(LEVELS - 1):
        names += _said("the elements around it", second_look.FIRST_CLASSES)
        names += _measures(
            "teasers' headlines in the elements around it", "teasers' summaries in the elements around it"
        )
        names.append(Saying("share of the body in the elements around it", "measure"))
    names += _measures("likeliest headline among links to the same page")
    names.append(Saying("the likeliest among links to the same page", "fact"))
    names += _measures(
        "share of the body before it", "share of the body after it", "blocks since sure body text",
        "blocks to sure body text", "words of body on the page", "paragraphs of body on the page",
        "teasers on the page", "likeliest headline of the story", "blocks from the likeliest headline",
        "teasers before it", "standing between body paragraphs", "teasers a paragraph of body",
        "teasers' summaries on the page", "likelihood that the page holds a story",
    )  # fmt: skip
    return names


def judged_text(page: Decoded) -> Judged:
    """Both looks at a flattened page."""
    learned = text_labeller.model()
    features = TextFeatures(read_lines(page.text))
    own = text_labeller.alone(features, learned.lexicon)
    judged = learned.first.probabilities(own.T)
    story = float(learned.kind.probabilities(text_page_features(features, judged.T))[0, 1])
    names = [in_words(name) for name in features.names] + lexicon_names()
    return Judged(
        learned.first,
        own.T,
        names,
        {role: int(role) if role < text_labeller.ROLES else 0 for role in Role},
        learned.wide,  # the one of the two judges that learned from more pages
        text_labeller.both(own, features, judged, story).T,
        names + text_context_names(),
    )


def lexicon_names() -> list[Saying]:
    """Columns of text_lexicon.evidence, and those of the lines before and after."""
    places = ("words that speak for", "last words that speak for", "first words that speak for")
    names = [Saying(f"{place} {class_in_words(group)}", "measure") for place in places for group in GROUPS]
    names += _measures("share of known words")
    for line in ("the line before", "the line after"):
        names += [Saying(f"words that speak for {class_in_words(group)} in {line}", "measure") for group in GROUPS]
    return names


def text_context_names() -> list[Saying]:
    """The second look's columns after a line's own, in the order of text_context.second_look."""
    classes = (*(role.name.lower() for role in list(Role)[: text_labeller.ROLES]), "alt_text")
    verdicts = _verdicts(classes, _TEXT_GROUPS)
    groups = len(verdicts) - _TEXT_GROUPS * len(classes)
    return verdicts[:groups] + _content_names(classes) + verdicts[groups:] + _measures(
        "words shared with the story", "words shared with promos", "words shared with the likeliest headline",
        "words shared across it by sure body text", "lines since sure body text", "lines to sure body text",
        "share of the body before it", "words of body on the page", "paragraphs of body on the page",
        "teasers on the page", "likeliest headline of the story", "lines from the likeliest headline",
        "teasers before it", "headlines before it", "teasers a paragraph of body", "teasers' summaries on the page",
        "snippets on the page", "lines from the first body text", "lines to the last body text", "lines of the page",
        "coherence of the story", "headlines with a summary", "longest run of body", "likeliest standfirst",
        "likeliest byline", "likelihood that the page holds a story",
    )  # fmt: skip


_TEXT_GROUPS = 4
"""What lines of text are grouped by: text_features.TextFeatures.groups."""


def _content_names(classes: Sequence[str]) -> list[Saying]:
    """First looks at the nearest lines that are hardly chrome, two before and two after."""
    names: list[Saying] = []
    for by in (-2, -1, 1, 2):
        where = "before" if by < 0 else "after"
        names += _said(f"the {'nearest' if abs(by) == 1 else 'second'} line of content {where}", classes[1:])
        if abs(by) == 1:
            names += _measures(f"lines to the nearest line of content {where}")
    return names


def _verdicts(classes: Sequence[str], groups: int) -> list[Saying]:
    """First looks at the block, at its six neighbours, at four windows around it and at what it is grouped with."""
    names = _said("on its own", classes)
    for by in (-3, -2, -1, 1, 2, 3):
        near = "the block" if abs(by) == 1 else "a block shortly"
        names += _said(f"{near} {'before' if by < 0 else 'after'}", classes)
    for where in ("around it", "around it", "before it", "after it"):
        names += _said(f"the blocks {where}", classes)
    for _ in range(groups):
        names += _said("the blocks like it", classes)
    return names


def _said(words: str, classes: Sequence[str]) -> list[Saying]:
    return [Saying(f"{words}: % {class_in_words(name)}", "share") for name in classes]


def _measures(*labels: str) -> list[Saying]:
    return [Saying(label, "measure") for label in labels]
