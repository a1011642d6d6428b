"""Roles are chosen, and blocks made, by compiled passes as NumPy and Python's loops would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.plain_source import plain
from workers.segment import block_roles, html_blocks
from workers.segment.html_walk import walk
from workers.segment.page import Block, Role

PROBABILITIES = arrays(np.float32, st.tuples(st.integers(1, 12), st.just(9)), elements=st.floats(0, 1, width=32))
OF_STORY = [Role.BODY, Role.CAPTION, Role.BYLINE, Role.HEADLINE, Role.DEK]
LEAST = 0.42


@pytest.mark.parametrize("module", [block_roles, plain(block_roles)])
@given(PROBABILITIES, st.booleans())
def test_the_likeliest_role_is_the_first_of_the_largest(module, judged, with_story: bool) -> None:  # type: ignore[no-untyped-def]
    found = module.likeliest(judged, with_story, LEAST)
    if not with_story:
        judged = judged.copy()
        judged[:, OF_STORY] = 0
    expected = judged.argmax(axis=1)
    expected[(judged[:, Role.TEASER_HEADLINE] >= LEAST) & (expected == Role.CHROME)] = Role.TEASER_HEADLINE
    assert found == expected.tolist()
    assert all(isinstance(role, Role) for role in found)


@pytest.mark.parametrize("module", [block_roles, plain(block_roles)])
@given(st.lists(st.sampled_from(Role), max_size=20))
def test_blocks_stand_where_their_role_is(module, roles: list[Role]) -> None:  # type: ignore[no-untyped-def]
    expected = [[at for at, other in enumerate(roles) if other is role] for role in Role]
    assert module.by_role(roles) == expected
    assert [module.places(roles, role) for role in Role] == expected


@pytest.mark.parametrize("module", [html_blocks, plain(html_blocks)])
def test_a_block_is_made_of_the_tree_and_its_verdict(module) -> None:  # type: ignore[no-untyped-def]
    tree = walk('<body><h2><a href="/one">One</a></h2><p>Two <a href="/two">three</a></p><img src="a.jpg" alt="Boat">')
    judged = np.zeros((3, 9), dtype=np.float32)
    roles = [Role.TEASER_HEADLINE, Role.BODY, Role.CHROME]
    judged[range(3), roles] = [0.5, 0.25, 0.75]
    first, second, third = module.html_blocks(tree, roles, judged)
    assert first == Block("One", "h2", "/one", ("/one",), None, Role.TEASER_HEADLINE, 0.5)
    assert second == Block("Two three", "p", "/two", ("/two",), None, Role.BODY, 0.25)
    assert (third.text, third.image, third.role, third.confidence) == ("Boat", "a.jpg", Role.CHROME, 0.75)


@pytest.mark.parametrize("module", [html_blocks, plain(html_blocks)])
def test_linked_body_is_likeliest_body_and_mostly_a_link_elsewhere(module) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(7)
    table = random.integers(0, 2, (4, 200)).astype(np.float32)
    table[1] = random.integers(3, 8, 200)
    judged = random.random((200, 3), dtype=np.float32)
    found = module.linked_body(table, np.arange(4), judged, 0.5, 5)
    ratio, words, linked, own = table
    expected = (ratio > 0.5) & (words >= 5) & (linked > 0) & (own == 0) & (judged.argmax(axis=1) == Role.BODY)
    assert found == np.flatnonzero(expected).tolist()
    assert 0 < len(found) < 50


@pytest.mark.parametrize("module", [block_roles, plain(block_roles)])
def test_words_of_blocks_are_added_up(module) -> None:  # type: ignore[no-untyped-def]
    words = np.arange(12, dtype=np.float32).reshape(6, 2)
    assert module.words_in(words[:, 1], [0, 2, 5]) == 1 + 5 + 11
    assert module.words_in(words[:, 1], []) == 0
