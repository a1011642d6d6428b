"""HTTP responses as archives keep them."""

import pytest

from workers.readers.http_messages import parse_response, unchunked


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
