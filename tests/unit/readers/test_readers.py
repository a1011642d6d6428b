"""Pages from files, folders, JSON lines, archives and standard input; damage is named and passed over."""

import base64
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cramjam
import pytest

from schemas import RawPage
from schemas.codec import encode_page
from workers.readers import Found, Item, Unreadable, find_inputs, read_input
from workers.readers.http_messages import parse_response, unchunked
from workers.readers.inputs import Form, form_of

HTML = b"<html><p>The bridge opened.</p></html>"
URL = "https://daily.example/bridge"


def zstd(data: bytes) -> bytes:
    return bytes(cramjam.zstd.compress(data))


def record(kind: str, block: bytes, *, url: str = URL, extra: bytes = b"") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Target-URI: {url}\r\n".encode()
    return head + extra + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def response(
    body: bytes, headers: bytes = b"Content-Type: text/html; charset=utf-8\r\n", status: str = "200 OK"
) -> bytes:
    http = b"HTTP/1.1 " + status.encode() + b"\r\n" + headers + b"\r\n" + body
    return record("response", http, extra=b"Content-Type: application/http; msgtype=response\r\n")


CONVERSION = record("conversion", "Brücke eröffnet".encode(), extra=b"Content-Type: text/plain\r\n")


def read_file(folder: Path, name: str, data: bytes, **options: Any) -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    (source,) = find_inputs([str(path)])
    return list(read_input(source, **options))


def read_pipe(data: bytes, **options: Any) -> list[Item]:
    (source,) = find_inputs(["-"])
    raw = io.BytesIO(data)
    pipe: Any = type("Pipe", (), {"read": lambda _, size=-1: raw.read(min(size, 7) if size > 0 else size)})()
    return list(read_input(source, standard_input=pipe, **options))


def pages(items: list[Item]) -> list[RawPage]:
    return [item.page for item in items if isinstance(item, Found)]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Unreadable)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("page.html", Form.PAGE),
        ("page.html.gz", Form.PAGE),
        ("page", Form.PAGE),
        ("pages.jsonl", Form.LINES),
        ("pages.JSONL.zst", Form.LINES),
        ("items.jl", Form.LINES),
        ("crawl.warc.gz", Form.ARCHIVE),
        ("crawl.warc.wet.gz", Form.ARCHIVE),
        ("CRAWL.WARC", Form.ARCHIVE),
        ("my.warc.notes.txt", Form.PAGE),
        (".gz", Form.PAGE),
    ],
)
def test_a_name_tells_the_form(name: str, form: Form) -> None:
    assert form_of(name) is form


@pytest.mark.parametrize(
    ("name", "content_type", "content_encoding"),
    [
        ("a.html", "text/html", None),
        ("a.HTM", "text/html", None),
        ("a.txt", "text/plain", None),
        ("a", None, None),
        ("a.html.gz", "text/html", "gzip"),
        ("a.txt.zst", "text/plain", "zstd"),
        ("a.br", None, "br"),
    ],
)
def test_a_file_is_a_page_with_what_its_name_tells(
    tmp_path: Path, name: str, content_type: str | None, content_encoding: str | None
) -> None:
    (page,) = pages(read_file(tmp_path, name, HTML))
    assert page == RawPage(body=HTML, content_type=content_type, content_encoding=content_encoding)


def test_what_the_user_says_outranks_the_name(tmp_path: Path) -> None:
    (page,) = pages(read_file(tmp_path, "a.txt", HTML, content_type="text/html; charset=latin1", url=URL))
    assert page == RawPage(body=HTML, content_type="text/html; charset=latin1", url=URL)


def test_a_site_is_given_to_the_pages_that_name_none(tmp_path: Path) -> None:
    data = b'{"html": "a", "site": "own.example"}\n{"html": "b"}\n'
    found = pages(read_file(tmp_path, "a.jsonl", data, site="news.example"))
    assert [page.site for page in found] == ["own.example", "news.example"]


def test_an_empty_file_is_a_page_that_holds_nothing(tmp_path: Path) -> None:
    assert pages(read_file(tmp_path, "a.html", b"")) == [RawPage(body=b"", content_type="text/html")]


def test_a_file_above_the_limit_is_named_and_not_read(tmp_path: Path) -> None:
    items = read_file(tmp_path, "a.html", HTML, limit=10)
    assert reasons(items) == ["more than 10 bytes"]
    assert items[0].where.endswith("a.html")


def test_a_folder_is_read_in_name_order_without_hidden_files_and_endless_links(tmp_path: Path) -> None:
    for name in ("b.html", "a/2.html", "a/1.html", ".hidden.html", ".git/x.html", "c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(HTML)
    (tmp_path / "c" / "loop").symlink_to(tmp_path)
    found = [Path(source.path).relative_to(tmp_path).as_posix() for source in find_inputs([str(tmp_path)])]
    assert found == ["a/1.html", "a/2.html", "b.html", "c/d/e.txt"]


def test_a_missing_path_is_an_error_and_not_an_empty_input(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(find_inputs([str(tmp_path / "nowhere.html")]))


def test_an_input_is_the_same_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(HTML)
    (before,), (again,) = find_inputs([str(path)]), find_inputs([str(path)])
    path.write_bytes(HTML + b"!")
    (after,) = find_inputs([str(path)])
    assert before.identity == again.identity != after.identity


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


def test_standard_input_may_be_a_page(tmp_path: Path) -> None:
    assert pages(read_pipe(HTML, content_type="text/html", url=URL)) == [
        RawPage(body=HTML, content_type="text/html", url=URL)
    ]
    assert pages(read_pipe(gzip.compress(HTML))) == [RawPage(body=HTML)]
    assert pages(read_pipe(b"")) == [RawPage(body=b"")]
    assert "damaged gzip data" in reasons(read_pipe(b"\x1f\x8b\x08" + b"\xff" * 90))[0]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"3\nabc\n0\n\n", b"abc"),
        (b"<p>never chunked</p>", b"<p>never chunked</p>"),
        (b"3\r\nabc\r\n9\r\ncut", b"abccut"),
        (b"3\r\nabc\r\nzz", b"abc"),
        (b"ffffffffffffffffff\r\nabc", b"abc"),
        (b"-5\r\nabc", b""),
        (b"", b""),
    ],
)
def test_chunks_are_put_together(body: bytes, whole: bytes) -> None:
    assert unchunked(body) == whole


@pytest.mark.parametrize("message", [b"", b"HTTP/1.1 200 OK", b"garbage\r\n\r\nx", b"SSH-2.0\r\n\r\n"])
def test_what_is_no_http_response_is_none(message: bytes) -> None:
    assert parse_response(message) is None


@pytest.mark.parametrize(
    ("line", "status"), [("HTTP/1.1 200 OK", 200), ("HTTP/1.1 abc", None), ("HTTP/2", None), ("HTTP/1.1 ٢٠٠ x", None)]
)
def test_a_status_is_three_digits(line: str, status: int | None) -> None:
    parsed = parse_response(line.encode() + b"\r\n\r\n")
    assert parsed is not None
    assert parsed.status == status
