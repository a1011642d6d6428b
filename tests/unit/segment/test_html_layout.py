"""What markup says about promos and pictures, compiled and as its source says it."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.plain_source import plain
from workers.segment import html_layout
from workers.segment.assemble import Span
from workers.segment.block_roles import by_role
from workers.segment.html_blocks import html_blocks
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.page import Block, Picture, Role
from workers.segment.page_context import PageContext

PAGE = """<body><article><h1>Bridge agreed</h1><figure><img src="bridge.jpg" alt="Bridge"><figcaption>The bridge in
May</figcaption></figure><p>The council agreed on a bridge.</p><p>Print</p><p>Share</p></article><aside class="sidebar">
<div class="card"><a href="/ferry"><img src="ferry.jpg" alt=""></a><span>Opinion</span><h3>Ferry fares rise</h3></div>
<div class="card"><span>Sponsored</span><h3><a href="/paint">Paint for boats</a></h3></div>
<div class="card"><h3><a href="//www.example.org/bridge/#top">Bridge agreed again</a></h3></div>
<h3><a href="https://other.example/bridge">Bridges of others</a></h3></aside></body>"""
ROLES = {
    "Bridge agreed": Role.HEADLINE,
    "The bridge in May": Role.CAPTION,
    "The council agreed on a bridge.": Role.BODY,
    "Ferry fares rise": Role.TEASER_HEADLINE,
    "Paint for boats": Role.TEASER_HEADLINE,
    "Bridge agreed again": Role.TEASER_HEADLINE,
    "Bridges of others": Role.TEASER_HEADLINE,
}
HOME = PageContext(own_paths=frozenset({"/bridge"}), host="example.org")


def laid_out(module: ModuleType, page: str, others: Role) -> tuple[HtmlTree, list[Role], list[Block], Any]:
    """A page, the roles of its blocks (those that ROLES does not know are `others`), the blocks and the layout."""
    tree = walk(page)
    roles = [ROLES.get(text, others) for text in tree.block_text]
    blocks = html_blocks(tree, roles, np.ones((len(roles), 9), dtype=np.float32))
    return tree, roles, blocks, module.HtmlLayout(tree, HtmlFeatures(tree, HOME), HOME, blocks, by_role(roles))


@pytest.mark.parametrize("module", [html_layout, plain(html_layout)])
def test_a_promo_is_read_off_its_card(module: ModuleType) -> None:
    tree, roles, blocks, layout = laid_out(module, PAGE, Role.CHROME)
    body = tree.block_text.index("The council agreed on a bridge.")
    span, found = Span(body, body), {}
    for at, text in enumerate(tree.block_text):
        if roles[at] is Role.TEASER_HEADLINE:
            card = layout.card(at)
            href = layout.link(card, at)
            told = layout.image(card, at), layout.kicker(card, at), layout.sponsored(card, at)
            found[text] = (href, *told, layout.leads_home(at, href), layout.placement(at, span))
    assert found == {
        "Ferry fares rise": ("/ferry", "ferry.jpg", "Opinion", False, False, "rail"),
        "Paint for boats": ("/paint", None, None, True, False, "rail"),
        "Bridge agreed again": ("//www.example.org/bridge/#top", None, None, False, True, "rail"),
        "Bridges of others": ("https://other.example/bridge", None, None, False, False, "rail"),
    }
    assert blocks[tree.block_text.index("Opinion")].role is Role.KICKER
    caption = tree.block_text.index("The bridge in May")
    expected = [Picture(src="bridge.jpg", alt="Bridge", caption="The bridge in May")]
    assert layout.pictures(span, 0, [caption]) == expected


INLINE = """<body><article><h1>Bridge agreed</h1><p>The council agreed on a bridge.</p><img src="bridge.jpg">
<div class="card"><a href="/ferry"><img src="ferry.jpg"></a><h3><a href="/ferry">Ferry fares rise</a></h3></div>
<p>It will be built next year.</p></article></body>"""


@pytest.mark.parametrize("module", [html_layout, plain(html_layout)])
def test_the_picture_of_a_promo_in_the_story_is_not_the_storys(module: ModuleType) -> None:
    _, roles, _, layout = laid_out(module, INLINE, Role.BODY)
    span = Span(roles.index(Role.BODY), len(roles) - 1)
    assert [picture.src for picture in layout.pictures(span, 0, [])] == ["bridge.jpg"]
