"""A promo's card is the largest element around it that holds nothing of another promo or of the story."""

import pytest

from tests.plain_source import plain
from workers.segment import promo_cards
from workers.segment.html_walk import walk

PAGE = """<body><article><p>Story</p></article><div class=list>
<div class=card><h3>One</h3><p>Below</p></div><div class=card><h3>Two</h3></div></div></body>"""


@pytest.mark.parametrize("module", [promo_cards, plain(promo_cards)])
def test_a_card_ends_where_another_promo_or_the_story_stands(module) -> None:  # type: ignore[no-untyped-def]
    tree = walk(PAGE)
    at = {text: number for number, text in enumerate(tree.block_text)}
    promos = [at["One"], at["Two"]]
    where = (tree.block_element, tree.element_parent, tree.element_first, tree.element_last)
    one, two, story = module.card_elements([*promos, at["Story"]], promos, [at["Story"]], *where)
    assert [(tree.element_first[element], tree.element_last[element]) for element in (one, two)] == [(1, 3), (3, 4)]
    assert story == -1
    alone, of_list = module.card_elements([at["One"], at["Below"]], promos[:1], [at["Story"]], *where)
    assert alone == of_list
    assert (tree.element_first[alone], tree.element_last[alone]) == (1, 4)


def test_a_large_element_is_no_card() -> None:
    count = promo_cards.MOST_BLOCKS + 1
    tree = walk(f"<body><div>{'<p>Line</p>' * count}</div></body>")
    where = (tree.block_element, tree.element_parent, tree.element_first, tree.element_last)
    (card,) = promo_cards.card_elements([3], [3], [], *where)
    assert (tree.element_first[card], tree.element_last[card]) == (3, 4)
