"""Scripts, told by the characters."""

from types import ModuleType

import pytest

from tests.plain_source import plain
from workers.enrich import scripts

both = pytest.mark.parametrize("module", [scripts, plain(scripts)], ids=["compiled", "source"])


@both
@pytest.mark.parametrize(
    ("text", "beyond", "wide", "touching", "unspaced"),
    [
        ("Ann — “Łódź”", 0, 0, False, False),
        ("Việt", 0, 0, False, False),
        ("Αθήνα", 5, 0, False, False),
        ("Киев", 4, 0, False, False),
        ("שלום", 4, 0, True, False),
        ("हिंदी", 5, 0, True, False),
        ("ไทย", 3, 0, True, True),
        ("東京。", 3, 3, True, True),
        ("서울", 2, 2, True, False),
        ("「」", 2, 2, True, False),
        ("Ｗ😀", 0, 1, False, False),
        ("\ud83d", 0, 0, False, False),
        ("", 0, 0, False, False),
    ],
)
def test_letters_tell_their_script(
    module: ModuleType, text: str, beyond: int, wide: int, touching: bool, unspaced: bool
) -> None:
    assert module.letters_beyond_latin(text) == beyond
    assert module.wide_characters(text) == wide
    assert module.touches_its_neighbours(text) == touching
    assert module.writes_no_spaces(text) == unspaced
