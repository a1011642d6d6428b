"""Whatever a page holds, its records are valid, and nothing in them is invented."""

import html
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import RawPage
from tests.property.segmented_pages import ADDRESS, PAGE, SEGMENTED, TEXT
from tests.property.valid_records import check, texts
from workers.enrich.records import enrich
from workers.enrich.text import plain, tidy
from workers.errors import PageError
from workers.pipeline import process_page
from workers.segment.decode import Decoded
from workers.segment.page import Segmented


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
