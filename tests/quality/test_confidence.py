"""Confidence means what it says: of records with confidence 0.9 and more, nine in ten are right.

Judged by records of pages of publishers that neither the labeller nor the table had seen.
"""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.train.calibrate import Judged, cross_validated, table
from workers.segment.confidence import FILE

RECORDS = Path(__file__).with_name("judged_records.json")
JUDGED: dict[str, dict[str, list[Judged]]] = {
    kind: {record: [(score, bool(right), fold) for score, right, fold in rows] for record, rows in records.items()}
    for kind, records in json.loads(RECORDS.read_text("utf-8")).items()
}
CASES = [(kind, record) for kind, records in JUDGED.items() for record, judged in records.items() if judged]
"""HTML pages hardly ever hold a snippet: of these nothing is known, and their table promises little."""


@pytest.mark.parametrize(("kind", "record"), CASES)
def test_nine_in_ten_of_the_confident_records_are_right(kind: str, record: str) -> None:
    confident = [right for confidence, right in cross_validated(JUDGED[kind][record]) if confidence >= 0.9]
    assert sum(confident) >= 0.9 * len(confident), (sum(confident), len(confident))


@pytest.mark.parametrize(("kind", "record"), CASES)
def test_confidence_is_the_share_of_right_records(kind: str, record: str) -> None:
    judged = cross_validated(JUDGED[kind][record])
    expected = sum(confidence for confidence, _ in judged) / len(judged)
    right = sum(right for _, right in judged) / len(judged)
    assert right - 0.1 < expected < right + 0.03


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("record", ["article", "teaser"])
def test_some_records_are_confident(kind: str, record: str) -> None:
    confident = sum(confidence >= 0.9 for confidence, _ in cross_validated(JUDGED[kind][record]))
    assert confident > 0.05 * len(JUDGED[kind][record])


@pytest.mark.parametrize(("kind", "record"), CASES)
def test_the_product_uses_the_table_of_these_records(kind: str, record: str) -> None:
    shipped = json.loads((files("workers.segment") / "data" / FILE).read_text("utf-8"))
    assert shipped[kind][record] == table(JUDGED[kind][record])


def test_a_score_that_promises_too_much_is_taken_down() -> None:
    judged: list[Judged] = [(0.95, number % 2 == 0, number % 5) for number in range(400)]
    judged += [(0.3, False, number % 5) for number in range(400)]
    assert max(confidence for confidence, _ in cross_validated(judged)) < 0.6
