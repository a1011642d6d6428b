"""JSON-LD of every shape."""

import random
from typing import Any

from workers.enrich.structured import Credit, StructuredStory, read_structured

STORY: dict[str, Any] = {
    "@type": "NewsArticle",
    "headline": "Minister resigns",
    "image": ["https://example.com/1x1.jpg", "https://example.com/16x9.jpg"],
    "author": {"@type": "Person", "name": "Ann Example"},
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Daily Example"},
    "datePublished": "2024-03-05T12:00:00Z",
    "dateModified": "2024-03-06T12:00:00Z",
    "articleSection": ["Politics", "Europe"],
    "keywords": "minister, resignation",
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.com/story"},
    "inLanguage": "en-GB",
    "isAccessibleForFree": "False",
}


def the_story(*json_ld: Any) -> Any:
    return read_structured(list(json_ld)).story


def test_a_plain_node_is_read() -> None:
    story = the_story(STORY)
    assert story.headlines == ["Minister resigns"]
    assert story.pictures == ["https://example.com/1x1.jpg"]
    assert story.authors == [Credit("Ann Example")]
    assert story.publishers == ["The Daily Example"]
    assert story.published == ["2024-03-05T12:00:00Z"]
    assert story.modified == ["2024-03-06T12:00:00Z"]
    assert story.sections == ["Politics", "Europe"]
    assert story.keywords == ["minister, resignation"]
    assert "https://example.com/story" in story.addresses
    assert story.language == "en-GB"
    assert story.is_free is False


def test_the_story_is_found_wherever_it_hides() -> None:
    for hidden in (
        [STORY],
        [[STORY]],
        {"@graph": [{"@type": "WebSite", "name": "x"}, STORY]},
        {"@type": "WebPage", "mainEntity": STORY},
        {"@type": "WebPage", "mainEntityOfPage": {"mainEntity": [STORY]}},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": STORY}]},
        {**STORY, "@type": ["Article", "http://schema.org/NewsArticle"]},
        {**STORY, "@type": "schema:NewsArticle"},
    ):
        assert the_story(hidden).headlines == ["Minister resigns"]


def test_an_article_goes_before_the_page_that_holds_it() -> None:
    assert the_story({"@type": "WebPage", "name": "The page"}, STORY).headlines == ["Minister resigns"]


def test_people_are_named_in_every_shape() -> None:
    def authors(value: Any, *others: Any) -> list[str]:
        return [credit.name for credit in the_story({**STORY, "author": value}, *others).authors]

    assert authors("Ann Example") == ["Ann Example"]
    assert authors(["Ann Example", {"name": "Bob Sample"}]) == ["Ann Example", "Bob Sample"]
    assert authors({"name": ["Ann Example", "Bob Sample"]}) == ["Ann Example", "Bob Sample"]
    assert authors({"@id": "#ann"}, {"@id": "#ann", "@type": "Person", "name": "Ann Example"}) == ["Ann Example"]
    assert authors({"@id": "#nobody"}) == []
    assert authors(7) == []
    assert authors(None) == []


def test_pictures_are_read_in_every_shape() -> None:
    def pictures(value: Any) -> list[str]:
        return list(the_story({**STORY, "image": value}).pictures)

    assert pictures("/a.jpg") == ["/a.jpg"]
    assert pictures({"@type": "ImageObject", "url": "/a.jpg", "contentUrl": "/b.jpg"}) == ["/a.jpg"]
    assert pictures([{"url": "/a.jpg"}, {"contentUrl": "/b.jpg"}, 7]) == ["/a.jpg", "/b.jpg"]
    assert pictures(None) == []


def test_an_organisation_is_told_from_a_person() -> None:
    story = the_story({**STORY, "author": {"@type": "Organization", "name": "The Daily Example"}})
    assert story.authors == [Credit("The Daily Example", is_organisation=True)]


def test_a_part_for_subscribers_makes_the_story_one() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"}
    assert the_story({**STORY, "isAccessibleForFree": True, "hasPart": [part]}).is_free is False
    assert the_story({**STORY, "isAccessibleForFree": "http://schema.org/True"}).is_free is True
    assert the_story({**STORY, "isAccessibleForFree": "maybe"}).is_free is None


def test_breadcrumbs_and_the_sites_name_are_read() -> None:
    page = read_structured(
        [
            {"@type": "WebSite", "name": "The Daily Example"},
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"position": 1, "name": "Home"},
                    {"position": 2, "item": {"@id": "https://example.com/politics", "name": "Politics"}},
                ],
            },
        ]
    )
    assert page.site_names == ["The Daily Example"]
    assert page.trail == ["Home", "Politics"]


def test_no_json_breaks_the_reader() -> None:
    chance = random.Random(3)  # noqa: S311 - the same trees every time, no secret
    keys = [*STORY, "@graph", "mainEntity", "@id", "name", "hasPart", "itemListElement", "item"]

    def anything(depth: int) -> Any:
        kind = chance.randrange(8 if depth else 5)
        if kind < 5:
            return [None, True, 7, 1.5, "NewsArticle"][kind]
        if kind < 7:
            return {chance.choice(keys): anything(depth - 1) for _ in range(chance.randrange(6))}
        return [anything(depth - 1) for _ in range(chance.randrange(4))]

    for _ in range(2_000):
        read_structured([{"@type": "NewsArticle", **{key: anything(4) for key in keys}}])


def test_a_tree_without_end_is_read_as_far_as_it_makes_sense() -> None:
    deep: Any = STORY
    for _ in range(500):
        deep = {"@graph": [deep]}
    assert read_structured([deep]).story == StructuredStory()
    wide = {"@graph": [{"@type": "Thing"}] * 100_000}
    assert read_structured([wide]).story == StructuredStory()
