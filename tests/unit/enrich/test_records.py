"""From a segmented page to its records, as a whole."""

import msgspec
import pytest

from schemas import Image, ReadingMinutes
from workers.enrich.records import PageRecords, enrich
from workers.segment.decode import Decoded
from workers.segment.page import Block, Declared, FeedItem, Picture, Promo, Role, Segmented, Story

PARAGRAPHS = [
    "The harbour of Example Town will be closed from Monday, Reuters reported on March 5.",
    "Ships that wait outside have to sail on to Sample Bay.",
]


def story(**changes: object) -> Story:
    settings: dict[str, object] = {
        "headline": "Reuters: Example Town closes harbour",
        "dek": None,
        "byline": [],
        "paragraphs": PARAGRAPHS,
        "pictures": [],
        "links": [],
        "confidence": 0.9,
    }
    return Story(**(settings | changes))  # type: ignore[arg-type]


def records(
    page: Decoded | None = None,
    own: Story | None = None,
    *,
    declared: Declared | None = None,
    blocks: list[Block] | None = None,
    promos: list[Promo] | None = None,
    items: list[FeedItem] | None = None,
    seen_at: str | None = None,
) -> PageRecords:
    segmented = Segmented("html", blocks or [], declared or Declared(), own, promos or [], items or [])
    return enrich(segmented, page or Decoded("html", ""), source="news.pages:0:7", seen_at=seen_at, segmented_at="now")


def test_a_flattened_page_without_an_address_is_enriched_from_its_text_alone() -> None:
    blocks = [
        Block("Reuters: Example Town closes harbour", role=Role.HEADLINE),
        Block("2 min read"),
        Block("Article image"),
    ]
    own = story(pictures=[Picture(caption="A crane in the harbour on Monday. (Sample/Getty Images)")])
    cut = "Ships have been turned away for days. The port authority made the remarks at a gathering of 20 captains"
    promos = [Promo("Why ships wait", summary=cut), Promo("A crane falls", summary="The crane was inspected in…")]
    article = records(Decoded("text", ""), own, blocks=blocks, promos=promos).article
    assert article is not None
    assert article.headline == "Reuters: Example Town closes harbour"
    assert article.attribution == ["Reuters"]
    assert article.authors == []
    assert article.language == "en"
    assert article.reading_minutes == ReadingMinutes(stated=2, computed=1)
    assert article.images == [Image(caption="A crane in the harbour on Monday.", credit="Sample/Getty Images")]
    assert (article.site, article.url, article.published_at, article.paywalled) == (None, None, None, None)
    teasers = records(Decoded("text", ""), own, promos=promos).teasers
    assert [teaser.truncated for teaser in teasers] == [True, True]


def test_an_html_page_fills_every_field() -> None:
    declared = Declared(
        title="Example Town closes harbour | The Daily Example",
        lang="en-GB",
        canonical="/news/harbour",
        meta={
            "og:site_name": ["The Daily Example"],
            "twitter:label1": ["Reading time"],
            "twitter:data1": ["4 minutes"],
        },
        json_ld=[
            {
                "@type": "NewsArticle",
                "headline": "Example Town closes harbour",
                "author": [{"@type": "Person", "name": "Ann Example"}, {"@type": "Organization", "name": "AFP"}],
                "datePublished": "2024-03-05T12:00:00+01:00",
                "dateModified": "2024-03-05T18:00:00+01:00",
                "articleSection": "Economy",
                "keywords": ["harbour", "ships"],
                "isAccessibleForFree": False,
            }
        ],
    )
    own = story(
        headline="Example Town closes harbour",
        dek="Ships  turned away",
        byline=["By Ann Example"],
        pictures=[Picture(src="/i.jpg", alt="A crane", caption="A crane", credit="Photo: Bob Sample")],
        links=["/a", "#top", "/a", "https://other.example.org/b", "javascript:x()"],
    )
    page = Decoded(
        "html", "", url="https://www.example.com/news/harbour?utm_source=x", fetched_at="2024-03-06T00:00:00Z"
    )
    article = records(page, own, declared=declared).article
    assert article is not None
    assert article.site == "example.com"
    assert article.site_name == "The Daily Example"
    assert article.canonical_url == "https://www.example.com/news/harbour"
    assert article.url == "https://www.example.com/news/harbour?utm_source=x"
    assert article.headline == "Example Town closes harbour"
    assert article.dek == "Ships turned away"
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.authors == ["Ann Example"]
    assert article.attribution == ["AFP", "Reuters"]
    assert article.published_at == "2024-03-05T12:00:00+01:00"
    assert article.modified_at == "2024-03-05T18:00:00+01:00"
    assert article.section == "Economy"
    assert article.keywords == ["harbour", "ships"]
    assert article.images == [
        Image(url="https://www.example.com/i.jpg", alt="A crane", caption="A crane", credit="Bob Sample")
    ]
    assert article.links == ["https://www.example.com/a", "https://other.example.org/b"]
    assert article.paywalled is True
    assert article.reading_minutes == ReadingMinutes(stated=4, computed=1)
    assert article.word_count == 26
    assert article.language == "en"
    assert article.confidence == 0.9
    assert (article.source, article.segmented_at) == ("news.pages:0:7", "now")
    assert article.fetched_at == "2024-03-06T00:00:00Z"
    assert len(article.content_hash or "") == 32
    assert len(article.simhash or "") == 16


def test_a_declared_picture_stands_in_where_the_page_shows_none() -> None:
    declared = Declared(meta={"og:image": ["/og.jpg"], "og:image:alt": ["A crane"]})
    page = Decoded("html", "", url="https://example.com/news/harbour")
    alone = records(page, story(), declared=declared).article
    assert alone is not None
    assert alone.images == [Image(url="https://example.com/og.jpg", alt="A crane")]
    beside = records(page, story(pictures=[Picture(src="/own.jpg")]), declared=declared).article
    assert beside is not None
    assert beside.images == [Image(url="https://example.com/own.jpg")]


def test_a_story_without_text_is_no_article() -> None:
    result = records(own=story(paragraphs=[" ", "\u200b"]))
    assert result.article is None
    assert result.outcome == "empty"


def test_the_crawlers_site_wins() -> None:
    result = records(
        Decoded("html", "", url="https://www.example.com/x", site="The Example"), story(), promos=[Promo("A b")]
    )
    assert result.site == "The Example"
    assert result.article is not None
    assert result.article.site == "The Example"
    assert result.teasers[0].site == "The Example"


def test_a_page_of_unknown_address_takes_the_one_that_it_names() -> None:
    declared = Declared(canonical="https://www.example.com/news/harbour")
    result = records(own=story(links=["/a"]), declared=declared)
    assert result.site == "example.com"
    assert result.url is None
    assert result.article is not None
    assert result.article.links == ["https://www.example.com/a"]


@pytest.mark.parametrize(
    "canonical", ["https://example.com/", "https://example.com", "/", "javascript:x", "https://[::1"]
)
def test_a_canonical_address_that_would_merge_all_stories_is_not_believed(canonical: str) -> None:
    page = Decoded("html", "", url="https://example.com/news/harbour")
    article = records(page, story(), declared=Declared(canonical=canonical)).article
    assert article is not None
    assert article.canonical_url is None
    assert article.id == records(page, story()).article.id  # type: ignore[union-attr]


def test_two_crawls_of_one_story_have_one_id() -> None:
    one = records(Decoded("html", "", url="https://www.example.com/news/harbour?utm_source=feed"), story()).article
    two = records(
        Decoded("html", "", url="http://example.com/news/harbour/#comments"), story(headline="Changed")
    ).article
    assert one is not None
    assert two is not None
    assert one.id == two.id


def test_base_href_counts_for_links() -> None:
    page = Decoded("html", "", url="https://example.com/news/harbour")
    result = records(page, declared=Declared(base="/mobile/"), promos=[Promo("A b", href="x", image="i.jpg")])
    assert result.teasers[0].url == "https://example.com/mobile/x"
    assert result.teasers[0].image == "https://example.com/mobile/i.jpg"


def test_teasers_and_snippets_keep_page_order_and_repeats() -> None:
    promos = [
        Promo("Read more: Minister resigns", kicker=" Politics ", placement="inline", confidence=0.8),
        Promo(" "),
        Promo("Minister resigns", sponsored=True),
    ]
    items = [FeedItem(""), FeedItem("The minister resigned on Monday, his office said.", href="/m", placement="feed")]
    page = Decoded("html", "", url="https://example.com/", fetched_at="2024-03-05T12:00:00Z")
    result = records(page, promos=promos, items=items)
    assert [(teaser.headline, teaser.position) for teaser in result.teasers] == [
        ("Minister resigns", 0),
        ("Minister resigns", 1),
    ]
    assert result.teasers[0].id == result.teasers[1].id
    assert result.teasers[0].kicker == "Politics"
    assert result.teasers[0].placement == "inline"
    assert result.teasers[0].confidence == 0.8
    assert [teaser.sponsored for teaser in result.teasers] == [False, True]
    assert result.teasers[0].first_seen_at == "2024-03-05T12:00:00Z"
    assert result.teasers[0].first_seen_on == "https://example.com/"
    assert [(snippet.text, snippet.position, snippet.url) for snippet in result.snippets] == [
        ("The minister resigned on Monday, his office said.", 0, "https://example.com/m")
    ]
    assert result.outcome == "no_article"
    assert result.sightings().teasers == result.teasers


def test_the_brokers_time_stands_in_for_a_missing_or_broken_one() -> None:
    seen = "2024-03-05T12:00:00Z"
    assert records(promos=[Promo("A b")], seen_at=seen).teasers[0].first_seen_at == seen
    broken = records(Decoded("html", "", fetched_at="yesterday"), story(), promos=[Promo("A b")], seen_at=seen)
    assert broken.teasers[0].first_seen_at == seen
    assert broken.article is not None
    assert broken.article.fetched_at is None


def test_every_record_can_be_written_as_utf_8() -> None:
    dirty = "a\ud800b\x00c\u202e"
    own = story(
        headline=dirty,
        dek=dirty,
        byline=[dirty],
        paragraphs=[dirty],
        pictures=[Picture("/\ud800", dirty, dirty, dirty)],
    )
    meta = {
        name: [dirty] for name in ("og:site_name", "keywords", "article:section", "author", "article:published_time")
    }
    declared = Declared(title=dirty, lang=dirty, base="/\ud800", canonical="/\ud800", meta=meta)
    page = Decoded("html", "", url="https://example.com/\ud800", site=dirty)
    result = records(page, own, declared=declared, promos=[Promo(dirty, dirty, "/\ud800")], items=[FeedItem(dirty)])
    for record in (result.article, result.sightings()):
        msgspec.json.encode(record).decode("utf-8")
        msgspec.msgpack.encode(record)
