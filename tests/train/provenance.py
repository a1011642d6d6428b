"""What stands beside a model: what it was trained on, when and by what, and the figures it reached."""

import json
import platform
from collections.abc import Mapping
from pathlib import Path

import catboost
import numpy as np

from tests.train import mockups
from tests.train.corpora import FOLDS, digest
from tests.train.fit import SEED

_SOURCES = [
    "flairNLP/fundus test data (MIT)",
    "Murrough-Foley/web-content-extraction-benchmark, dev split (CC-BY-4.0)",
]


def write(
    model: Path,
    corpora: Path,
    threads: int,
    date: str,
    figures: Mapping[str, Mapping[str, float]],
    own: Mapping[str, object],
) -> None:
    """Write the model's .json. own: what only this kind of model has to tell."""
    provenance = {
        "sources": _SOURCES,
        "corpus_sha256": digest(corpora),
        "mockups_sha256": mockups.digest(),
        "date": date,
        "seed": SEED,
        "threads": threads,
        "catboost": catboost.__version__,
        "numpy": np.__version__,
        "machine": platform.machine(),
        "folds": FOLDS,
        "cross_validated_by_publisher": figures,
        **own,
    }
    model.with_suffix(".json").write_text(json.dumps(provenance, indent=1, sort_keys=True) + "\n")
