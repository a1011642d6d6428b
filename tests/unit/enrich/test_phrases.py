"""What a text holds."""

from types import ModuleType

import pytest

from tests.plain_source import plain
from workers.enrich import phrases

both = pytest.mark.parametrize("module", [phrases, plain(phrases)], ids=["compiled", "source"])


@both
def test_one_phrase_of_several_is_enough(module: ModuleType) -> None:
    assert module.holds_any("a two min read", ("hour", "min"))
    assert not module.holds_any("a two min read", ("hour", "Minute"))
    assert not module.holds_any("a two min read", ())


@both
@pytest.mark.parametrize(
    ("text", "held"),
    [("so …", True), ("so ..", True), ("so. .", False), ("so。。", True), ("so.。", False), ("", False)],
)
def test_an_ellipsis_is_one_character_or_two_full_stops(module: ModuleType, text: str, held: bool) -> None:
    assert module.holds_ellipsis(text, 0) == held
    assert not module.holds_ellipsis(text + " and then", len(text))
    assert module.holds_ellipsis(text, -5) == held
