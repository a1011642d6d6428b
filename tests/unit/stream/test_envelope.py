"""From Kafka records to pages: whatever a producer writes into headers, the page is read or refused with a reason."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import RawPage
from schemas.codec import PAGE_CONTENT_TYPES, encode_page
from workers.errors import BadEnvelope
from workers.stream.envelope import read_page
from workers.stream.headers import Header, carried, coordinates, parse_coordinates

ENVELOPE: Header = ("content-type", PAGE_CONTENT_TYPES["json"].encode())


def test_the_raw_form_takes_everything_from_headers() -> None:
    headers: list[Header] = [
        ("url", b"https://news.example/a"),
        ("content-type", b"text/html; charset=utf-8"),
        ("content-encoding", b"gzip"),
        ("fetched-at", b"2026-03-05T10:00:00Z"),
        ("http-status", b"200"),
        ("site", b"zeitung.example"),
        ("traceparent", b"00-1-2-01"),
    ]
    assert read_page(b"<p>", headers) == RawPage(
        body=b"<p>",
        url="https://news.example/a",
        content_type="text/html; charset=utf-8",
        content_encoding="gzip",
        fetched_at="2026-03-05T10:00:00+00:00",
        http_status=200,
        site="zeitung.example",
    )


def test_a_page_without_headers_or_value_is_a_page_all_the_same() -> None:
    assert read_page(b"<p>", []) == RawPage(body=b"<p>")
    assert read_page(None, []) == RawPage(body=b"")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", b"\xff\xfe"),
        ("url", b"  "),
        ("url", None),
        ("url", b"https://news.example/" + b"a" * 10_000),
        ("content-type", b"\x80"),
        ("http-status", b"OK"),
        ("http-status", b"99"),
        ("http-status", b"600"),
        ("http-status", "٢٠٠".encode()),
        ("http-status", b"2000000000000000000000"),
        ("fetched-at", b"yesterday"),
        ("fetched-at", b"2026-03-05T10:00:00"),
        ("fetched-at", b"2026-13-05T10:00:00Z"),
        ("site", b"\xc3"),
    ],
)
def test_a_bad_header_counts_as_not_given(name: str, value: bytes | None) -> None:
    assert read_page(b"<p>", [(name, value)]) == RawPage(body=b"<p>")


def test_of_repeated_headers_the_last_counts_and_case_does_not_matter() -> None:
    page = read_page(b"<p>", [("url", b"https://news.example/1"), ("URL", b"https://news.example/2"), ("url", None)])
    assert page.url == "https://news.example/2"


@pytest.mark.parametrize("form", ["json", "msgpack"])
def test_the_envelope_forms_hold_a_page(form: str) -> None:
    page = RawPage(body=b"\xff", url="https://news.example/", http_status=404, fetched_at="2026-03-05T10:00:00+01:00")
    value = encode_page(page, "json" if form == "json" else "msgpack")
    assert read_page(value, [("content-type", f"application/vnd.broadsheet.page+{form}".encode())]) == page


def test_an_envelope_with_a_nonsensical_status_or_time_keeps_the_page() -> None:
    value = msgspec.json.encode({"body": "x", "http_status": 10**30, "fetched_at": "soon"})
    assert read_page(value, [ENVELOPE]) == RawPage(body=b"x")


@pytest.mark.parametrize("value", [None, b"", b"{", b"{}", b'{"body": 5}', b'{"url": "https://news.example/"}'])
def test_a_broken_envelope_is_refused_with_a_reason(value: bytes | None) -> None:
    with pytest.raises(BadEnvelope, match=r"^application/vnd\.broadsheet\.page\+json: .") as caught:
        read_page(value, [ENVELOPE])
    assert caught.value.stage == "envelope"


_HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["url", "content-type", "content-encoding", "fetched-at", "http-status", "site", "x"]),
        st.none() | st.binary(max_size=40) | st.sampled_from([value.encode() for value in PAGE_CONTENT_TYPES.values()]),
    ),
    max_size=8,
)


@given(st.none() | st.binary(max_size=200), _HEADERS)
def test_no_record_raises_anything_but_a_bad_envelope(value: bytes | None, headers: Sequence[Header]) -> None:
    try:
        page = read_page(value, headers)
    except BadEnvelope:
        return
    assert page.http_status is None or 100 <= page.http_status <= 599


def test_coordinates_are_read_back_even_of_topics_with_colons() -> None:
    assert parse_coordinates(coordinates("news.pages", 3, 17)) == ("news.pages", 3, 17)
    assert parse_coordinates("a:b:1:2") == ("a:b", 1, 2)
    for wrong in (None, "", "news.pages", "a:1", "a:b:1", "a:-1:2", "a:1:²"):
        assert parse_coordinates(wrong) is None


def test_only_the_trace_is_carried_on() -> None:
    assert carried([("url", b"u"), ("traceparent", b"1"), ("Traceparent", b"2")]) == [("traceparent", b"2")]
    assert carried([("url", b"u"), ("traceparent", None)]) == []
