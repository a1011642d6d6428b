"""HTTP responses as archives keep them: status, headers, body."""

import re
from typing import NamedTuple

_LONGEST_SIZE_LINE = 1024
"""A chunk's size and its extensions; more is no chunk."""


class Response(NamedTuple):
    """A response taken apart."""

    status: int | None
    headers: dict[str, str]
    """Names in lower case; of repeated ones the first."""
    body: bytes
    """Without the chunks of the transfer; still compressed if the server compressed it."""


def parse_response(message: bytes) -> Response | None:
    """Read a response; None when it is none."""
    ends = [(at, length) for mark, length in ((b"\r\n\r\n", 4), (b"\n\n", 2)) if (at := message.find(mark)) >= 0]
    if not message.startswith(b"HTTP/") or not ends:
        return None
    at, length = min(ends)
    first, *lines = message[:at].decode("utf-8", "replace").splitlines()
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    body = message[at + length :]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = unchunked(body)
    status = re.match(r"HTTP/\S+ ([1-5][0-9]{2})\b", first)
    return Response(int(status[1]) if status is not None else None, headers, body)


def unchunked(body: bytes) -> bytes:
    """A body put together from its chunks; as it is if it holds none: archivers often leave the header behind."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + _LONGEST_SIZE_LINE)
        size_digits = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            size = int(size_digits, 16)
        except ValueError:
            # Cut short or never chunked.
            return b"".join(pieces) or body
        if size <= 0:
            return b"".join(pieces)
        pieces.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        at += 2 if body.startswith(b"\r\n", at) else 1
