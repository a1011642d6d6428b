"""Whatever a page holds, the core ends in records that keep every promise, or in a documented page error."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import RawPage
from tests.hostile.addresses import BAD_ADDRESSES
from tests.hostile.invariants import check_records
from tests.hostile.story import URL, story_page
from workers.errors import PageError
from workers.pipeline import process_page

WORDS = st.one_of(
    st.sampled_from(
        [
            "Council votes on the ferry plan",
            "The bridge reopened on Monday, two years after engineers found cracks in its eastern pylon.",
            "By Ann Example",
            "5 March 2024 10:00",
            "2 min read",
            "Photo: AP",
            "Read more: Ferry sails on",
            "…",
            "橋は月曜日に開通した。",
            "\u202eאבג\u202c",
            "&lt;script&gt;",
            "&#x202e;&#0;&#xd800;",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
TAGS = st.sampled_from(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "div",
        "span",
        "a",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "article",
        "main",
        "aside",
        "nav",
        "section",
        "figure",
        "figcaption",
        "blockquote",
        "b",
        "em",
        "br",
        "img",
        "time",
        "button",
        "form",
        "header",
        "footer",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "iframe",
        "select",
        "option",
        "pre",
        "textarea",
    ]
)
ADDRESSES = st.one_of(st.sampled_from([*BAD_ADDRESSES, "/story/1", "https://news.example/2"]), st.text(max_size=20))
ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        ["href", "src", "class", "id", "datetime", "itemprop", "rel", "alt", "lang", "style", "hidden", "title"]
    ),
    st.one_of(
        ADDRESSES,
        st.sampled_from(
            ["related", "author", "headline", "most-read", "2024-03-05T10:00:00Z", "articleBody", "ad paid"]
        ),
    ),
    max_size=3,
)


def element(tag: str, attributes: dict[str, str], inner: list[str]) -> str:
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{told}>{''.join(inner)}</{tag}>"


MARKUP = st.recursive(
    WORDS, lambda inner: st.builds(element, TAGS, ATTRIBUTES, st.lists(inner, max_size=4)), max_leaves=25
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False), WORDS, ADDRESSES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "@id",
                    "@value",
                    "@list",
                    "headline",
                    "name",
                    "author",
                    "articleBody",
                    "datePublished",
                    "dateModified",
                    "image",
                    "url",
                    "publisher",
                    "keywords",
                    "articleSection",
                    "mainEntityOfPage",
                    "isAccessibleForFree",
                    "description",
                    "creditText",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=15,
)


def check(page: RawPage) -> None:
    try:
        records = process_page(page, source="news.pages:0:1")
    except PageError:
        return
    check_records(page, records)


@given(before=st.lists(MARKUP, max_size=4), inside=MARKUP, after=st.lists(MARKUP, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_markup_around_a_story(before: list[str], inside: str, after: list[str]) -> None:
    body = story_page(before="".join(before), inside=inside, after="".join(after))
    check(RawPage(body=body, url=URL, content_type="text/html"))


@given(
    markup=st.lists(MARKUP, max_size=6),
    url=st.one_of(st.none(), ADDRESSES),
    site=st.one_of(st.none(), st.text(max_size=300)),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_markup_from_anywhere(markup: list[str], url: str | None, site: str | None) -> None:
    body = "".join(markup).encode("utf-8", "surrogatepass")
    check(RawPage(body=body, url=url, site=site, content_type="text/html; charset=utf-8"))


@given(content=JSON, more=JSON)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_json_ld(content: Any, more: Any) -> None:
    article = {"@type": "NewsArticle", "headline": more, "author": content, "datePublished": more, "image": content}
    # Half of a surrogate pair is written as an escape, which pages do hold.
    scripts = [json.dumps(one).replace("</", "<\\/") for one in (content, article)]
    head = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    check(RawPage(body=story_page(head=head), url=URL, content_type="text/html"))


@given(
    lines=st.lists(st.one_of(WORDS, st.just(""), st.text(max_size=200)), max_size=30),
    end=st.sampled_from(["\n", "\r\n", "\n\n"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_lines_of_text(lines: list[str], end: str) -> None:
    body = end.join(lines).encode("utf-8", "surrogatepass")
    check(RawPage(body=body, url=URL, content_type="text/plain; charset=utf-8"))
