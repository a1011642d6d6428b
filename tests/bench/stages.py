"""Where the core's time goes, stage by stage: `python -m tests.bench.stages CORPORA`.

Processor time of each stage of each page, the least of several rounds, averaged over the pages. The stages are called
as the core calls them.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import turbohtml

from schemas import RawPage
from schemas.codec import encode
from tests.bench.core import load
from tests.bench.figures import Figure, show
from workers.enrich.records import enrich
from workers.segment.decode import decode
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_labeller import label
from workers.segment.html_walk import walk
from workers.segment.page_context import page_context
from workers.segment.segment import assemble_html, fall_back

ROUNDS = 5

Result = TypeVar("Result")


class _Clock:
    """The least time of each stage of one page."""

    def __init__(self) -> None:
        self.least: dict[str, float] = {}

    def time(self, stage: str, function: Callable[[], Result]) -> Result:
        begun = time.process_time()
        result = function()
        spent = time.process_time() - begun
        self.least[stage] = min(spent, self.least.get(stage, spent))
        return result


def figures(corpora: Path) -> list[Figure]:
    """Milliseconds a page of every stage, and all together."""
    pages = [RawPage(body=body, url=url, content_type="text/html") for url, body in load(corpora, "body-fundus")]
    clocks = [_Clock() for _ in pages]
    for _ in range(ROUNDS):
        for page, clock in zip(pages, clocks, strict=True):
            _take_apart(page, clock)
    means = {
        stage: sum(clock.least[stage] for clock in clocks) / len(clocks) for stage in clocks[0].least
    }  # all pages are HTML with blocks: they have the same stages
    means["walk"] -= means["parse"]
    found = [Figure(stage, 1e3 * seconds, "ms") for stage, seconds in means.items()]
    return [*found, Figure("all", 1e3 * sum(means.values()), "ms")]


def _take_apart(page: RawPage, clock: _Clock) -> None:
    decoded = clock.time("decode", lambda: decode(page))
    clock.time("parse", lambda: turbohtml.parse(decoded.text, positions=False))
    tree = clock.time("walk", lambda: walk(decoded.text))
    context = clock.time("context", lambda: page_context(tree.declared, decoded.url))
    features = clock.time("features", lambda: HtmlFeatures(tree, context))
    judged = clock.time("trees", lambda: label(features))
    found = clock.time("assemble", lambda: fall_back(assemble_html(tree, features, *judged, context), tree, context))
    records = clock.time("enrich", lambda: enrich(found, decoded))
    clock.time("encode", lambda: [encode(one) for one in (records.article, records.sightings()) if one is not None])


if __name__ == "__main__":
    show(figures(Path(sys.argv[1])))
