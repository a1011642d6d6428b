"""Fits boosted oblivious trees with CatBoost and turns them into the arrays that the labeller evaluates."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray

from workers.segment.trees import Trees

SEED = 20261124


def fit(
    rows: NDArray[np.float32],
    classes: NDArray[np.int64],
    weights: NDArray[np.float32],
    *,
    iterations: int,
    rate: float,
    threads: int,
    depth: int = 6,
    count: int | None = None,
    share: float = 0.1,
    columns: NDArray[np.int64] | None = None,
    seed: int = SEED,
) -> Trees:
    """Train one ensemble. The same rows, seed and thread count give the same trees.

    share: of the columns, drawn anew for every level of a tree. columns: those to learn from; None: all.
    """
    model = CatBoostClassifier(
        loss_function="MultiClass",
        iterations=iterations,
        learning_rate=rate,
        depth=depth,
        random_seed=seed,
        thread_count=threads,
        verbose=0,
        border_count=64,
        rsm=share,
        bootstrap_type="Bernoulli",
        subsample=0.7,
        l2_leaf_reg=4,
        classes_count=count or int(classes.max()) + 1,
        allow_writing_files=False,
    )
    model.fit(rows if columns is None else rows[:, columns], classes, sample_weight=weights)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        trees = from_catboost(json.loads(path.read_text()))
    return trees if columns is None else replace(trees, feature=columns[trees.feature].astype(np.int32))


def from_catboost(model: dict[str, object]) -> Trees:
    """CatBoost's JSON model as arrays; a tree shallower than the deepest asks a question that is never answered yes."""
    trees: list[dict[str, object]] = model["oblivious_trees"]  # type: ignore[assignment]
    bias: list[float] = model["scale_and_bias"][1]  # type: ignore[index]
    depth = max(len(tree["splits"] or ()) for tree in trees)  # type: ignore[arg-type]
    classes = len(bias)
    never = (0, float("inf"))
    asked: dict[tuple[int, float], int] = {never: 0}
    question = np.zeros((depth, len(trees)), dtype=np.int32)
    leaf = np.zeros((len(trees), 2**depth, classes), dtype=np.float32)
    for number, tree in enumerate(trees):
        splits: list[dict[str, float]] = tree["splits"] or []  # type: ignore[assignment]
        for bit, split in enumerate(splits):
            key = (int(split["float_feature_index"]), float(split["border"]))
            question[bit, number] = asked.setdefault(key, len(asked))
        values = np.array(tree["leaf_values"], dtype=np.float32).reshape(-1, classes)
        leaf[number, : len(values)] = values
    return Trees(
        feature=np.array([feature for feature, _ in asked], dtype=np.int32),
        border=np.array([border for _, border in asked], dtype=np.float32),
        question=question,
        leaf=leaf.reshape(-1, classes),
        bias=np.array(bias, dtype=np.float32),
    )


def stored(name: str, trees: Trees) -> dict[str, NDArray[np.generic]]:
    """The ensemble's arrays under the names that `load_trees` reads; leaves in half precision (no figure moves)."""
    return {
        f"{name}_feature": trees.feature.astype(np.int16),
        f"{name}_border": trees.border,
        f"{name}_question": trees.question.astype(np.int16),
        f"{name}_leaf": trees.leaf.astype(np.float16),
        f"{name}_bias": trees.bias,
    }


def most_asked(trees: Trees, number: int) -> NDArray[np.int64]:
    """The columns that an ensemble asks about most often, at most `number`, in rising order."""
    asked = trees.feature[trees.question.ravel()]
    counts = np.bincount(asked)
    best = np.argsort(-counts, kind="stable")[:number]
    return np.sort(best[counts[best] > 0])


def average(one: Trees, other: Trees) -> Trees:
    """An ensemble whose scores are the mean of two ensembles' scores."""
    if len(one.question) != len(other.question):
        raise ValueError(f"ensembles of depth {len(one.question)} and {len(other.question)} cannot be joined")
    questions = len(one.feature)
    return Trees(
        feature=np.concatenate([one.feature, other.feature]),
        border=np.concatenate([one.border, other.border]),
        question=np.concatenate([one.question, other.question + questions], axis=1),
        leaf=(np.concatenate([one.leaf, other.leaf]) / 2).astype(np.float32),
        bias=((one.bias + other.bias) / 2).astype(np.float32),
    )
