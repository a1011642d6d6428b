"""Small inputs, and what is read from them."""

import io
from pathlib import Path
from typing import Any

import cramjam

from schemas import RawPage
from workers.readers import Found, Item, Unreadable, find_inputs, read_input

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
