"""WARC and WET archives, whole and damaged."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from schemas import RawPage
from tests.unit.readers.reading import (
    CONVERSION,
    HTML,
    URL,
    pages,
    read_file,
    read_pipe,
    reasons,
    record,
    response,
    zstd,
)
from workers.readers import Found, Unreadable

ARCHIVE = [
    response(HTML),
    record("warcinfo", b"software: test"),
    record("request", b"GET / HTTP/1.1\r\n\r\n"),
    response(
        b"5\r\n<p>tw\r\n5;x=y\r\no</p>\r\n0\r\n\r\n", b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    ),
    response(gzip.compress(HTML, mtime=0), b"content-type: text/html\r\nCONTENT-ENCODING: gzip\r\n"),
    response(b"moved", status="301 Moved Permanently"),
    response(b"\x89PNG", b"Content-Type: image/png\r\n"),
    record("resource", HTML, extra=b"Content-Type: text/html\r\n"),
    CONVERSION,
]
FETCHED: Any = {"url": URL, "fetched_at": "2024-03-05T10:00:00Z"}
ARCHIVED = [
    RawPage(body=HTML, content_type="text/html; charset=utf-8", http_status=200, **FETCHED),
    RawPage(body=b"<p>two</p>", content_type="text/html", http_status=200, **FETCHED),
    RawPage(
        body=gzip.compress(HTML, mtime=0),
        content_type="text/html",
        content_encoding="gzip",
        http_status=200,
        **FETCHED,
    ),
    RawPage(body=HTML, content_type="text/html", **FETCHED),
    RawPage(body="Brücke eröffnet".encode(), content_type="text/plain; charset=utf-8", **FETCHED),
]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(ARCHIVE)),
        ("a.warc.gz", b"".join(map(gzip.compress, ARCHIVE))),
        ("a.warc.gz", gzip.compress(b"".join(ARCHIVE))),
        ("a.warc.zst", b"".join(map(zstd, ARCHIVE))),
        ("no-ending", b"".join(ARCHIVE)),
    ],
)
def test_an_archive_gives_its_pages_and_passes_over_what_holds_none(tmp_path: Path, name: str, data: bytes) -> None:
    assert pages(read_file(tmp_path, name, data)) == ARCHIVED
    assert pages(read_pipe(data)) == ARCHIVED
    assert not reasons(read_file(tmp_path, name, data))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", response(HTML) + b"garbage\r\n\r\n" + CONVERSION),
        ("a.warc", response(HTML) + b"garbage without an end " * 200_000 + b"\n" + CONVERSION),
        (
            "a.warc.gz",
            gzip.compress(response(HTML)) + flipped(gzip.compress(response(HTML)), 30) + gzip.compress(CONVERSION),
        ),
        ("a.warc.zst", zstd(response(HTML)) + flipped(zstd(response(HTML) * 30), 20) + zstd(CONVERSION)),
    ],
)
def test_a_damaged_record_is_named_once_and_the_next_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    items = read_file(tmp_path, name, data)
    assert [type(item) for item in items] == [Found, Unreadable, Found]
    assert "record 2" in items[1].where


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.warc", response(HTML) + CONVERSION[:-8], "cut short"),
        ("a.warc.gz", gzip.compress(response(HTML)) + gzip.compress(CONVERSION)[:-30], "cut short"),
        ("a.warc", response(HTML) + response(HTML * 20), "more than 100 bytes"),
        ("a.warc", response(HTML) + record("conversion", HTML * 40_000), "more than 100 bytes"),
    ],
)
def test_what_is_cut_short_or_too_large_is_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    items = read_file(tmp_path, name, data, limit=100)
    assert [type(item) for item in items] == [Found, Unreadable]
    assert reason in reasons(items)[0]


@pytest.mark.parametrize("data", [b"<html>", b"\nWARC/1.0\r\n" * 3000, b"\x1f\x8b\x08\x00" * 3000])
def test_what_is_no_archive_under_an_archives_name_ends_soon(tmp_path: Path, data: bytes) -> None:
    items = read_file(tmp_path, "a.warc.gz", data)
    assert not pages(items)
    assert 1 <= len(items) <= 100
