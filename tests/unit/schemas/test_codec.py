"""Records and pages to bytes and back."""

from typing import Any

import msgspec
import pytest

from schemas import Article, RawPage, Sightings, Snippet, Teaser, Trends
from schemas.codec import (
    CONTENT_TYPES,
    PAGE_CONTENT_TYPES,
    SCHEMA_NAMES,
    EnvelopeError,
    Format,
    decode,
    decode_page,
    encode,
    encode_page,
    format_of,
    page_format,
)

FORMATS: tuple[Format, ...] = ("json", "msgpack")

RECORDS: tuple[msgspec.Struct, ...] = (
    Article(
        id="a" * 32, site=None, headline="Überschrift", body="Ein Absatz.\n\nZwei.", source="p:0:1", confidence=0.5
    ),
    Teaser(id="b" * 32, site="news.example", headline="H", truncated=True, placement="rail", position=0),
    Snippet(id="c" * 32, site="news.example", text="“…”"),
    Sightings(site="news.example", source=None, teasers=[Teaser(id="b" * 32, site=None, headline="H")]),
    Trends(
        site="news.example",
        window_start="2025-03-05T08:00:00+00:00",
        window_end="2025-03-05T08:10:00+00:00",
        window_seconds=600,
        sighting_count=1,
        teaser_count=1,
    ),
)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_as_it_was(record: msgspec.Struct, form: Format) -> None:
    assert decode(encode(record, form), type(record), form) == record


@pytest.mark.parametrize("form", FORMATS)
def test_a_consumer_reads_records_with_fields_that_it_does_not_know(form: Format) -> None:
    fields = {**msgspec.to_builtins(RECORDS[1]), "added_by_a_later_release": [1, 2]}
    data = msgspec.json.encode(fields) if form == "json" else msgspec.msgpack.encode(fields)
    assert decode(data, Teaser, form) == RECORDS[1]


def test_content_types_tell_the_formats_apart() -> None:
    for form in FORMATS:
        assert format_of(CONTENT_TYPES[form]) == form
        assert page_format(PAGE_CONTENT_TYPES[form].upper() + "; charset=utf-8") == form
    assert format_of(None) == "json"
    for other in (None, "", "text/html", "application/json"):
        assert page_format(other) is None


def test_every_record_names_its_schema() -> None:
    assert {type(record) for record in RECORDS} == set(SCHEMA_NAMES)
    assert all(name.endswith("/1") for name in SCHEMA_NAMES.values())


@pytest.mark.parametrize("form", FORMATS)
def test_a_page_comes_back_byte_for_byte(form: Format) -> None:
    page = RawPage(body=bytes(range(256)), url="https://news.example/", http_status=200, content_encoding="gzip")
    assert decode_page(encode_page(page, form), form) == page


def test_a_body_given_as_text_is_utf_8_whatever_the_charset_label_says() -> None:
    envelope = {"body": "Grüße", "content_type": "text/html; charset=iso-8859-1", "content_encoding": "gzip"}
    page = decode_page(msgspec.json.encode(envelope), "json")
    assert page == RawPage(body="Grüße".encode(), content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "truncated"),
        (b"no json", "malformed"),
        (b"[]", "object"),
        (b"{}", "neither `body` nor `body_base64`"),
        (b'{"body": null}', "neither `body` nor `body_base64`"),
        (b'{"body": "a", "body_base64": "YQ=="}', "both `body` and `body_base64`"),
        (b'{"body_base64": "%%%"}', "base64"),
        (b'{"body": 1}', r"\$\.body"),
        (b'{"body": "a", "url": 7}', r"\$\.url"),
        (b'{"body": "a", "http_status": "200"}', r"\$\.http_status"),
        (b'{"body": "a", "site": []}', r"\$\.site"),
        (b'{"body": "a", "fetched_at": {}}', r"\$\.fetched_at"),
        (b'{"body": "\xff"}', "decode"),
        (rb'{"body": "\ud800"}', "truncated|surrogate"),
        (b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
    ],
)
def test_a_broken_json_envelope_says_what_is_wrong(data: bytes, complaint: str) -> None:
    with pytest.raises(EnvelopeError, match=f"(?i){complaint}"):
        decode_page(data, "json")


@pytest.mark.parametrize(
    "fields",
    [{}, {"body": "text"}, {"body": b"x", "url": 1}, {"body": b"x", "http_status": "200"}, [], None],
    ids=repr,
)
def test_a_broken_msgpack_envelope_says_what_is_wrong(fields: Any) -> None:
    with pytest.raises(EnvelopeError, match=r"."):
        decode_page(msgspec.msgpack.encode(fields), "msgpack")
