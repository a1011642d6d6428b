"""Segmented pages of every kind, for properties that all of them have."""

from typing import Any

from hypothesis import strategies as st

from workers.segment.decode import Decoded
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
