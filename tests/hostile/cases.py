"""The corpus of bad pages, each with what must become of it: a page error's reason, or records of an outcome."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from schemas import RawPage
from tests.hostile.addresses import BAD_ADDRESSES, cards_with, sentence_with
from tests.hostile.bombs import bomb, random_bytes
from tests.hostile.families import FAMILIES
from tests.hostile.full_size import FULL_SIZE
from tests.hostile.story import URL, story_page, story_text

ANY_RECORDS = frozenset({"article", "no_article", "empty"})
"""What the page holds is a matter of judgement; that it becomes records is not."""


@dataclass(frozen=True, slots=True)
class Case:
    """One bad page."""

    name: str
    page: Callable[[], RawPage]
    outcomes: frozenset[str]
    """Reasons of page errors, or outcomes of records."""
    story_survives: bool = False
    """The page's own story must come out whole: headline and all paragraphs."""
    for_command: bool = True
    """The command can be given this page, and would not only do once more what takes long."""


CASES: list[Case] = []

_HTML = {"url": URL, "content_type": "text/html; charset=utf-8"}


def refused(name: str, reason: str, body: Callable[[], bytes], **fields: Any) -> None:
    _add(name, body, {"url": URL} | fields, frozenset({reason}))


def survived(name: str, body: Callable[[], bytes], **fields: Any) -> None:
    _add(name, body, _HTML | fields, frozenset({"article"}), story_survives=True)


def answered(name: str, body: Callable[[], bytes], outcomes: frozenset[str] = ANY_RECORDS, **fields: Any) -> None:
    _add(name, body, _HTML | fields, outcomes)


def _add(
    name: str, body: Callable[[], bytes], fields: dict[str, Any], outcomes: frozenset[str], story_survives: bool = False
) -> None:
    for_command = "content_encoding" not in fields
    CASES.append(Case(name, lambda: RawPage(body=body(), **fields), outcomes, story_survives, for_command))


# Nothing, noise and other files

EMPTY = frozenset({"empty"})
answered("no bytes", lambda: b"", EMPTY)
answered("no bytes and no type", lambda: b"", EMPTY, content_type=None)
answered("white space", lambda: b" \r\n\t\xc2\xa0" * 50_000, EMPTY)
answered("white space as text", lambda: b" \r\n\t" * 50_000, EMPTY, content_type="text/plain")
answered("a byte-order mark alone", lambda: b"\xef\xbb\xbf", EMPTY)
answered("NULs with a type", lambda: b"\0" * 3, EMPTY)
answered("markup without text", lambda: b"<div><p></p></div>" * 1000, EMPTY)
answered("a page cut off in its head", lambda: story_page()[:150])
answered("a page cut off in a tag", lambda: b"<html><body><p>The bridge<a href='/x", ANY_RECORDS)
refused("NULs without end", "unsupported-type", lambda: b"\0" * 100_000, content_type="text/html")
refused("noise", "unsupported-type", lambda: random_bytes(200_000, seed=1))
refused(
    "noise that calls itself HTML", "unsupported-type", lambda: random_bytes(200_000, seed=2), content_type="text/html"
)
refused(
    "noise that calls itself text", "unsupported-type", lambda: random_bytes(9_000, seed=3), content_type="text/plain"
)
refused(
    "an image", "unsupported-type", lambda: b"\x89PNG\r\n\x1a\n" + random_bytes(99, seed=4), content_type="image/png"
)
refused(
    "a PDF that calls itself HTML", "unsupported-type", lambda: b"%PDF-1.7\n" + story_page(), content_type="text/html"
)
refused("an archive", "unsupported-type", lambda: b"PK\x03\x04" + random_bytes(99, seed=5))
refused("a feed", "unsupported-type", lambda: b"<?xml version='1.0'?><rss><channel></channel></rss>")
refused("a type without sense", "unsupported-type", story_page, content_type="x/y; charset=" + "x" * 100_000)
survived("a type too long to be one", story_page, content_type="image/" + "x" * 100_000)
refused("a header record of an archive", "unsupported-type", lambda: b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\nx")

# Size

refused("sixty megabytes", "too-large", lambda: b"x" * 60_000_000, content_type="text/html")
refused("sixty megabytes of tags", "too-large", lambda: b"<p>" * 20_000_000, content_type="text/html")

# Compression

for encoding in ("gzip", "br", "zstd", "deflate"):
    refused(f"a {encoding} bomb", "too-large", partial(bomb, encoding, megabytes=100), content_encoding=encoding)
    refused(f"{encoding} that is none", "bad-encoding", story_page, content_encoding=encoding)
refused(
    "a bomb in a bomb",
    "too-large",
    lambda: gzip.compress(bomb("gzip", megabytes=100)),
    content_encoding="gzip, gzip",
)
refused("a tower of encodings", "bad-encoding", story_page, content_encoding=", ".join(["gzip"] * 5000))
refused("gzip cut short", "bad-encoding", lambda: gzip.compress(story_page())[:-12], content_encoding="gzip")
refused(
    "gzip broken in the middle",
    "bad-encoding",
    lambda: _broken(gzip.compress(story_page(), 0)),
    content_encoding="gzip",
)
refused("an encoding that nobody knows", "bad-encoding", story_page, content_encoding="sdch\r\nX-Injected: 1")
refused("gzip without its header", "unsupported-type", lambda: gzip.compress(story_page()), content_type="text/html")
survived(
    "half a million empty members",
    lambda: gzip.compress(b"") * 500_000 + gzip.compress(story_page()),
    content_encoding="gzip",
)
survived("deflate without a wrapper", lambda: _raw_deflate(story_page()), content_encoding="deflate")


def _broken(data: bytes) -> bytes:
    return data[:200] + bytes([data[200] ^ 0xFF]) + data[201:]


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


# Character encodings

survived("a header that lies", story_page, content_type="text/html; charset=iso-8859-1")
survived("a header in an encoding that smuggles markup", story_page, content_type="text/html; charset=utf-7")
survived("a header in an encoding that hides everything", story_page, content_type="text/html; charset=iso-2022-kr")
survived("a header that is nonsense", story_page, content_type="text/html; charset=" + "ü\0" * 9000)
survived("UTF-16 with a mark", lambda: story_page().decode().encode("utf-16"))
survived("UTF-16 without a mark", lambda: story_page().decode().encode("utf-16-le"))
survived("UTF-16 that ends in half a character", lambda: story_page().decode().encode("utf-16") + b"\x00\xd8")
survived(
    "a mark against the header", lambda: b"\xef\xbb\xbf" + story_page(), content_type="text/html; charset=utf-16be"
)
survived("NULs between the letters of tags", lambda: story_page().replace(b"<p>", b"<\0p\0>"))
survived("lone surrogates in UTF-8", lambda: story_page(inside="<p>\ud800 and \udfff</p>"))
survived("overlong UTF-8", lambda: story_page().replace(b"<footer>", b"\xc0\xbcscript\xc0\xbe<footer>"))
survived("every byte there is", lambda: story_page().replace(b"<footer>", bytes(range(1, 256)) + b"<footer>"))
survived("noncharacters", lambda: story_page(inside="<p>\ufdd0\ufffe\uffff\U0010ffff\ufffc</p>"))
survived("control characters", lambda: story_page(inside="<p>\x01\x02\x1b[2J\x7f\x9b</p>"))
survived(
    "control characters as references", lambda: story_page(inside="<p>&#1;&#27;[2J&#127;&#155;&#xFFFE;&#xD800;</p>")
)

# Depth and width, at full size

for name, count in FULL_SIZE:
    CASES.append(Case(f"{name} x {count}", partial(FAMILIES[name], count), ANY_RECORDS, for_command=False))
answered("a list of a million", lambda: b"<ul>" + b"<li>a" * 1_000_000)
answered("never closed", lambda: b"<title><textarea><style><script><!-- " * 50_000)
answered("plaintext", lambda: b"<plaintext>" + story_page())

# Addresses

survived("addresses that nobody may follow", lambda: story_page(after="".join(map(cards_with, BAD_ADDRESSES))))
survived("addresses inside the story", lambda: story_page(inside="".join(map(sentence_with, BAD_ADDRESSES))))
for number, address in enumerate(BAD_ADDRESSES):
    head = f'<base href="{address}"><link rel=canonical href="{address}"><meta property="og:url" content="{address}">'
    head += f'<meta property="og:image" content="{address}">'
    survived(f"a head full of bad address {number}", partial(story_page, head=head, after=cards_with("/x")))
    survived(f"fetched from bad address {number}", story_page, url=address)
survived("an address with a header in it", story_page, url="https://news.example/\r\nX-Injected: 1")
survived("no address", story_page, url=None)
survived("an empty address", story_page, url="")
survived("a site that is an attack", story_page, site="\r\nX-Injected: 1\0" + "a" * 100_000)
survived("a time that is none", story_page, fetched_at="yesterday\0")
survived("a status that is none", story_page, http_status=-(2**63))

# Scripts and markup where text should be

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>"
ESCAPED = MARKUP.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
survived(
    "markup in headlines",
    lambda: story_page(after=f"<div class=card><h3><a href='/x'>{ESCAPED} wins vote</a></h3></div>"),
)
survived("markup in the title", lambda: story_page(head=f"<title>{MARKUP}</title>"))
survived(
    "markup in what the page declares",
    lambda: story_page(head=f'<meta name=author content="{ESCAPED}"><meta name=section content="{ESCAPED}">'),
)
survived(
    "an end of script in JSON-LD", lambda: story_page(head='<script type="application/ld+json">{"a": "</script><b>')
)
survived("right-to-left overrides", lambda: story_page(inside="<p>\u202e\u2067The bridge\u202c\u2069</p>"))

# JSON-LD of the wrong types

for number, content in enumerate(
    (
        "null",
        "[]",
        "3",
        '"text"',
        '{"@type": 3, "@graph": 4}',
        '{"@type": ["NewsArticle", null, {}], "headline": {"@value": ["x"]}, "author": [[["Ann"]]]}',
        '{"@type": "NewsArticle", "headline": null, "author": true, "datePublished": {}, "image": [[], {}, 3]}',
        '{"@type": "NewsArticle", "author": {"name": {"name": {"name": []}}}, "keywords": {"a": 1}}',
        '{"@type": "NewsArticle", "datePublished": "9999-99-99T99:99:99+99:99", "dateModified": 1e308}',
        '{"@type": "NewsArticle", "datePublished": "0000-00-00", "dateModified": "-1"}',
        '{"@type": "NewsArticle", "articleBody": ["a", {"b": 1}], "publisher": ["x"], "isAccessibleForFree": "maybe"}',
        '{"@type": "NewsArticle", "url": "javascript:alert(1)", "mainEntityOfPage": {"@id": "data:,x"}}',
        '{"@context": {"@vocab": "http://" }, "@graph": [{"@graph": [{"@graph": []}]}]}',
        '{"@id": "#a", "author": {"@id": "#a"}, "isPartOf": {"@id": "#a"}, "@type": "NewsArticle"}',
        "NaN",
        '{"@type": "NewsArticle", "wordCount": Infinity, "position": -0, "x": 1E+400}',
        "{'@type': 'NewsArticle', headline: undefined, /* comment */}",
        '\ufeff<!-- {"@type": "NewsArticle"} -->',
    )
):
    survived(
        f"JSON-LD of wrong types {number}",
        partial(story_page, head=f'<script type="application/ld+json">{content}</script>'),
    )

# Flattened text

answered("a story as text", story_text, frozenset({"article"}), content_type="text/plain")
answered("text with NULs", lambda: story_text().replace(b". ", b". \0"), content_type="text/plain")
answered("text with markup in it", lambda: story_text() + MARKUP.encode(), content_type="text/plain")
answered("text of one character", lambda: b"x", content_type="text/plain")
answered("text of punctuation", lambda: b"... --- !!! ???\n" * 1000, content_type="text/plain")
answered("text that reads right to left", lambda: "\u202eשלום עולם\n".encode() * 1000, content_type="text/plain")
answered("a WET record without end", lambda: b"WARC/1.0\r\n" + b"A: b\r\n" * 100_000, EMPTY, content_type=None)
