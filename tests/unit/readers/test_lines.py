"""JSON lines in the shapes that crawlers write; damage is named and passed over."""

import base64
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas import RawPage
from schemas.codec import encode_page
from tests.unit.readers.reading import (
    HTML,
    URL,
    pages,
    read_file,
    read_pipe,
    reasons,
    zstd,
)
from workers.readers import Found, Unreadable

LINES = [
    (
        encode_page(RawPage(body=HTML, url=URL, content_type="text/html")),
        RawPage(body=HTML, url=URL, content_type="text/html"),
    ),
    (json.dumps({"body": HTML.decode(), "url": URL}).encode(), RawPage(body=HTML, url=URL)),
    (
        json.dumps({"url": URL, "html": HTML.decode(), "status": 200, "crawled_at": "2024-03-05T10:00:00Z"}).encode(),
        RawPage(
            body=HTML,
            url=URL,
            content_type="text/html; charset=utf-8",
            http_status=200,
            fetched_at="2024-03-05T10:00:00Z",
        ),
    ),
    (
        json.dumps({"url": URL, "text": "Brücke eröffnet", "html": None}).encode(),
        RawPage(body="Brücke eröffnet".encode(), url=URL, content_type="text/plain; charset=utf-8"),
    ),
    (
        json.dumps({"url": URL, "httpResponseBody": base64.b64encode(HTML).decode(), "statusCode": 404}).encode(),
        RawPage(body=HTML, url=URL, http_status=404),
    ),
    (json.dumps({"uri": URL, "content": "Bridge"}).encode(), RawPage(body=b"Bridge", url=URL)),
    (
        b"\xef\xbb\xbf" + json.dumps({"html": "x", "url": 3, "status": True}).encode(),
        RawPage(body=b"x", content_type="text/html; charset=utf-8"),
    ),
]


@pytest.mark.parametrize(("line", "page"), LINES)
def test_a_line_of_json_is_a_page_in_the_shapes_that_crawlers_write(tmp_path: Path, line: bytes, page: RawPage) -> None:
    assert pages(read_file(tmp_path, "a.jsonl", line + b"\n")) == [page]


@pytest.mark.parametrize("pack", [None, gzip.compress, zstd])
def test_lines_are_read_compressed_or_not_from_files_and_pipes(
    tmp_path: Path, pack: Callable[[bytes], bytes] | None
) -> None:
    data = b"\n\n".join(line for line, _ in LINES[:4])
    packed, ending = (pack(data), ".gz" if pack is gzip.compress else ".zst") if pack else (data, "")
    wanted = [page for _, page in LINES[:4]]
    assert pages(read_file(tmp_path, "a.jsonl" + ending, packed)) == wanted
    assert pages(read_pipe(packed)) == wanted


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json", "malformed"),
        (b'{"url": "https://daily.example/"}', "no page in it"),
        (b"[1, 2]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"html": "\\ud800"}', ""),
        (b'{"html": "\xff"}', "not UTF-8"),
        (b'{"html": 3}', "no page in it"),
        (b'{"body_base64": "!!"}', "base64"),
        (b'{"httpResponseBody": "!!"}', "not base64"),
        (b'{"body": "x", "url": 7}', "url"),
        (b"[" * 100_000, "recursion"),
        (b'{"html": "' + b"x" * 5000 + b'"}', "more than 4000 bytes"),
        (b'{"html": "' + b"x" * 2500 + b'"}', "more than 2000 bytes"),
    ],
)
def test_a_bad_line_is_named_and_the_next_is_read(tmp_path: Path, line: bytes, reason: str) -> None:
    good = b'{"html": "good"}\n'
    items = read_file(tmp_path, "a.jsonl", good + line + b"\n" + good, limit=2000 if b"xxx" in line else 1 << 20)
    assert [type(item) for item in items] == [Found, Unreadable, Found]
    assert items[1].where.endswith("a.jsonl, line 2")
    assert reason in reasons(items)[0]


def test_damaged_compression_ends_the_lines_with_a_word(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(b'{"html": "%d"}\n' % number for number in range(50_000)), 1)
    items = read_file(tmp_path, "a.jsonl.gz", data[: len(data) // 2])
    assert len(pages(items)) > 100
    assert ["the rest is lost" in reason for reason in reasons(items)] == [True]
