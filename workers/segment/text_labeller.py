"""The labeller of flattened pages: judge every block alone, then again in the light of its neighbours' verdicts."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from workers.segment.block_roles import numbers
from workers.segment.block_sums import fill_shifted
from workers.segment.page import Block, Role
from workers.segment.repeats import second_copies
from workers.segment.text_blocks import read_lines
from workers.segment.text_context import ROWS as CONTEXT
from workers.segment.text_context import fill_second_look
from workers.segment.text_decision import above_comments, decide, under_feeds
from workers.segment.text_features import TextFeatures
from workers.segment.text_kind import page_features
from workers.segment.text_lexicon import ALT, GROUPS, Lexicon, fill_evidence, load_lexicon
from workers.segment.text_lexicon import ROWS as EVIDENCE
from workers.segment.text_phrases import CATEGORIES, Bits
from workers.segment.text_tokens import Floats
from workers.segment.trees import Trees, load_trees

MODEL = Path(str(files("workers.segment"))) / "data" / "text_model.npz"
FEED, COMMENT = (1 << CATEGORIES.index(name) for name in ("feed", "comment"))
"""Bits of phrases that are the heading of a feed, or of readers' comments, as a whole."""
ENSEMBLES = ("first", "kind", "near", "wide")
"""Under these names the trees are stored, in TextModel's order."""
ROLES = 9
"""Roles that the labeller judges: CHROME to SNIPPET."""
SURE_CHROME = 0.95
"""What the first pass is this sure of is not judged again: four lines of ten, and cross-validated no figure moves."""


@dataclass(frozen=True, slots=True)
class TextModel:
    """What was learned."""

    lexicon: Lexicon
    first: Trees
    kind: Trees
    near: Trees
    wide: Trees
    """The second pass is two judges: one learned from labelled pages alone, one from the larger corpora as well."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """A flattened page with its blocks judged."""

    blocks: list[Block]
    """In order, role and confidence filled."""
    probabilities: Floats
    """Blocks x ROLES; rows add up to 1."""
    words: Floats
    """Length of each block in words, counted alike in every script."""
    story: float
    """How likely the page holds a story of its own."""
    furniture: Bits
    """Bits of text_phrases.CATEGORIES of each block that is such a phrase as a whole."""


@cache
def model() -> TextModel:
    """The shipped model, loaded once a process."""
    return TextModel(load_lexicon(MODEL), *(load_trees(MODEL, name) for name in ENSEMBLES))


def label_text(text: str, learned: TextModel | None = None) -> TextPage:
    """Split flattened text into blocks and judge each block's role. Any text will do."""
    lines = read_lines(text)
    if not lines.texts:
        nothing = np.zeros(0, dtype=np.float32)
        return TextPage([], np.zeros((0, ROLES), dtype=np.float32), nothing, 0.0, nothing.astype(np.int32))
    learned = learned or model()
    features = TextFeatures(lines)
    own = alone(features, learned.lexicon)
    judged = learned.first.probabilities(own.T)
    story = float(learned.kind.probabilities(page_features(features, judged.T))[0, 1])
    columns = both(own, features, judged, story)
    open_to_doubt = np.flatnonzero(judged[:, Role.CHROME] <= SURE_CHROME)
    probabilities = np.zeros((len(judged), ROLES), dtype=np.float32)
    probabilities[:, Role.CHROME] = 1
    if len(open_to_doubt):
        # take() leaves each column in one piece, as the trees want it; an index would turn them round.
        doubted = np.take(columns, open_to_doubt, axis=1)
        probabilities[open_to_doubt] = second_verdicts(learned.near, learned.wide, doubted)
    blocks = text_blocks(lines.texts, probabilities, story, features)
    return TextPage(blocks, probabilities, features.words, story, features.whole)


def text_blocks(texts: list[str], probabilities: Floats, story: float, features: TextFeatures) -> list[Block]:
    """The page's blocks with their roles."""
    furniture = features.whole
    roles = under_feeds(decide(probabilities, story), probabilities, (furniture & FEED) != 0)
    roles = above_comments(roles, features.words, (furniture & COMMENT) != 0)
    body = np.flatnonzero((numbers(roles) == Role.BODY) & (features.words > 0)).tolist()
    for at in second_copies(texts, body, features.words):
        roles[at] = Role.CHROME
    sure = probabilities[np.arange(len(roles)), numbers(roles)].tolist()
    return [
        Block(text=text, role=role, confidence=confidence)
        for text, role, confidence in zip(texts, roles, sure, strict=True)
    ]


def second_verdicts(near: Trees, wide: Trees, columns: Floats) -> Floats:
    """Blocks x ROLES: the mean of what the two judges of the second pass say; alt texts are chrome."""
    # Both want a feature's values side by side, which those of chosen blocks need not be.
    columns = np.ascontiguousarray(columns)
    judged = near.probabilities(columns.T)
    judged += wide.probabilities(columns.T)
    judged /= 2
    roles = judged[:, :ROLES].copy()
    roles[:, Role.CHROME] += judged[:, ALT]
    return roles


def alone(features: TextFeatures, lexicon: Lexicon) -> Floats:
    """The first pass's columns (columns x blocks): the block's own, what its and its neighbours' words speak for.

    It lies in the features' own memory: what was made of the same features before is gone.
    """
    groups = len(GROUPS)
    own = features.with_room(EVIDENCE + 2 * groups)
    spoken = own[len(features.columns) :]
    fill_evidence(lexicon, features.tokens, features.heads, spoken[:EVIDENCE])
    for by, into in ((-1, spoken[EVIDENCE:-groups]), (1, spoken[-groups:])):
        fill_shifted(spoken[:groups], by, into)
    return own


def both(own: Floats, features: TextFeatures, judged: Floats, story: float) -> Floats:
    """The second pass's columns (columns x blocks): the first's, what it said around the block, the page's kind.

    own: what alone made of the features. It is the beginning of the result, which lies in the same memory.
    """
    columns = features.with_room(len(own) - len(features.columns) + CONTEXT + 1)
    if not np.may_share_memory(own, columns):
        columns[: len(own)] = own
    fill_second_look(features, np.ascontiguousarray(judged.T), columns[len(own) : -1])
    columns[-1] = story
    return columns
