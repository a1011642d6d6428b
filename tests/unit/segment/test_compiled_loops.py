"""What is compiled does what its source says as Python runs it, and what NumPy says where NumPy has the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.plain_source import plain
from workers.segment import (
    block_sums,
    character_counts,
    characters,
    folding,
    line_words,
    markup_words,
    tree_sums,
    word_table,
    words,
)
from workers.segment.page_context import fold, parted

MARKUP = st.text(alphabet="abcdABCDé_- 09\t\x1cя", max_size=40)
LINE = st.text(alphabet=" \t\u2003abIİß.“”—'-9дя詳", max_size=80)


ENTRIES = [("card", 0), ("abcd", 1), ("a", 2), ("b", 3), ("dc", 4), ("read more", 5), ("я", 6), ("a b ab", 7)]
TABLES = [module.WordTable(ENTRIES) for module in (word_table, plain(word_table))]


@given(MARKUP)
def test_names_are_read_alike(value: str) -> None:
    compiled, source = (table.in_names(value) for table in TABLES)
    assert compiled == source


@given(LINE)
def test_lines_are_read_alike(line: str) -> None:
    codes = characters.code_points(fold(line))
    assert TABLES[0].in_head(codes, 0, len(codes)) == TABLES[1].in_head(codes, 0, len(codes))
    assert TABLES[0].in_tail(codes, 0, len(codes)) == TABLES[1].in_tail(codes, 0, len(codes))


def hints(line: str) -> int:
    return int(words.line_hints([line], characters.count([line]).lowered)[0])


@given(st.text(alphabet="abIİßΣσя詳 A", min_size=1, max_size=60))
def test_a_line_of_any_letters_hints_at_what_it_does_in_lower_case(line: str) -> None:
    folded = fold(line)
    if folded and len(folded) <= 40:
        assert hints(line) == hints(folded)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20), min_size=1))
def test_letters_are_in_lower_case_one_by_one(texts: list[str]) -> None:
    lowered = characters.count(texts).lowered
    for at, text in enumerate(texts):
        codes = lowered.codes[lowered.start[at] : lowered.start[at + 1]]
        assert lowered.odd[at] or "".join(map(chr, codes)) == text.lower()


WORDS = st.text(alphabet="ab -/詳細", max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=3), WORDS)
def test_the_words_of_a_line_are_found_in_an_address(lines: list[str], slug: str) -> None:
    words_of = [line_words.LineWords(), plain(line_words).LineWords()]
    for line in map(fold, lines):
        codes, expected = characters.code_points(line), set(parted(line))
        for one in words_of:
            one.read(codes, 0, len(codes))
            assert one.number == len(expected)
            assert one.found_in(codes, slug) == sum(len(word) > 2 and word in slug for word in expected)


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ("article-card__Headline", "headline"), ("readMore", "related"), ("read more", "related"),
        ("HTMLCaption", "caption"), ("photo-credit", "credit"), ("STORYBODY", "body"), ("blog-заголовок", "headline"),
    ],
)  # fmt: skip
def test_a_name_hints_at_what_its_words_say(value: str, category: str) -> None:
    assert markup_words.hints(value) >> markup_words.CATEGORIES.index(category) & 1


def test_classes_that_differ_in_white_space_share_a_number() -> None:
    numbers = {markup_words.class_hints(value)[0] for value in ("one two", " one  two", "one\ttwo\n")}
    assert len(numbers) == 1
    assert markup_words.class_hints(" \t") == markup_words.NO_CLASS


def test_a_long_line_hints_by_its_head_and_its_tail() -> None:
    middle = " ".join(["word"] * 30)
    advert = 1 << words.CATEGORIES.index("advert")
    assert hints(f"Sponsored {middle}") & advert
    assert hints(f"{middle} sponsored") >> 32 & advert
    assert not hints(f"{middle} sponsored {middle}") & (advert | advert << 32)


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=6))
def test_characters_are_counted_alike(texts: list[str]) -> None:
    results = []
    for module in (character_counts, plain(character_counts)):
        counted = [np.zeros((14, len(texts)), dtype=np.float32) for _ in range(2)]
        ends = [np.zeros(len(texts), dtype=np.uint8) for _ in range(2)]
        size = sum(map(len, texts))
        lower = [np.empty(size, np.uint32), np.empty(len(texts) + 1, np.int64), np.empty(len(texts), np.uint8)]
        module.count_classes(texts, characters.TABLE, *counted, *ends, *lower)
        results.append([*counted, *ends, *lower])
    for compiled, source in zip(*results, strict=True):
        assert np.array_equal(compiled, source)


@given(st.text(alphabet=" \t\n\x1c\u2003ab"))
def test_white_space_is_folded_alike(text: str) -> None:
    for module in (folding, plain(folding)):
        assert module.folded(text) == " ".join(text.split())
        assert module.stripped(text) == len(text.strip())
        assert module.is_space(text) == (not text.strip())


@pytest.fixture
def values() -> NDArray[np.float32]:
    return np.random.default_rng(3).random((3, 17), dtype=np.float32)


def test_subtrees_hold_the_sums_of_their_blocks(values: NDArray[np.float32]) -> None:
    first, last = np.array([0, 2, 5, 17]), np.array([17, 9, 5, 17])
    sums = block_sums.subtree_sums(values, first, last)
    for element, (begin, end) in enumerate(zip(first, last, strict=True)):
        assert np.allclose(sums[:, element], values[:, begin:end].sum(axis=1))


@pytest.mark.parametrize("by", [-20, -3, -1, 1, 2, 17])
def test_what_is_shifted_beyond_the_ends_is_unknown(values: NDArray[np.float32], by: int) -> None:
    into = np.empty_like(values)
    block_sums.fill_shifted(values, by, into)
    for at in range(17):
        expected = values[:, at + by] if 0 <= at + by < 17 else -1
        assert (into[:, at] == expected).all()


def test_windows_are_cut_at_the_ends(values: NDArray[np.float32]) -> None:
    into = np.empty_like(values)
    block_sums.fill_window_means(values, 2, 4, into)
    for at in range(17):
        assert np.allclose(into[:, at], values[:, max(0, at - 2) : at + 5].mean(axis=1))


@given(st.lists(st.integers(0, 2**50), min_size=1, max_size=60))
def test_groups_are_numbered_as_their_keys_appear(keys: list[int]) -> None:
    of, number = block_sums.numbered(np.array(keys, dtype=np.int64))
    order = list(dict.fromkeys(keys))
    assert number == len(order)
    assert of.tolist() == [order.index(key) for key in keys]
    first, last = block_sums.group_ends(of, number)
    assert first.tolist() == [keys.index(key) for key in keys]
    assert last.tolist() == [len(keys) - 1 - keys[::-1].index(key) for key in keys]
    assert block_sums.group_sizes(of, number).tolist() == [keys.count(key) for key in keys]


def test_a_path_has_the_bits_of_all_above() -> None:
    bits = block_sums.path_bits(np.array([1, 2, 4, 8, 16]), np.array([0, 0, 1, 0, 2]))
    assert bits.tolist() == [1, 3, 7, 9, 23]


@pytest.mark.parametrize("width", [1, 8, 10])
def test_leaves_are_added_alike(width: int) -> None:
    random = np.random.default_rng(5)
    table = random.random((4, 150), dtype=np.float32)
    question = random.integers(0, 6, (16, 3)).astype(np.intp)
    leaf = random.random(16 * 8 * width, dtype=np.float32)
    results = []
    for module in (tree_sums, plain(tree_sums)):
        into = np.zeros((160, width), dtype=np.float32)
        module.add_leaves(table, np.array([0, 1, 2, 3, 0, 1]), np.full(6, 0.5, np.float32), question, leaf, into)
        results.append(into[:150])
    compiled, source = results
    assert np.allclose(compiled, source)


def test_scores_are_taken_alike() -> None:
    random = np.random.default_rng(6)
    sums, bias = random.normal(size=(16, 8)).astype(np.float32), random.normal(size=3).astype(np.float32)
    results = []
    for module in (tree_sums, plain(tree_sums)):
        scores = np.empty((4, 9), dtype=np.float32)
        module.fill_scores(sums, bias, scores)
        results.append(scores)
    compiled, source = results
    assert np.array_equal(compiled, source)
    assert (compiled.max(axis=0) == 0).all()
    assert np.array_equal(compiled.argmax(axis=0), np.pad(sums[:9, :3] + bias, ((0, 0), (1, 0))).argmax(axis=1))
