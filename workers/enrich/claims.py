"""What a page declares about its story, from every source, the most trusted first: JSON-LD, microdata and RDFa, meta
tags.
"""

from collections.abc import Iterable

import msgspec

from workers.enrich.structured import NEWS_TYPES, Credit, StructuredStory, read_structured
from workers.segment.page import Declared

PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date.available",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.available",
    "dc.date.created",
    "dcterms.created",
    "date.created",
    "datecreated",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_time",
    "published_at",
    "published",
    "originalpublicationdate",
    "firstpublished",
    "release_date",
    "displaydate",
    "article_date_original",
    "article.published",
    "article.created",
    "rnews:datepublished",
    "vr:published_time",
    "dc.date",
    "dcterms.date",
    "dcterms.dateaccepted",
    "date",
    "article.date",
    "article_date",
    "created",
)
MODIFIED = (
    "article:modified_time",
    "article:modified",
    "og:modified_time",
    "og:updated_time",
    "datemodified",
    "date.modified",
    "date.updated",
    "dc.date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "last_modified",
    "lastmodified",
    "updated_time",
    "article.updated",
    "revised",
)
AUTHORS = (
    "article:author",
    "article:author_name",
    "article:byline",
    "parsely-author",
    "cxenseparse:author",
    "sailthru.author",
    "author",
    "authors",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "byline",
    "og:article:author",
    "og:author",
    "rnews:author",
    "article.author",
)
_SURNAME_FIRST = frozenset(["dc.creator", "dcterms.creator", "citation_author"])
SECTIONS = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "cxenseparse:recs:category",
    "section",
    "article.section",
)
KEYWORDS = ("article:tag", "og:article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject")
SITE_NAMES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "cre",
    "twitter:app:name:iphone",
)
LANGUAGES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")


class Claims(msgspec.Struct):
    """Candidates for each field, best first, raw. A claim may be wrong: whoever uses it checks it."""

    structured_headline: str | None = None
    """JSON-LD or microdata."""
    is_news: bool = False
    """Whether JSON-LD calls the story news: then a newsroom wrote the headline and no plug-in for search engines."""
    graph_headline: str | None = None
    """Open Graph or Twitter."""
    title: str | None = None
    credits: list[list[Credit]] = []
    """One list a source."""
    publishers: list[str] = []
    published: list[str] = []
    modified: list[str] = []
    sections: list[str] = []
    keywords: list[list[str]] = []
    """One list a source."""
    addresses: list[str] = []
    site_names: list[str] = []
    languages: list[str | None] = []
    is_free: bool | None = None
    pictures: list[tuple[str, str | None]] = []
    """(address, alt text) of the pictures that stand for the story."""


def claims_of(declared: Declared) -> Claims:
    """Gather what the page declares."""
    page = read_structured(declared.json_ld, declared.canonical)
    story = page.story
    meta = declared.meta
    item = _first_items(declared.itemprops)

    def metas(names: Iterable[str]) -> list[str]:
        return [value for name in names if name in meta and (value := meta[name][0])]

    return Claims(
        structured_headline=next(iter(story.headlines), None) or item.get("headline"),
        is_news=bool(story.types & NEWS_TYPES),
        graph_headline=next(iter(metas(("og:title", "twitter:title"))), None),
        title=declared.title,
        credits=_credits(story, declared),
        publishers=[*story.publishers, *page.site_names],
        published=[*story.published, *filter(None, [item.get("datepublished")]), *metas(PUBLISHED)],
        modified=[*story.modified, *filter(None, [item.get("datemodified")]), *metas(MODIFIED)],
        sections=[*story.sections, *metas(SECTIONS), *filter(None, [item.get("articlesection")]), *page.trail[1:2]],
        keywords=[story.keywords, *([*meta[name]] for name in KEYWORDS if name in meta)],
        addresses=[*filter(None, [declared.canonical]), *metas(("og:url",)), *story.addresses],
        site_names=[*metas(SITE_NAMES[:2]), *story.publishers, *page.site_names, *metas(SITE_NAMES[2:])],
        languages=[declared.lang, story.language, *metas(LANGUAGES)],
        is_free=_is_free(story, declared, item),
        pictures=[*((address, None) for address in story.pictures), *_graph_picture(declared)],
    )


def _first_items(itemprops: list[tuple[str, str]]) -> dict[str, str]:
    """The first value of each property, its name without prefix, lower case."""
    found: dict[str, str] = {}
    for name, value in itemprops:
        if value:
            found.setdefault(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower(), value)
    return found


def _credits(story: StructuredStory, declared: Declared) -> list[list[Credit]]:
    sources = [story.authors]
    sources.append(
        [Credit(value) for name, value in declared.itemprops if name.lower() in ("author", "schema:author")][:1]
    )
    sources.extend(
        [Credit(value, surname_first=name in _SURNAME_FIRST) for value in declared.meta[name]]
        for name in AUTHORS
        if name in declared.meta
    )
    sources.append([Credit(name) for name in declared.rel_authors])
    return [source for source in sources if source]


def _graph_picture(declared: Declared) -> list[tuple[str, str | None]]:
    for name in ("og:image", "og:image:url", "og:image:secure_url", "twitter:image"):
        for address in declared.meta.get(name, ())[:1]:
            return [(address, next(iter(declared.meta.get("og:image:alt", ())), None))]
    return []


def _is_free(story: StructuredStory, declared: Declared, item: dict[str, str]) -> bool | None:
    if story.is_free is not None:
        return story.is_free
    for name in ("article:content_tier", "og:article:content_tier", "content_tier", "cxenseparse:content-tier"):
        for tier in declared.meta.get(name, ())[:1]:
            return {"free": True, "locked": False, "premium": False, "paid": False}.get(tier.strip().lower())
    stated = item.get("isaccessibleforfree", "").strip().lower()
    return {"true": True, "false": False}.get(stated)
