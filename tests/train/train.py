"""Trains what the product ships and writes it beside the code: python -m tests.train.train --corpora ../shared/eval

Writes workers/segment/data/html_model.npz and html_model.json (what it was trained on, when, and the cross-validated
figures of the same run), then the same for flattened pages (text_model.py). The same corpora, seed and thread count
give the same files.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tests.quality.scorer import Row, records, rows
from tests.train import calibrate, provenance, text_model
from tests.train.fit import stored
from tests.train.html_pages import Prepared, prepare
from tests.train.html_train import train
from workers.segment.confidence import FILE
from workers.segment.html_labeller import MODEL, models
from workers.segment.text_labeller import MODEL as TEXT_MODEL
from workers.segment.trees import Trees


def store(
    corpora: Path, pages: list[Prepared], shipped: dict[str, Trees], threads: int, date: str, out: Path = MODEL
) -> dict[str, Row]:
    """Write the models that `html_train.train` made, their provenance and the confidence tables; the figures."""
    figures = rows(corpora, pages)
    calibrate.write(out.with_name(FILE), text_model.RECORDS, "html", records(corpora, pages))
    arrays = {key: value for name, trees in shipped.items() for key, value in stored(name, trees).items()}
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    own = {
        "trained_on": "gold, body-fundus and body-wcxb of the evaluation corpora, our readings of pages of the latter, "
        "and mock-ups",
        "pages": len(pages),
        "pages_read_block_by_block": sum(page.labelled and not page.repeated for page in pages),
        "blocks": int(sum(len(page.roles) for page in pages)),
    }
    provenance.write(out, corpora, threads, date, figures, own)
    return figures


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
    figures = store(arguments.corpora, pages, shipped, arguments.threads, arguments.date, arguments.out)
    models.cache_clear()  # the teacher of flattened pages is the model just written
    figures |= text_model.write(
        arguments.corpora, arguments.threads, arguments.date, arguments.out.with_name(TEXT_MODEL.name)
    )
    for corpus, row in figures.items():
        sys.stdout.write(f"{corpus}: {row}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
