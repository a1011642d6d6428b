"""The corpora's scorer, and records to calibrate on, over verdicts of models that did not see a page's publisher."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.quality.corpora_scorer import scorer
from tests.quality.scorer import Row
from tests.train.calibrate import RIGHT_BODY, Judged, same
from tests.train.text_examples import Example
from workers.enrich.records import PageRecords, enrich
from workers.segment.decode import Decoded
from workers.segment.page import Role, Segmented
from workers.segment.text_assembly import assemble_text, put_together, story_score
from workers.segment.text_labeller import TextPage, text_blocks

RENDERINGS = ("lines", "paragraphs", "lossy")


def text_page(example: Example) -> TextPage:
    """The rendering with its out-of-fold verdicts, as the labeller would hand it over."""
    return TextPage(
        text_blocks(example.texts, example.second, example.story, example.features.whole),
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
        module.call, has_story = _caller(known, [case[0] for case in cases])
        row: Row = module.score(cases, worst)
        for name, wanted in (("story_pages_with_article", True), ("section_pages_without", False)):
            told = [has_story[case[0]] == wanted for case in cases if bool(case[4]["body"]) == wanted]
            row[name] = sum(told) / max(1, len(told))
        result[f"gold/{how}"] = row
    return result


def _caller(known: dict[str, Example], order: list[str]) -> tuple[Callable[..., PageRecords], dict[str, bool]]:
    """Stands in for score.call, which is called once a case, in order."""
    waiting = iter(order)
    has_story: dict[str, bool] = {}

    def call(url: str | None, content_type: str, body: bytes) -> PageRecords:
        name = next(waiting)
        segmented = judged(known[name])
        has_story[name] = segmented.story is not None
        return enrich(segmented, Decoded(kind="text", text="", url=url))

    return call, has_story


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
        fold = example.page.fold
        texts = {role: [t for t, r in zip(example.texts, example.roles, strict=True) if r == role] for role in Role}
        if assembled.story is not None:
            body = "\n".join(texts[Role.BODY])
            right = module.word_f1(body, "\n".join(assembled.story.paragraphs)) >= RIGHT_BODY
            found["article"].append((story_score(page), right, fold))
        for promo in assembled.promos:
            right = any(same(promo.headline, headline) for headline in texts[Role.TEASER_HEADLINE])
            found["teaser"].append((promo.confidence, right, fold))
        for item in assembled.feed_items:
            right = any(same(item.text, text) for text in texts[Role.SNIPPET])
            found["snippet"].append((item.confidence, right, fold))
    return found
