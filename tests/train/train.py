"""Trains what the product ships and writes it beside the code: python -m tests.train.train --corpora ../shared/eval

Writes workers/segment/data/html_model.npz and html_model.json (what it was trained on, when, and the cross-validated
figures of the same run), then the same for flattened pages (text_model.py). The same corpora, seed and thread count
give the same files.
"""

import argparse
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

import catboost
import numpy as np

from tests.quality.scorer import rows
from tests.train import text_model
from tests.train.corpora import FOLDS, digest
from tests.train.fit import SEED, stored
from tests.train.html_pages import prepare
from tests.train.html_train import train
from workers.segment.html_labeller import MODEL, models
from workers.segment.text_labeller import MODEL as TEXT_MODEL


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=MODEL)
    today = datetime.now(UTC).date().isoformat()
    parser.add_argument("--date", default=today, help="the day to write into the provenance")
    arguments = parser.parse_args()
    pages = prepare(arguments.corpora)
    shipped = train(pages, arguments.threads, final=True)
    figures = rows(arguments.corpora, pages)
    arrays = {key: value for name, trees in shipped.items() for key, value in stored(name, trees).items()}
    np.savez_compressed(arguments.out, **arrays)  # type: ignore[arg-type]
    provenance = {
        "trained_on": "gold, body-fundus and body-wcxb of the evaluation corpora",
        "sources": [
            "flairNLP/fundus test data (MIT)",
            "Murrough-Foley/web-content-extraction-benchmark, dev split (CC-BY-4.0)",
        ],
        "corpus_sha256": digest(arguments.corpora),
        "date": arguments.date,
        "seed": SEED,
        "threads": arguments.threads,
        "catboost": catboost.__version__,
        "numpy": np.__version__,
        "machine": platform.machine(),
        "pages": len(pages),
        "blocks": int(sum(len(page.roles) for page in pages)),
        "folds": FOLDS,
        "cross_validated_by_publisher": figures,
    }
    arguments.out.with_suffix(".json").write_text(json.dumps(provenance, indent=1, sort_keys=True) + "\n")
    models.cache_clear()  # the teacher of flattened pages is the model just written
    figures |= text_model.write(
        arguments.corpora, arguments.threads, arguments.date, arguments.out.with_name(TEXT_MODEL.name)
    )
    for corpus, row in figures.items():
        sys.stdout.write(f"{corpus}: {row}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
