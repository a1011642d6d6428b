"""The votes of a story's words, beside NumPy's sums of them."""

from hashlib import sha256
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain
from workers.enrich import simhash
from workers.enrich.word_counts import WordCounts

both = pytest.mark.parametrize("module", [simhash, plain(simhash)], ids=["compiled", "source"])
COUNTS = st.dictionaries(st.integers(1000, 1200).map(lambda number: f"word{number}".encode()), st.integers(1, 20))


def expected(counts: dict[bytes, int]) -> str:
    """Without headline and short of words: all of them vote."""
    heaviest = sorted(counts.values())[-2:][0]
    weights = np.array([(min(count, heaviest) - 0.9) ** 1.5 for count in counts.values()])
    digests = np.array([np.frombuffer(sha256(word).digest()[:8], np.uint8) for word in counts])
    votes = weights @ np.unpackbits(digests, axis=1)
    return np.packbits(votes > weights.sum() / 2).tobytes().hex()


@both
@given(counts=COUNTS.filter(lambda counts: 0 < sum(count > 1 for count in counts.values()) < 8))
def test_a_bit_is_set_where_words_of_most_of_the_weight_have_it_even_if_only_just(
    module: ModuleType, counts: dict[bytes, int]
) -> None:
    text = b" ".join(word for word, count in counts.items() for _ in range(count))
    assert module.simhash(b"", WordCounts(text)) == expected(counts)


@both
def test_words_of_the_language_do_not_vote_and_are_not_remembered_away(module: ModuleType) -> None:
    story = b"harbour closed harbour closed crane crane port port ships ships monday monday town town fell fell"
    alone = module.simhash(b"", WordCounts(story))
    for number in range(module.REMEMBERED + 1):
        module.simhash(b"", WordCounts(b"word%d" % number))
    assert module.simhash(b"", WordCounts(story + b" that that with with")) == alone
