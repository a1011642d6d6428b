"""Writes what the labeller of flattened pages learned: text_model.npz, text_model.json, its part of confidence.json.

`python -m tests.train.text_model --corpora ../shared/eval` trains it alone, with the HTML model that is installed as
its teacher; train.py does so after the HTML model. The same corpora, teacher, seed and thread count give the same file.
"""

import argparse
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.quality.scorer import Row
from tests.train import calibrate, provenance, text_scorer
from tests.train.fit import stored
from tests.train.text_examples import Example, examples
from tests.train.text_pages import taught
from tests.train.text_train import train
from workers.segment.confidence import FILE
from workers.segment.html_labeller import MODEL as TEACHER
from workers.segment.text_assembly import assemble_text
from workers.segment.text_labeller import ENSEMBLES, MODEL, TextModel, label_text

THREADS = 1
"""What is shipped was trained so; another number gives other trees."""
RECORDS = Path(__file__).parent.parent / "quality" / "judged_records.json"
"""Scores of cross-validated records, and which were right: what the tests of confidence look at."""


def write(corpora: Path, threads: int, date: str, out: Path = MODEL) -> dict[str, Row]:
    """Train, and write model, provenance and confidence tables.

    Returns the cross-validated figures by rendering, and those of the seed, which no model has seen.
    """
    made = examples(taught(corpora), corpora)
    model = train(made, threads, final=True)
    if model is None:
        raise RuntimeError("training returned no model")
    return store(corpora, made, model, threads, date, out)


def store(
    corpora: Path, made: list[Example], model: TextModel, threads: int, date: str, out: Path = MODEL
) -> dict[str, Row]:
    """Write what `train` made of the examples; the figures as `write` has them."""
    np.savez_compressed(out, **arrays(model))  # type: ignore[arg-type]
    calibrate.write(out.with_name(FILE), RECORDS, "text", text_scorer.records(corpora, made))
    figures = text_scorer.rows(corpora, made)
    figures["seed"] = text_scorer.seed(corpora, lambda text: assemble_text(label_text(text, model)))
    own = {
        "trained_on": "renderings as flat text of gold, body-fundus and body-wcxb of the evaluation corpora, with our "
        "readings of pages of the latter, and of mock-ups",
        "teacher": "html_model.npz, for the blocks of body-fundus and body-wcxb that are not body",
        "teacher_sha256": hashlib.sha256(TEACHER.read_bytes()).hexdigest(),
        "renderings": len(made),
        "blocks": int(sum(len(example.roles) for example in made)),
    }
    provenance.write(out, corpora, threads, date, figures, own)
    return figures


def arrays(model: TextModel) -> dict[str, NDArray[np.generic]]:
    """A model's arrays under the names that it is loaded by."""
    lexicon = model.lexicon
    result: dict[str, NDArray[np.generic]] = {
        "lexicon_anywhere": lexicon.anywhere,
        "lexicon_opening": lexicon.opening,
    }
    for name in ENSEMBLES:
        result |= stored(name, getattr(model, name))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--out", type=Path, default=MODEL)
    today = datetime.now(UTC).date().isoformat()
    parser.add_argument("--date", default=today, help="the day to write into the provenance")
    arguments = parser.parse_args()
    write(arguments.corpora, arguments.threads, arguments.date, arguments.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
