"""What a page declares, from every source, in order of trust."""

from workers.enrich.claims import claims_of
from workers.segment.page import Declared


def test_json_ld_goes_before_microdata_and_microdata_before_meta() -> None:
    claims = claims_of(
        Declared(
            title="Title | The Daily Example",
            lang="en",
            meta={
                "og:title": ["From Open Graph"],
                "article:published_time": ["2024-01-03"],
                "author": ["Meta Author"],
                "article:section": ["Meta section"],
                "og:site_name": ["The Daily Example"],
                "og:locale": ["de_DE"],
            },
            json_ld=[
                {
                    "@type": "NewsArticle",
                    "headline": "From JSON-LD",
                    "datePublished": "2024-01-01",
                    "author": {"name": "Ann Example"},
                    "articleSection": "Politics",
                    "publisher": {"name": "Example Media"},
                }
            ],
            itemprops=[("headline", "From microdata"), ("datePublished", "2024-01-02"), ("author", "Item Author")],
            rel_authors=["Rel Author"],
        )
    )
    assert claims.structured_headline == "From JSON-LD"
    assert claims.graph_headline == "From Open Graph"
    assert claims.is_news
    assert claims.published == ["2024-01-01", "2024-01-02", "2024-01-03"]
    assert [[credit.name for credit in source] for source in claims.credits] == [
        ["Ann Example"],
        ["Item Author"],
        ["Meta Author"],
        ["Rel Author"],
    ]
    assert claims.sections == ["Politics", "Meta section"]
    assert claims.site_names == ["The Daily Example", "Example Media"]
    assert claims.languages[0] == "en"


def test_prefixes_of_vocabularies_do_not_count() -> None:
    claims = claims_of(
        Declared(itemprops=[("schema:headline", "A"), ("http://schema.org/datePublished", "2024-01-02")])
    )
    assert claims.structured_headline == "A"
    assert claims.published == ["2024-01-02"]


def test_of_several_stories_the_pages_own_is_read() -> None:
    stories = [
        {"@type": "NewsArticle", "headline": "Another", "url": "https://example.com/other"},
        {"@type": "NewsArticle", "headline": "Ours", "mainEntityOfPage": "https://example.com/story/#main"},
    ]
    claims = claims_of(Declared(canonical="https://example.com/story", json_ld=stories))
    assert claims.structured_headline == "Ours"


def test_dublin_core_puts_the_surname_first() -> None:
    claims = claims_of(Declared(meta={"dc.creator": ["Example, Ann"]}))
    assert claims.credits[0][0].surname_first


def test_a_content_tier_says_who_may_read() -> None:
    assert claims_of(Declared(meta={"article:content_tier": ["locked"]})).is_free is False
    assert claims_of(Declared(meta={"article:content_tier": ["free"]})).is_free is True
    assert claims_of(Declared(meta={"article:content_tier": ["metered"]})).is_free is None
    assert claims_of(Declared(itemprops=[("isAccessibleForFree", "False")])).is_free is False


def test_a_page_that_declares_nothing_claims_nothing() -> None:
    claims = claims_of(Declared())
    assert claims.structured_headline is None
    assert claims.published == []
    assert claims.credits == []
    assert claims.is_free is None
