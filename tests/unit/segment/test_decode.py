"""Type, size and the text's promises: what decode makes of a page."""

import gzip
import pickle

import pytest

from schemas import RawPage
from tests.hostile.bombs import random_bytes
from workers.errors import PageError, TooLarge, UnsupportedType
from workers.segment.decode import MAX_PAGE_BYTES, decode

HTML = b"<!doctype html><html><head><title>Bridge</title></head><body><p>The bridge opened.</p></body></html>"
TEXT = b"Bridge opens\n\nThe bridge opened on Monday after two years of work.\n"


def page(body: bytes, content_type: str | None = None, **fields: str) -> RawPage:
    return RawPage(body=body, content_type=content_type, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (HTML, "text/html", "html"),
        (HTML, "TEXT/HTML; Charset=UTF-8", "html"),
        (HTML, "application/xhtml+xml", "html"),
        (HTML, None, "html"),
        (HTML, "", "html"),
        (HTML, "application/octet-stream", "html"),
        (HTML, "html", "html"),
        (HTML, "text/plain", "text"),
        (TEXT, "text/plain; charset=utf-8", "text"),
        (TEXT, "text/markdown", "text"),
        (TEXT, None, "text"),
        (TEXT, "unknown/unknown", "text"),
        (b"", None, "text"),
        (b"", "text/html", "html"),
        (b" \n\t ", None, "text"),
        (b"<article><h1>Bridge</h1></article>", None, "html"),
        (b"<!-- made by a machine --><section>Bridge</section>", None, "html"),
        (b"<!-- never closed <p>", None, "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html/>', "application/xml", "html"),
        (b"<my-story><p>The bridge</p></my-story>", None, "html"),
        (b"First line\n<p>one</p><p>two</p><div>three</div>", None, "html"),
        (b"In HTML a paragraph is closed by </p>, he said.", None, "text"),
        (b"a < b and b > c", None, "text"),
        (b"{ is a brace", None, "text"),
        (b"\xef\xbb\xbf<html><p>x", None, "html"),
    ],
)
def test_the_kind_is_what_the_label_says_or_the_content_shows(body: bytes, content_type: str | None, kind: str) -> None:
    assert decode(page(body, content_type)).kind == kind


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png", "image/png"),
        (b"body {}", "text/css", "text/css"),
        (b'{"a": 1}', "application/json", "application/json"),
        (HTML, "application/pdf", "application/pdf"),
        (b"%PDF-1.7\n1 0 obj", "text/html", "a PDF"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", None, "a JPEG image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", None, "RIFF media"),
        (b"\0\0\0\x20ftypisom", None, "MP4 media"),
        (b"PK\3\4\x14\0", "text/html", "a ZIP archive"),
        (gzip.compress(HTML), "text/html", "content-encoding: gzip missing"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', None, "an RSS feed"),
        (b"<rss><channel></channel></rss>", "text/html", "an RSS feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "text/xml", "an Atom feed"),
        (b"<urlset></urlset>", "application/xml", "a sitemap"),
        (b'<?xml version="1.0"?><note>x</note>', None, "XML"),
        (b'  {"url": "https://daily.example/", "body": "x"}\n', None, "JSON"),
        (b'[{"a": 1}]', None, "JSON"),
        (random_bytes(4000, seed=7), None, "binary"),
        (random_bytes(4000, seed=8), "text/html", "binary"),
        (random_bytes(4000, seed=9), "text/plain; charset=utf-8", "binary"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>", None, "WARC record of type 'response'"),
    ],
)
def test_what_is_neither_html_nor_text_is_unsupported(body: bytes, content_type: str | None, says: str) -> None:
    with pytest.raises(UnsupportedType) as caught:
        decode(page(body, content_type))
    assert says in str(caught.value)
    assert caught.value.stage == "decode"


def test_a_page_of_sixty_megabytes_is_too_large() -> None:
    with pytest.raises(TooLarge, match=str(MAX_PAGE_BYTES)):
        decode(page(b"x" * 60_000_000, "text/html"))


def test_limits_hold_for_the_page_as_it_comes_and_decompressed() -> None:
    packed = gzip.compress(HTML * 100)
    assert decode(page(packed, "text/html", content_encoding="gzip"), max_bytes=100 * len(HTML)).text
    with pytest.raises(TooLarge, match="gzip"):
        decode(page(packed, "text/html", content_encoding="gzip"), max_bytes=100 * len(HTML) - 1)
    with pytest.raises(TooLarge, match="as it comes"):
        decode(page(packed, "text/html", content_encoding="gzip"), max_compressed_bytes=len(packed) - 1)
    with pytest.raises(TooLarge, match="as it comes"):
        decode(page(HTML, "text/html"), max_bytes=len(HTML) - 1)


def test_a_few_stray_control_characters_do_not_make_a_page_binary() -> None:
    assert decode(page(b"a\0b<p>x", "text/html")).text == "ab<p>x"
    assert decode(page(HTML + b"\x00\x01\x02\x03" * 3, "text/html")).kind == "html"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<p>a\0b\0c</p>" + HTML, "text/html"),
        (b"<p>lone \xed\xa0\x80 surrogate \xed\xbf\xbf</p>" + HTML, "text/html"),
        ("<p>text with a lone surrogate in it</p>".encode("utf-16-le")[:-8] + b"\x00\xd8", "text/html; charset=utf-16"),
        (b"\xff\xfe<\0p\0>\0\x00\xd8x\0", "text/html"),
        (HTML + b"\xc3", "text/html"),
    ],
)
def test_the_text_always_encodes_to_utf_8_and_holds_no_nul(body: bytes, content_type: str) -> None:
    text = decode(page(body, content_type)).text
    text.encode("utf-8")
    assert "\0" not in text


def test_what_the_crawler_said_travels_with_the_text() -> None:
    raw = RawPage(
        body=HTML,
        url="https://daily.example/a",
        site="daily.example",
        fetched_at="2024-03-05T10:00:00Z",
        http_status=200,
    )
    decoded = decode(raw)
    assert (decoded.url, decoded.site, decoded.fetched_at, decoded.http_status) == (
        "https://daily.example/a",
        "daily.example",
        "2024-03-05T10:00:00Z",
        200,
    )


WET = (
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://daily.example/bridge\r\n"
    b"WARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
)


def test_a_wet_record_is_a_text_page_with_its_address() -> None:
    text = "Brücke eröffnet\nDie Brücke ist seit Montag offen.".encode()
    decoded = decode(page(WET % (len(text), text), "application/warc"))
    assert decoded.kind == "text"
    assert decoded.text == text.decode()
    assert decoded.url == "https://daily.example/bridge"
    assert decoded.fetched_at == "2024-03-05T10:00:00Z"


def test_the_headers_of_the_page_outrank_those_of_its_wet_record() -> None:
    decoded = decode(page(WET % (len(TEXT), TEXT), url="https://other.example/", fetched_at="2024-04-01T00:00:00Z"))
    assert decoded.url == "https://other.example/"
    assert decoded.fetched_at == "2024-04-01T00:00:00Z"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 99999999999999\r\n\r\nBridge", "Bridge"),
        (b"WARC/1.0\nWARC-Type: conversion\nContent-Length: -4\n\nBridge", "Bridge"),
        (b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 3\r\n\r\nBridge", "Bri"),
        (b"WARC/1.0\r\nWARC-Type: conversion", ""),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 30_000, ""),
    ],
)
def test_a_damaged_wet_header_costs_no_more_than_itself(body: bytes, text: str) -> None:
    decoded = decode(page(body))
    assert (decoded.text, decoded.url) == (text, None)


def test_page_errors_survive_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(TooLarge("60000000 bytes", stage="decode")))  # noqa: S301 (our own bytes)
    assert isinstance(error, PageError)
    assert (str(error), error.stage, error.reason) == ("60000000 bytes", "decode", "too-large")
