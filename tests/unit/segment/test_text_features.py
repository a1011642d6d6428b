"""What the labeller sees of a flattened page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.segment.text_blocks import read_lines
from workers.segment.text_cohesion import cohesion
from workers.segment.text_features import TextFeatures
from workers.segment.text_phrases import CATEGORIES, LONGEST, heads, phrase_bits
from workers.segment.text_tokens import tokenise


def _phrases(line: str) -> tuple[set[str], set[str], set[str]]:
    tokens = tokenise([line])
    return tuple(  # type: ignore[return-value]
        {name for number, name in enumerate(CATEGORIES) if int(bits[0]) >> number & 1}
        for bits in phrase_bits([line], tokens, heads(tokens, LONGEST))
    )


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("2 min read", "readtime"), ("12 min read", "readtime"), ("Article image", "image"), ("News Feed", "feed"),
        ("Show More", "more"), ("Lesezeit: 4 Minuten", "readtime"), ("Mehr zum Thema", "related"),
        ("Les plus lus", "related"), ("Última hora", "feed"), ("Leggi anche", "readmore"), ("Leia também", "related"),
        ("Lees ook", "readmore"), ("Siste nytt", "feed"), ("Lue myös", "readmore"), ("Czytaj także", "readmore"),
        ("Останні новини", "feed"), ("Читайте также", "related"), ("관련기사", "related"), ("اقرأ أيضا", "related"),
        ("続きを読む", "readmore"), ("新着ニュース", "feed"), ("相关阅读", "related"), ("Advertisement", "advert"),
    ],
)  # fmt: skip
def test_a_line_of_furniture_is_known_in_many_languages(line: str, category: str) -> None:
    whole, head, _ = _phrases(line)
    assert category in whole | head


def test_a_phrase_at_the_head_of_a_headline_is_no_whole_line() -> None:
    whole, head, _ = _phrases("Read more: Harbour town closes its ferry line after a hundred years")
    assert "readmore" in head
    assert not whole


def test_a_sentence_is_no_phrase() -> None:
    whole, _, _ = _phrases("The council closed the ferry line on Tuesday.")
    assert not whole


def test_blocks_that_share_names_are_bound_and_others_are_not() -> None:
    texts = [
        "Ferry captain Margaret Holloway steered the last crossing to Elmsford.",
        "Elsewhere in tennis, a qualifier beat the champion in straight sets.",
        "Holloway thanked the passengers of Elmsford.",
    ]
    shared = cohesion(tokenise(texts)).shared_with(np.ones(3, dtype=np.float32))
    assert shared[0] > 0.1
    assert shared[2] > 0.3
    assert shared[1] == 0


@given(st.text(max_size=300))
def test_any_text_gives_finite_features_of_one_shape(text: str) -> None:
    lines = read_lines(text)
    if not lines.texts:
        return
    features = TextFeatures(lines)
    assert features.columns.shape == (len(features.names), len(lines.texts))
    assert np.isfinite(features.columns).all()
    assert features.names == TextFeatures(read_lines("one\n\ntwo")).names
