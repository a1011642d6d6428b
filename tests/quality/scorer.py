"""The corpora's own scorer (score.py), run over verdicts of models that did not see a page's publisher."""

from pathlib import Path
from typing import Any

from tests.quality.corpora_scorer import answering, scorer
from tests.train.calibrate import Judged, add_judged
from tests.train.html_pages import Prepared
from workers.segment.page import Segmented
from workers.segment.page_context import page_context
from workers.segment.segment import assemble_html, fall_back, put_together

Row = dict[str, float]


def judged(page: Prepared) -> Segmented:
    """The page assembled from its out-of-fold verdicts, by the code that the product runs."""
    context = page_context(page.tree.declared, page.page.url)
    return fall_back(assemble_html(page.tree, page.features, page.second, page.story, context), page.tree, context)


def rows(corpora: Path, pages: list[Prepared], worst: int = 0) -> dict[str, Row]:
    """score.py's row for each corpus, and the share of story and section pages that were told apart."""
    module: Any = scorer(corpora)
    result: dict[str, Row] = {}
    for corpus, cases in (
        ("gold/html", module.gold_cases(corpora / "gold.jsonl", corpora / "gold-html", "html")),
        ("body-fundus", module.body_cases(corpora / "body-fundus.jsonl", corpora / "body-fundus-html")),
        ("body-wcxb", module.body_cases(corpora / "body-wcxb.jsonl", corpora / "body-wcxb-html")),
    ):
        known = {page.page.id: page for page in pages if page.page.corpus == corpus.split("/")[0]}
        module.call, has_story = answering("html", known, judged, [case[0] for case in cases])
        result[corpus] = module.score(cases, worst)
        # Not of the models, and no two runs' alike: the same corpora are to give the same files.
        result[corpus].pop("ms_per_page", None)
        if corpus == "gold/html":
            stories = [case[0] for case in cases if case[4]["body"]]
            sections = [case[0] for case in cases if not case[4]["body"]]
            result[corpus]["story_pages_with_article"] = sum(has_story[i] for i in stories) / len(stories)
            result[corpus]["section_pages_without"] = sum(not has_story[i] for i in sections) / len(sections)
    return result


def records(corpora: Path, pages: list[Prepared]) -> dict[str, list[Judged]]:
    """Every article, teaser and snippet of the pages whose blocks are labelled, its score, and whether it is right."""
    module: Any = scorer(corpora)
    found: dict[str, list[Judged]] = {"article": [], "teaser": [], "snippet": []}
    for page in pages:
        if page.repeated or not page.labelled:
            continue
        context = page_context(page.tree.declared, page.page.url)
        _, assembled, score = put_together(page.tree, page.features, page.second, page.story, context)
        blocks = zip(page.tree.block_text, page.roles.tolist(), strict=True)
        add_judged(found, assembled, score, blocks, page.fold, module.word_f1)
    return found
