"""The outermost of the elements around a block is told by its tag or by what it is called."""

import pytest

from tests.plain_source import plain
from workers.segment import outermost
from workers.segment.html_tags import TAGS
from workers.segment.html_walk import walk
from workers.segment.markup_words import CATEGORIES

BODY = 1 << CATEGORIES.index("body")


@pytest.mark.parametrize("module", [outermost, plain(outermost)])
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Line</p>", (None, None, None)),
        ("<main><article><article><p>Line</p></article></article></main>", ("article", "main", None)),
        ('<article><div class="article-body"><p>Line</p></div></article>', ("article", None, "div")),
        ("<article><p>Other</p></article><main><p>Line</p></main>", (None, "main", None)),
    ],
)
def test_the_outermost_of_each_kind_is_found(module, html: str, expected: tuple[str | None, ...]) -> None:  # type: ignore[no-untyped-def]
    tree = walk(f"<body>{html}</body>")
    block = tree.block_text.index("Line")
    found = module.outermost(tree, block, (TAGS.index("article"), TAGS.index("main")), BODY)
    assert tuple(TAGS[tree.element_tag[element]] if element else None for element in found) == expected
    if expected[0] and expected[1]:
        assert tree.element_tag[tree.element_parent[found[0]]] == TAGS.index("main")
