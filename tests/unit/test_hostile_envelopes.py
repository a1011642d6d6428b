"""Envelopes with the wrong type in every field, and headers that attack: a documented error, or a page."""

from typing import Any

import msgspec
import pytest

from schemas import RawPage
from schemas.codec import PAGE_CONTENT_TYPES, Format
from workers.errors import BadEnvelope
from workers.segment.decode import decode
from workers.stream.envelope import read_page

WRONG: dict[str, Any] = {
    "a number": 7,
    "a large number": 2**63,
    "a fraction": 1.5,
    "true": True,
    "a list": [1, 2],
    "an object": {"a": {"b": []}},
    "text": "x",
    "bytes": b"\xff\xfe",
    "deep": [[[[[[[[[]]]]]]]]],
}
FIELDS = RawPage.__struct_fields__
TEXT_FIELDS = tuple(field for field in FIELDS if field not in ("body", "http_status"))
GOOD = {"body": "<p>The bridge opened on Monday.", "url": "https://news.example/", "http_status": 200}


def encoded(fields: dict[str, Any], form: Format) -> bytes:
    if form == "msgpack":
        return msgspec.msgpack.encode(
            {name: _bytes(value) if name == "body" else value for name, value in fields.items()}
        )
    return msgspec.json.encode(fields)


def _bytes(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def read(value: bytes | None, form: Format) -> RawPage:
    return read_page(value, [("content-type", PAGE_CONTENT_TYPES[form].encode())])


@pytest.mark.parametrize("form", ["json", "msgpack"])
def test_a_good_envelope_is_a_page(form: Format) -> None:
    assert read(encoded(GOOD, form), form).body == GOOD["body"].encode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["json", "msgpack"])
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_type_in_any_field_is_a_bad_envelope_that_names_it(form: Format, field: str, kind: str) -> None:
    value = encoded(GOOD | {field: WRONG[kind]}, form)
    fits = (field in (*TEXT_FIELDS, "body") and kind == "text") or (field == "body" and kind == "bytes")
    fits = fits or (form == "json" and kind == "bytes" and field in TEXT_FIELDS)  # JSON has no bytes: it is text
    fits = fits or (field == "http_status" and kind in ("a number", "a large number"))
    if fits:
        assert isinstance(read(value, form), RawPage)
        return
    with pytest.raises(BadEnvelope) as caught:
        read(value, form)
    assert len(str(caught.value)) < 300
    assert field in str(caught.value)


@pytest.mark.parametrize("form", ["json", "msgpack"])
@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"null",
        b"\xc0",
        b"[]",
        b"\x90",
        b"{}",
        b"\x80",
        b"not an envelope",
        b'{"body": "x"',
        b'{"body": "x"} {"body": "y"}',
        b'{"body": "\\ud800"}',
        b'{"body": "\xff"}',
        b'{"body_base64": "?"}',
        b'{"body": "x", "body_base64": "eA=="}',
        b'{"body": null}',
        b"[" * 1_000_000,
        b'{"a":' * 1_000_000,
        b"\x91" * 1_000_000,
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\x81\xa4body\xc6\x7f\xff\xff\xffx",
        b'{"url": "' + b"x" * 1_000_000,
    ],
)
def test_what_is_no_envelope_is_a_bad_envelope(form: Format, value: bytes | None) -> None:
    with pytest.raises(BadEnvelope) as caught:
        read(value, form)
    assert len(str(caught.value)) < 300


def test_of_a_field_that_stands_twice_one_counts_and_no_other_is_disturbed() -> None:
    page = read(b'{"body": "a", "body": "b", "url": "https://news.example/", "unknown": [1]}', "json")
    assert page.body in (b"a", b"b")
    assert page.url == "https://news.example/"


HEADERS = [
    [("url", b"\xff\xfe")],
    [("url", None), ("content-type", None)],
    [("url", b"https://news.example/\r\nX-Injected: 1"), ("site", b"\r\n\0")],
    [("content-type", b"\xff" * 100_000)],
    [("content-type", b"text/html; charset=" + b"x" * 5000)],
    [("http-status", b"9" * 5000), ("fetched-at", b"9999-99-99T99:99:99Z")],
    [("http-status", "٢٠٠".encode()), ("fetched-at", b"0000-00-00")],
    [("content-encoding", b"gzip\0"), ("content-encoding", b"identity")],
    [("URL", b"https://news.example/a"), ("url", b"https://news.example/b")],
    [(f"x-{number}", b"y" * 100) for number in range(10_000)],
    [("", b""), ("\ud800", b"x"), ("dead-letter-reason", b"bug")],
]


@pytest.mark.parametrize("headers", HEADERS, ids=range(len(HEADERS)))
def test_no_header_costs_the_page(headers: list[tuple[str, bytes | None]]) -> None:
    page = read_page(b"<p>The bridge opened on Monday.", headers)
    assert "The bridge opened" in decode(page).text
    assert page.http_status is None
    assert page.fetched_at is None
