"""What is compiled for flattened pages says what its source says as Python runs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import fill

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.plain_source import plain
from workers.segment import (
    line_groups,
    line_reading,
    phrase_loops,
    shared_words,
    text_blocks,
    text_cohesion,
    text_context,
    text_features,
    text_labeller,
    text_lexicon,
    text_phrases,
    text_places,
    text_repeats,
    text_shape,
    text_tokens,
    text_wrapping,
    token_loops,
)
from workers.segment.characters import code_points
from workers.segment.text_blocks import read_lines

COMPILED = {module.__name__: module for module in (line_groups, line_reading, phrase_loops, shared_words, token_loops)}
ASKING = (
    text_blocks,
    text_cohesion,
    text_context,
    text_features,
    text_lexicon,
    text_phrases,
    text_places,
    text_repeats,
    text_shape,
    text_tokens,
    text_wrapping,
)
WORDS = [
    "Read more", "Holloway steered", "the", "Ferry,", "“ferry”", "4 min", "17", "İstanbul", "ΣΑΣ", "续读", "관련기사",
    "ไทย", "\U00020001", "\U0001f600", "…", "(", ")", ".", "?", "longest" * 6, "\n", "\n\n", "• ",
    "ab12cd", "#", "\xa0", "\u2028", "\u200b", "\t",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), min_size=1, max_size=60).map(" ".join)


@contextmanager
def not_compiled() -> Iterator[None]:
    """All that flattened pages have compiled is replaced by its source."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ASKING:
            for name, value in list(vars(module).items()):
                loops = COMPILED.get(getattr(value, "__module__", None) or "")
                if loops is not None:
                    patch.setattr(module, name, getattr(plain(loops), value.__name__))
        assert vars(text_tokens)["read_tokens"] is not token_loops.read_tokens
        yield


def _columns(text: str) -> NDArray[np.float32]:
    learned = text_labeller.model()
    features = text_features.TextFeatures(text_blocks.read_lines(text))
    own = text_labeller.alone(features, learned.lexicon)
    judged = np.zeros((own.shape[1], text_lexicon.CLASSES), dtype=np.float32)
    # Verdicts of all sizes, whatever a model would say.
    judged[:] = np.linspace(0, 1, judged.size, dtype=np.float32).reshape(judged.shape) ** 3
    return text_labeller.both(own, features, judged, 0.5)


@given(TEXT)
@settings(max_examples=60, deadline=None)
def test_a_page_has_the_same_features_whether_compiled_or_not(text: str) -> None:
    if not read_lines(text).texts:
        return
    compiled = _columns(text)
    with not_compiled():
        source = _columns(text)
    np.testing.assert_array_equal(compiled, source)


def test_verdicts_of_another_matrix_are_taken_over() -> None:
    features = text_features.TextFeatures(read_lines("Read more\n\nA ferry is late\n\nContact us"))
    own = text_labeller.alone(features, text_labeller.model().lexicon)
    judged = np.full((3, text_lexicon.CLASSES), 0.1, dtype=np.float32)
    expected = text_labeller.both(own, features, judged, 0.5).copy()
    copied = own.copy()
    own[:] = 7
    np.testing.assert_array_equal(text_labeller.both(copied, features, judged, 0.5), expected)


@given(TEXT)
@settings(deadline=None)
def test_lines_are_read_alike(text: str) -> None:
    compiled = read_lines(text)
    with not_compiled():
        source = read_lines(text)
    assert (compiled.texts, compiled.wrapped) == (source.texts, source.wrapped)
    np.testing.assert_array_equal(compiled.gap, source.gap)
    np.testing.assert_array_equal(compiled.mark, source.mark)


def test_a_wrapped_page_is_read_alike() -> None:
    text = fill(
        "A ferry that has crossed the bay for a hundred years is to be taken out of service by its owners. " * 9, 60
    )
    compiled = read_lines(text)
    with not_compiled():
        assert read_lines(text).texts == compiled.texts
    assert compiled.wrapped


def test_all_white_space_is_noticed() -> None:
    breaks = set("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    for code in range(0x10000):
        character = chr(code)
        expected = 0
        if character in breaks:
            expected = line_reading.BREAK
        elif character in "\u200b\u2060\ufeff\u00ad":
            expected = line_reading.INVISIBLE
        elif character.isspace() and character not in " \n":
            expected = line_reading.SPACE
        assert line_reading.oddities(code_points(f"a{character}")) == expected, hex(code)
    assert line_reading.oddities(code_points("a  b")) == line_reading.SPACE
