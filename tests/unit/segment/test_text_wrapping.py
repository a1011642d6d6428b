"""When lines are joined, and when they are not."""

import textwrap

import pytest

from workers.segment.text_blocks import read_lines

_PARAGRAPHS = [
    "The harbour town of Elmsford will close its old ferry line at the end of the month, the council said on "
    "Tuesday, after years of falling passenger numbers and a storm that damaged both landing stages last winter.",
    "Mayor Ann Example told the meeting that the money would go into a new bus route along the coast, which is to "
    "start in June and run every half hour until midnight. Nobody at the table spoke against the plan.",
    "Fishermen had hoped that one of the two boats could be kept for the summer season. The last crossing is "
    "planned for Sunday morning, and the crew has asked everybody who ever worked on the line to come aboard.",
] * 4


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100, 120])
def test_a_wrapped_page_is_joined_to_its_paragraphs(width: int) -> None:
    page = "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in _PARAGRAPHS)
    lines = read_lines(page)
    assert lines.wrapped
    assert lines.texts == _PARAGRAPHS


def test_paragraphs_in_one_line_each_are_left_alone() -> None:
    lines = read_lines("\n".join(_PARAGRAPHS))
    assert not lines.wrapped
    assert lines.texts == _PARAGRAPHS


def test_a_list_of_headlines_of_similar_length_is_not_joined() -> None:
    headlines = [
        "Council votes for a new bridge over the river", "Storm damages harbour wall and two boats in Elmsford",
        "Ferry crew says goodbye after forty years at sea", "Bakery wins prize for the best rye bread",
        "School reopens after repairs to the roof and the gym", "New bus route along the coast starts in June",
        "Library asks readers to bring back old books", "Choir looks for tenors before the summer concert",
        "Museum shows letters of a lighthouse keeper", "Fishermen land record catch of herring",
        "Swimming pool stays closed until September", "Town plants two hundred oaks along the road",
    ]  # fmt: skip
    lines = read_lines("\n".join(headlines))
    assert not lines.wrapped
    assert lines.texts == headlines


def test_wrapped_text_without_spaces_is_joined_without_spaces() -> None:
    paragraph = "港の町は月末に古い連絡船を廃止すると発表した。乗客が減り続け、昨年の嵐で桟橋が壊れたためだ。" * 10
    page = "\n".join(textwrap.wrap(paragraph, 42))
    assert read_lines(page).texts == [paragraph]
