"""What is compiled for flattened pages says what its source says as Python runs it."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.plain_source import plain
from workers.segment import (
    line_groups,
    phrase_loops,
    shared_words,
    text_cohesion,
    text_context,
    text_features,
    text_labeller,
    text_lexicon,
    text_phrases,
    text_places,
    text_repeats,
    text_tokens,
    token_loops,
)
from workers.segment.text_blocks import read_lines

COMPILED = {module.__name__: module for module in (line_groups, phrase_loops, shared_words, token_loops)}
ASKING = (
    text_cohesion,
    text_context,
    text_features,
    text_lexicon,
    text_phrases,
    text_places,
    text_repeats,
    text_tokens,
)
WORDS = [
    "Read more", "Holloway steered", "the", "Ferry,", "“ferry”", "4 min", "17", "İstanbul", "ΣΑΣ", "续读", "관련기사",
    "ไทย", "\U00020001", "\U0001f600", "…", "(", ")", ".", "?", "longest" * 6, "\n", "\n\n", "• ", "ab12cd",
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
    features = text_features.TextFeatures(read_lines(text))
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
