"""The corpora's scorer, and records to calibrate on, over verdicts of models that did not see a page's publisher."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.quality.corpora_scorer import answering, scorer
from tests.quality.scorer import Row
from tests.train.calibrate import Judged, add_judged
from tests.train.text_examples import Example
from workers.enrich.records import enrich
from workers.segment.decode import Decoded
from workers.segment.page import Segmented
from workers.segment.text_assembly import assemble_text, put_together, story_score
from workers.segment.text_labeller import TextPage, text_blocks

RENDERINGS = ("lines", "paragraphs", "lossy")


def text_page(example: Example) -> TextPage:
    """The rendering with its out-of-fold verdicts, as the labeller would hand it over."""
    return TextPage(
        text_blocks(example.texts, example.second, example.story, example.features),
        example.second,
        example.features.words,
        example.story,
        example.features.whole,
    )


def judged(example: Example) -> Segmented:
    """The rendering assembled from its out-of-fold verdicts, by the code that the product runs."""
    return assemble_text(text_page(example))


def rows(corpora: Path, examples: Iterable[Example], worst: int = 0) -> dict[str, Row]:
    """score.py's rows of the flattened labelled pages, and the shares of story and section pages told apart."""
    module: Any = scorer(corpora)
    examples = list(examples)
    result: dict[str, Row] = {}
    for how in RENDERINGS:
        known = {example.page.id: example for example in examples if example.how == how and len(example.second)}
        cases = [case for case in module.gold_cases(corpora / "gold.jsonl", corpora, how) if case[0] in known]
        module.call, has_story = answering("text", known, judged, [case[0] for case in cases])
        row: Row = module.score(cases, worst)
        for name, wanted in (("story_pages_with_article", True), ("section_pages_without", False)):
            told = [has_story[case[0]] == wanted for case in cases if bool(case[4]["body"]) == wanted]
            row[name] = sum(told) / max(1, len(told))
        result[f"gold/{how}"] = row
    return result


def seed(corpora: Path, segment: Callable[[str], Segmented]) -> Row:
    """score.py's row of the seed page, which no model has seen."""
    module: Any = scorer(corpora)
    module.call = lambda url, content_type, body: enrich(segment(body.decode()), Decoded(kind="text", text="", url=url))
    row: Row = module.score(module.seed_case())
    return row


def records(corpora: Path, examples: Iterable[Example]) -> dict[str, list[Judged]]:
    """Every article, teaser and snippet of the judged renderings with its score and whether it is right."""
    module: Any = scorer(corpora)
    found: dict[str, list[Judged]] = {"article": [], "teaser": [], "snippet": []}
    for example in examples:
        if not len(example.second) or example.how not in RENDERINGS or example.page.corpus == "mock-up":
            continue
        page = text_page(example)
        assembled = put_together(page)
        blocks = zip(example.texts, example.roles.tolist(), strict=True)
        add_judged(found, assembled, story_score(page), blocks, example.page.fold, module.word_f1)
    return found
