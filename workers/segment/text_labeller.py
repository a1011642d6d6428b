"""The labeller of flattened pages: judge every block alone, then again in the light of its neighbours' verdicts."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from workers.segment.page import Block, Role
from workers.segment.text_blocks import read_lines
from workers.segment.text_context import second_look
from workers.segment.text_features import TextFeatures
from workers.segment.text_tokens import Floats
from workers.segment.trees import Trees, load_trees

MODEL = Path(str(files("workers.segment"))) / "data" / "text_model.npz"
ROLES = 9
"""Roles that the labeller judges: CHROME to SNIPPET."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """A flattened page with its blocks judged."""

    blocks: list[Block]
    """In order, role and confidence filled."""
    probabilities: Floats
    """Blocks x ROLES; rows add up to 1."""
    words: Floats
    """Length of each block in words, counted alike in every script."""


@cache
def models() -> tuple[Trees, Trees]:
    """The first and the second pass, loaded once a process."""
    return load_trees(MODEL, "first"), load_trees(MODEL, "second")


def label_text(text: str) -> TextPage:
    """Split flattened text into blocks and judge each block's role. Any text will do."""
    lines = read_lines(text)
    if not lines.texts:
        return TextPage([], np.zeros((0, ROLES), dtype=np.float32), np.zeros(0, dtype=np.float32))
    features = TextFeatures(lines)
    first, second = models()
    probabilities = second.probabilities(both(features, first.probabilities(features.columns.T)).T)
    roles = decide(probabilities)
    blocks = [
        Block(text=line, role=role, confidence=float(row[role]))
        for line, role, row in zip(lines.texts, roles, probabilities, strict=True)
    ]
    return TextPage(blocks, probabilities, features.words)


def both(features: TextFeatures, alone: Floats) -> Floats:
    """The second pass's columns (columns x blocks): the block's own, then what the first pass said around it."""
    return np.concatenate([features.columns, second_look(features, np.ascontiguousarray(alone.T))])


def decide(probabilities: Floats) -> list[Role]:
    """The role of each block."""
    return [Role(value) for value in probabilities.argmax(axis=1).tolist()]
