"""Whatever a page holds, its records are valid, and nothing in them is invented."""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import Article, RawPage, Sightings
from workers.enrich.dates import find_stamp, parse_stamp
from workers.enrich.ids import ID_DIGITS, article_id, normalised, snippet_id, teaser_id, url_key
from workers.enrich.images import split_credit
from workers.enrich.links import absolute, site_of
from workers.enrich.records import PageRecords, enrich
from workers.enrich.text import plain, tidy
from workers.errors import PageError
from workers.pipeline import process_page
from workers.segment.decode import Decoded
from workers.segment.json_ld import decode_json_ld
from workers.segment.page import Block, Declared, FeedItem, Picture, Promo, Role, Segmented, Story

# Any text, half characters included, salted with what the rules look for.
SALT = st.sampled_from(
    [
        *(
            "By Ann Example",
            "Von dpa",
            "(Reuters) - ",
            "Foto: ",
            "© AFP",
            "2 min read",
            "5. März 2024",
            "2024-03-05T12:00Z",
        ),
        *("…", "Read more: ", " | ", "&amp;", "<b>", "https://user:pw@example.com/a?utm_source=x#y", "javascript:x()"),
        *(
            "\ud800",
            "\u202e",
            "\x00",
            "日本語の文章。",
            "اقرأ أيضا",
            "ไทย",
            "हिंदी",
            "-- ",
            "1709640000",
            "\n\n",
            "The Example",
        ),
    ]
)
TEXT = st.lists(st.one_of(st.text(st.characters(), max_size=40), SALT), max_size=6).map("".join)
ADDRESS = st.one_of(
    TEXT, st.sampled_from(["/a/b", "//cdn.example.com/i.jpg", "https://example.com/x y", "?p=1", "../z"])
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "@type",
                        "@graph",
                        "@id",
                        "headline",
                        "name",
                        "author",
                        "publisher",
                        "datePublished",
                        "dateModified",
                    ),
                    *(
                        "articleSection",
                        "keywords",
                        "mainEntity",
                        "url",
                        "isAccessibleForFree",
                        "hasPart",
                        "inLanguage",
                    ),
                ]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=20,
)
DECLARED = st.builds(
    Declared,
    title=st.none() | TEXT,
    lang=st.none() | st.sampled_from(["en", "de-AT", "ja", "zz", "", "x" * 50]),
    base=st.none() | ADDRESS,
    canonical=st.none() | ADDRESS,
    meta=st.dictionaries(
        st.sampled_from(
            [
                "og:title",
                "og:site_name",
                "author",
                "article:published_time",
                "article:modified_time",
                "keywords",
                "date",
            ]
        ),
        st.lists(TEXT, min_size=1, max_size=2),
    ),
    json_ld=st.lists(
        st.one_of(JSON, st.fixed_dictionaries({"@type": st.just("NewsArticle"), "headline": TEXT})), max_size=3
    ),
    itemprops=st.lists(st.tuples(st.sampled_from(["headline", "author", "datePublished", "x"]), TEXT), max_size=3),
    times=st.lists(st.tuples(TEXT, TEXT), max_size=3),
    rel_authors=st.lists(TEXT, max_size=2),
)
STORY = st.builds(
    Story,
    headline=st.none() | TEXT,
    dek=st.none() | TEXT,
    byline=st.lists(TEXT, max_size=3),
    paragraphs=st.lists(TEXT, max_size=5),
    pictures=st.lists(
        st.builds(Picture, src=st.none() | ADDRESS, alt=TEXT, caption=TEXT, credit=st.none() | TEXT), max_size=3
    ),
    links=st.lists(ADDRESS, max_size=4),
    confidence=st.floats(0, 1),
)
SEGMENTED = st.builds(
    Segmented,
    kind=st.sampled_from(["html", "text"]),
    blocks=st.lists(st.builds(Block, text=TEXT.filter(bool), role=st.sampled_from(Role)), max_size=12),
    declared=DECLARED,
    story=st.none() | STORY,
    promos=st.lists(
        st.builds(Promo, headline=TEXT, summary=st.none() | TEXT, href=ADDRESS, image=ADDRESS, kicker=TEXT), max_size=3
    ),
    feed_items=st.lists(st.builds(FeedItem, text=TEXT, href=ADDRESS), max_size=3),
)
PAGE = st.builds(
    Decoded,
    kind=st.just("html"),
    text=st.just(""),
    url=st.none() | ADDRESS | st.just("https://www.example.com/news/story"),
    site=st.none() | TEXT,
    fetched_at=st.none() | TEXT | st.just("2024-03-06T00:00:00Z"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_address(address: str | None) -> None:
    if address is not None:
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert "@" not in parts.netloc
        assert absolute(address, None) == address


def check_time(stamp: str | None) -> None:
    if stamp is not None:
        moment = datetime.fromisoformat(stamp)
        assert _DAY.fullmatch(stamp) or moment.tzinfo is not None


def texts(article: Article) -> Iterator[str | None]:
    yield from (article.headline, article.dek, article.body, article.section, article.site_name)
    yield from (*article.authors, *article.keywords)
    for image in article.images:
        yield from (image.alt, image.caption, image.credit)


def check(records: PageRecords) -> None:
    """Everything that the contract promises of any page's records."""
    sightings = records.sightings()
    assert msgspec.json.decode(msgspec.json.encode(sightings), type=Sightings) == sightings
    for rank, promo in enumerate([*records.teasers]):
        assert promo.position == rank
    for snippet in records.snippets:
        assert re.fullmatch("[0-9a-f]{32}", snippet.id)
        check_address(snippet.url)
    for teaser in records.teasers:
        assert re.fullmatch("[0-9a-f]{32}", teaser.id)
        check_address(teaser.url)
        check_address(teaser.image)
        assert teaser.headline == tidy(teaser.headline)
        assert teaser.summary == tidy(teaser.summary)
    article = records.article
    if article is None:
        return
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    assert re.fullmatch("[0-9a-f]{32}", article.id)
    assert article.body
    for address in (article.url, article.canonical_url, *article.links, *(image.url for image in article.images)):
        check_address(address)
    for stamp in (article.published_at, article.modified_at):
        check_time(stamp)
    for text in texts(article):
        assert text is None or (text and text == "\n\n".join(filter(None, map(tidy, text.split("\n\n")))))
    for unique in (article.authors, article.attribution, article.keywords, article.links):
        assert len(set(unique)) == len(unique)
    assert article.word_count >= 0
    assert article.reading_minutes.stated is None or article.reading_minutes.stated > 0


@settings(max_examples=300, deadline=None)
@given(PAGE, SEGMENTED)
def test_any_segmented_page_gives_valid_records(page: Decoded, segmented: Segmented) -> None:
    check(enrich(segmented, page, source="t:0:1", seen_at=None, segmented_at=None))


@settings(max_examples=150, deadline=None)
@given(PAGE, SEGMENTED)
def test_the_same_page_gives_the_same_records(page: Decoded, segmented: Segmented) -> None:
    one = enrich(segmented, page, source=None, seen_at=None, segmented_at=None)
    two = enrich(segmented, page, source=None, seen_at=None, segmented_at=None)
    assert one == two


@settings(max_examples=200, deadline=None)
@given(PAGE, SEGMENTED)
def test_every_word_of_an_article_occurs_in_its_page(page: Decoded, segmented: Segmented) -> None:
    article = enrich(segmented, page, source=None, seen_at=None, segmented_at=None).article
    if article is None:
        return
    given_texts: list[str] = []

    def gather(value: Any) -> None:
        if isinstance(value, str):
            given_texts.extend((tidy(value) or "", plain(value) or ""))
        elif isinstance(value, dict):
            for inner in value.values():
                gather(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                gather(inner)
        elif isinstance(value, int | float):
            given_texts.append(str(value))

    gather(msgspec.to_builtins(segmented, str_keys=True))
    pool = "\n".join(given_texts)
    for text in texts(article):
        for word in (text or "").split():
            assert word in pool or html.unescape(word) in pool, (word, pool)


MARKUP = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from(
            [
                *(
                    "<h1>Minister resigns</h1>",
                    "<article>",
                    "</article>",
                    "<p>",
                    "<time datetime='2024-03-05'>",
                    "<a href='/x'>",
                ),
                *("<meta name=author content='Ann Example'>", "<base href='//x'>", "<link rel=canonical href='/y'>"),
                '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A","author":',
                *("</script>", "<p>The minister said on Monday that he would resign, Reuters reported.</p>" * 3),
            ]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), MARKUP.map(lambda text: text.encode("utf-8", "surrogatepass"))),
    st.none() | ADDRESS,
)
def test_any_bytes_give_valid_records_or_a_documented_error(body: bytes, url: str | None) -> None:
    try:
        records = process_page(RawPage(body=body, url=url, content_type="text/html"))
    except PageError:
        return
    check(records)


@given(TEXT, st.none() | ADDRESS)
def test_an_address_is_absolute_or_none(href: str, base: str | None) -> None:
    address = absolute(href, absolute(base, None))
    check_address(address)
    if address is not None:
        assert site_of(address)
        assert url_key(address)
        address.encode("utf-8")


@given(TEXT)
def test_tidied_text_stays_tidy(text: str) -> None:
    clean = tidy(text)
    assert tidy(clean) == clean
    if clean is not None:
        clean.encode("utf-8")


@given(st.one_of(TEXT, st.text(st.sampled_from("0123456789-/.:TZ+ März年月日"), max_size=30)))
def test_a_date_is_valid_or_none(text: str) -> None:
    check_time(parse_stamp(text))
    check_time(find_stamp(text))


@given(TEXT)
def test_normalised_text_stays_normalised(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.none() | TEXT, TEXT)
def test_ids_are_hexadecimal_whatever_they_are_made_of(site: str | None, text: str) -> None:
    for each in (teaser_id(site, text), snippet_id(site, text), article_id(site, absolute(text, None), text)):
        assert re.fullmatch(f"[0-9a-f]{{{ID_DIGITS}}}", each)


@given(TEXT)
def test_caption_and_credit_are_parts_of_what_is_shown(text: str) -> None:
    shown = tidy(text)
    for part in split_credit(shown):
        assert part is None or (shown is not None and part.split()[0] in shown)


@given(TEXT)
def test_any_script_is_decoded_or_none(text: str) -> None:
    assert isinstance(decode_json_ld(text), dict | list | str | int | float | type(None))
