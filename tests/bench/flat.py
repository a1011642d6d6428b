"""Flattened text: what a page of 100 kB costs, `python -m tests.bench.flat CORPORA`.

The labelled pages of the corpora, flattened and put one behind the other, are cut to the size that is asked about. The
least processor time of several rounds, one thread.
"""

import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, show
from tests.quality.corpora_scorer import scorer
from workers.segment.text_assembly import segment_text

_BYTES = 100_000
_ROUNDS = 20
_TARGET_MS = 5.0


def figures(corpora: Path) -> list[Figure]:
    """A page of lines alone, and one with blank lines around its stories."""
    return [_figure(corpora, how) for how in ("lines", "paragraphs")]


def _figure(corpora: Path, how: str) -> Figure:
    module: Any = scorer(corpora)
    cases = module.gold_cases(corpora / "gold.jsonl", corpora / "gold-html", how)
    text = b"\n".join(case[3] for case in cases)[:_BYTES].decode(errors="ignore")
    least = min(_seconds(text) for _ in range(_ROUNDS))
    note = f"{text.count(chr(10)) + 1:,} lines"
    return Figure(f"100 kB of flat text, {how}", 1e3 * least, "ms", _TARGET_MS, note=note)


def _seconds(text: str) -> float:
    begun = time.process_time()
    segment_text(text)
    return time.process_time() - begun


if __name__ == "__main__":
    show(figures(Path(sys.argv[1])))
