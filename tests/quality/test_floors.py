"""The quality gate: what is shipped may not get worse on the labelled pages.

The model has seen these pages, so the figures are no measure of quality (tests/quality/run.py gives those); they notice
a change in the walk, the features, the assembly or the enrichment that loses something. `python -m
tests.quality.test_floors CORPORA` writes the floors anew where figures rose; it lowers none.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from schemas import RawPage
from tests.quality.corpora_scorer import scorer
from workers.pipeline import process_page

FLOORS = Path(__file__).with_name("shipped_floors.json")
SLACK = 0.003
"""A page read a little otherwise (another charset guess, another library version) moves a mean by less."""
PAGE_SLACK = 0.05
_LOWER_IS_BETTER = {"mistaken": 0.5}
_NOT_QUALITY = {"pages", "ms_per_page"}


def measured(corpora: Path) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """The scorer's rows of the shipped model, and each labelled page's own body figure."""
    module: Any = scorer(corpora)
    bodies: dict[str, float] = {}

    def call(url: str | None, content_type: str, body: bytes) -> object:
        return process_page(RawPage(url=url, content_type=content_type, body=body))

    module.call = call
    rows = {"seed": module.score(module.seed_case())}
    for how in ("html", "lines", "paragraphs", "lossy"):
        cases = module.gold_cases(corpora / "gold.jsonl", corpora / "gold-html", how)
        rows[f"gold/{how}"] = module.score(cases)
        if how == "html":
            for case in cases:
                bodies[case[0]] = module.score([case]).get("body_word_f1", 0.0)
    return rows, bodies


@pytest.fixture(scope="module")
def figures(eval_folder: Path) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    return measured(eval_folder)


def test_no_figure_of_the_shipped_model_fell(figures: tuple[dict[str, dict[str, float]], dict[str, float]]) -> None:
    rows, bodies = figures
    floors = json.loads(FLOORS.read_text())
    fallen = []
    for name, row in floors["rows"].items():
        for measure, floor in row.items():
            value = rows[name].get(measure, 0.0)
            worse = value > floor + _LOWER_IS_BETTER[measure] if measure in _LOWER_IS_BETTER else value < floor - SLACK
            if worse:
                fallen.append(f"{name} {measure}: {value}, floor {floor}")
    pages = [
        f"{page}: body {bodies.get(page, 0.0):.3f}, was {floor:.3f}"
        for page, floor in floors["pages"].items()
        if bodies.get(page, 0.0) < floor - PAGE_SLACK
    ]
    assert not fallen, "\n".join(["fell below the floor:", *fallen, "pages that got worse:", *pages])


def test_the_seed_page_is_read_without_a_fault(figures: tuple[dict[str, dict[str, float]], dict[str, float]]) -> None:
    seed = figures[0]["seed"]
    perfect = {name: value for name, value in seed.items() if name not in _NOT_QUALITY and name != "mistaken"}
    assert set(perfect.values()) == {1.0}, seed
    assert seed["mistaken"] == 0


def raise_floors(corpora: Path) -> None:
    """Write the better of floor and figure."""
    rows, bodies = measured(corpora)
    old = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"rows": {}, "pages": {}}
    raised: dict[str, dict[str, float]] = {}
    for name, row in rows.items():
        before = old["rows"].get(name, {})
        raised[name] = {
            measure: (min if measure in _LOWER_IS_BETTER else max)(value, before.get(measure, value))
            for measure, value in row.items()
            if measure not in _NOT_QUALITY and value is not None
        }
    pages = {page: max(value, old["pages"].get(page, 0.0)) for page, value in bodies.items()}
    FLOORS.write_text(json.dumps({"rows": raised, "pages": pages}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    raise_floors(Path(sys.argv[1]))
