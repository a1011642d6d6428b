"""Lines in a story that announce another one are promos, whatever the labeller took them for."""

import numpy as np
import pytest

from workers.segment.html_features import HtmlFeatures
from workers.segment.html_walk import walk
from workers.segment.inline_promos import SURE, with_announced
from workers.segment.page import Role
from workers.segment.page_context import PageContext


@pytest.mark.parametrize(
    ("line", "is_promo"),
    [
        ('Read more: <a href="/other">Harbour chart found behind the old wallpaper</a>', True),
        ('<a href="/other">Lesen Sie auch: Die Seilbahn bekommt ein neues Seil</a>', True),
        ('[Related: <a href="/other">Harbour chart found behind the old wallpaper</a>]', True),
        ("Read more: Harbour chart found behind the old wallpaper", False),
        ('Read more in <a href="/other">the report</a> that the harbour office published on Monday.', False),
        ('<a href="/other">Harbour chart found behind the old wallpaper</a>', False),
    ],
)
def test_a_linked_line_behind_read_more_and_a_mark_is_a_promo(line: str, is_promo: bool) -> None:
    tree = walk(f"<body><p>{line}</p></body>")
    body = np.zeros((1, 9), dtype=np.float32)
    body[0, Role.BODY] = 1
    found = with_announced(tree, HtmlFeatures(tree, PageContext()), body)
    assert (found[0, Role.TEASER_HEADLINE] == np.float32(SURE)) == is_promo
    assert body[0, Role.BODY] == 1
