"""How flattened text is read into blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.segment.text_blocks import MOST_BLOCKS, read_lines


@pytest.mark.parametrize(
    ("text", "blocks", "gaps"),
    [
        ("", [], []),
        ("\n \n\t\n", [], []),
        ("One line", ["One line"], [0]),
        ("First\nSecond\n\nThird\n\n\n\nFourth\n", ["First", "Second", "Third", "Fourth"], [0, 0, 1, 3]),
        ("First\r\nSecond\r\n\r\nThird", ["First", "Second", "Third"], [0, 0, 1]),
        ("First\rSecond\x85Third\u2028Fourth", ["First", "Second", "Third", "Fourth"], [0, 0, 0, 0]),
        ("  Tabs\tand \u00a0 spaces\u3000fold  ", ["Tabs and spaces fold"], [0]),
        ("soft\u00adhyphen and zero\u200bwidth", ["softhyphen and zerowidth"], [0]),
        ("Before\n* * *\nAfter", ["Before", "After"], [0, 1]),
        ("Before\n\n-----\n\nAfter", ["Before", "After"], [0, 3]),
    ],
)
def test_lines_are_blocks_and_blank_lines_are_gaps(text: str, blocks: list[str], gaps: list[int]) -> None:
    lines = read_lines(text)
    assert lines.texts == blocks
    assert lines.gap.tolist() == gaps


@pytest.mark.parametrize(
    ("line", "text", "mark"),
    [
        ("• A headline in a list", "A headline in a list", 1),
        ("* A headline in a list", "A headline in a list", 1),
        ("··  Twice marked", "Twice marked", 1),
        ("## A heading", "A heading", 1),
        ("#hashtag stays", "#hashtag stays", 0),
        ("– Jeg vet ikke, sier hun.", "– Jeg vet ikke, sier hun.", 0),
        ("*sic", "sic", 1),
        ("2 min read", "2 min read", 0),
    ],
)
def test_bullets_and_heading_marks_are_taken_off_but_spoken_dashes_stay(line: str, text: str, mark: int) -> None:
    lines = read_lines(line)
    assert (lines.texts, lines.mark.tolist()) == ([text], [mark])


def test_a_page_in_one_line_is_cut_into_pieces() -> None:
    lines = read_lines("word " * 20_000)
    assert len(lines.texts) == 5
    assert max(map(len, lines.texts)) <= 20_000


@given(st.text(max_size=400))
def test_no_letter_or_digit_is_lost_added_or_moved(text: str) -> None:
    read = "".join(character for line in read_lines(text).texts for character in line if character.isalnum())
    assert read == "".join(character for character in text if character.isalnum())


@given(st.text(max_size=400))
def test_every_block_holds_a_letter_or_digit_and_no_line_break(text: str) -> None:
    lines = read_lines(text)
    assert len(lines.texts) == len(lines.gap) == len(lines.mark)
    for line in lines.texts:
        assert any(map(str.isalnum, line))
        assert line == " ".join(line.split())


def test_more_lines_than_any_page_has_are_not_looked_at() -> None:
    lines = read_lines("a\n\n" * (MOST_BLOCKS + 10))
    assert len(lines.texts) == len(lines.gap) == MOST_BLOCKS
