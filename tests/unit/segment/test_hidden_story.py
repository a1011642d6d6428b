"""Stories that no visible block holds."""

import json

import pytest

from workers.segment.hidden_story import declared_story, paragraphs, state_story
from workers.segment.html_walk import walk
from workers.segment.page_context import page_context

FIRST = "The ferry line between the two islands will be closed for three weeks from Monday, the harbour office said."
SECOND = " ".join(
    ["Passengers can change to the bus at the northern pier, which leaves every hour until late evening."] * 4
)


def page(node: object) -> str:
    return f"<head><script type='application/ld+json'>{json.dumps(node)}</script></head><body><p>Loading</p></body>"


@pytest.mark.parametrize(
    "node",
    [
        pytest.param(
            {"@type": "NewsArticle", "headline": "Ferry closed", "articleBody": f"{FIRST}\n\n{SECOND}"}, id="plain"
        ),
        pytest.param(
            {"@graph": [{"@type": "WebPage"}, {"@type": ["Article"], "headline": "Ferry closed",
             "articleBody": f"<p>{FIRST}</p><p>{SECOND}</p>"}]}, id="markup in a graph",
        ),
        pytest.param(
            [{"@type": "ReportageNewsArticle", "headline": "Ferry closed", "articleBody": f"{FIRST}\r\n{SECOND}"}],
            id="list",
        ),
    ],
)  # fmt: skip
def test_a_story_that_stands_only_in_json_ld_is_found(node: object) -> None:
    declared = walk(page(node)).declared
    story = declared_story(declared, page_context(declared, "https://example.org/ferry"))
    assert story is not None
    assert story.paragraphs == [FIRST, SECOND]
    assert story.headline == "Ferry closed"
    assert not story.from_markup


@pytest.mark.parametrize(
    "node",
    [
        pytest.param({"@type": "NewsArticle", "articleBody": "Too short to be one."}, id="a description"),
        pytest.param(
            {"@type": "NewsArticle", "articleBody": SECOND, "isAccessibleForFree": False}, id="for subscribers"
        ),
        pytest.param({"@type": "Product", "text": SECOND}, id="no story type"),
        pytest.param(
            {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "articleBody": SECOND}]},
            id="other pages'",
        ),
    ],
)
def test_what_is_no_story_of_the_page_stays_where_it_is(node: object) -> None:
    declared = walk(page(node)).declared
    assert declared_story(declared, page_context(declared, None)) is None


def test_a_story_in_a_scripts_state_is_found_as_the_list_with_most_text() -> None:
    state = {
        "props": {
            "story": {"blocks": [{"type": "p", "text": FIRST}, {"type": "ad"}, {"type": "p", "text": SECOND}]},
            "menu": [{"title": "News"}, {"title": "Sport"}],
        }
    }
    html = f"<body><div id=app></div><script type='application/json'>{json.dumps(state)}</script></body>"
    story = state_story(walk(html).scripts)
    assert story is not None
    assert story.paragraphs == [FIRST, SECOND]


def test_a_script_that_is_no_json_holds_no_story() -> None:
    assert state_story(walk("<script type='application/json'>{broken</script>").scripts) is None


def test_entities_in_a_declared_text_are_read() -> None:
    assert paragraphs("Fish &amp; ships\n\nand more") == ["Fish & ships", "and more"]
