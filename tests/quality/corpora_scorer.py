"""The scorer that comes with the evaluation corpora."""

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Literal, TypeVar

from workers.enrich.records import PageRecords, enrich
from workers.segment.decode import Decoded
from workers.segment.page import Segmented

Page = TypeVar("Page")


def scorer(corpora: Path) -> ModuleType:
    """The module score.py of the corpora's folder."""
    sys.path.insert(0, str(corpora))
    spec = importlib.util.spec_from_file_location("score", corpora / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no score.py in {corpora}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answering(
    kind: Literal["html", "text"], known: Mapping[str, Page], judged: Callable[[Page], Segmented], order: list[str]
) -> tuple[Callable[..., PageRecords], dict[str, bool]]:
    """What stands in for score.call, which is called once a case, in order, and whether each page has a story.

    judged: a page that is known, assembled from verdicts of models that did not see it.
    """
    waiting = iter(order)
    has_story: dict[str, bool] = {}

    def call(url: str | None, content_type: str, body: bytes) -> PageRecords:
        name = next(waiting)
        segmented = judged(known[name])
        has_story[name] = segmented.story is not None
        return enrich(segmented, Decoded(kind=kind, text="", url=url))

    return call, has_story
