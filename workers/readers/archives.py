"""WARC and WET archives, compressed record by record (gzip, zstd) or not.

Responses and resources give their payload, conversions (WET) their text; other records hold no page. Damage ends the
library's iteration, so it is taken up again at the next place where a record begins.
"""

import io
import re
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from schemas import RawPage
from workers.readers.http_messages import parse_response
from workers.readers.items import Found, Item, Unreadable
from workers.readers.streams import DAMAGE

_PAGES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion

_BEGINNINGS = {
    b"WA": re.compile(rb"(?<=\n)WARC/[01]\.\d\d?\r?\n"),
    b"\x1f\x8b": re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    b"\x28\xb5": re.compile(rb"\x28\xb5\x2f\xfd"),
}
"""First bytes of an archive -> what its later records begin with."""

_WINDOW_BYTES = 1 << 20
"""The next beginning is looked for in steps of this size."""

_OVERLAP_BYTES = 16
"""More than any beginning is long, so that none is cut in two."""

_FAILURES_IN_A_ROW = 100
"""What holds so many beginnings and no record after any of them is no archive."""

_HTTP_HEADER_ROOM = 1 << 20
"""In bytes, on top of the largest page: the HTTP headers in front of it."""

_PAGE_TYPES = ("text/html", "text/plain", "application/xhtml+xml", "application/octet-stream", "")
"""What else crawls hold (images, scripts, feeds) would only become dead letters."""


def read_archive(stream: io.BufferedReader, name: str, limit: int) -> Iterator[Item]:
    """Every page of an archive, and every damaged record. A stream that cannot seek ends at the first damage."""
    head = stream.peek(256)
    line_feeds_only = b"\r\n" not in head.partition(b"\n")[0] + b"\n" and head.startswith(b"WARC/")
    beginning = _BEGINNINGS.get(head[:2])
    number, failures, told = 0, 0, False
    start = stream.tell()
    while failures < _FAILURES_IN_A_ROW:
        latest = None
        try:
            for record in ArchiveIterator(stream, record_types=_PAGES, parse_http=False, quirks_mode=line_feeds_only):
                number, failures, told, latest = number + 1, 0, False, record.stream_pos
                item = _item(record, f"{name}, record {number}", limit)
                if item is not None:
                    yield item
            return
        except DAMAGE as error:
            failures += 1
            start = start if latest is None else latest
            if latest is not None or not told:
                number += 1
                yield Unreadable(f"{name}, record {number}", f"damaged after byte {start}: {error}", start)
            # The next beginning is that of the record that has just been told of, unless it was a beginning already.
            told = latest is not None
        found = _next_beginning(stream, beginning, start + 1) if beginning and stream.seekable() else None
        if found is None:
            return
        start = found
        stream.seek(start)


def _next_beginning(stream: io.BufferedReader, beginning: re.Pattern[bytes], start: int) -> int | None:
    stream.seek(start)
    window = b""
    while piece := stream.read(_WINDOW_BYTES):
        window += piece
        found = beginning.search(window)
        if found is not None:
            return start + found.start()
        start += max(0, len(window) - _OVERLAP_BYTES)
        window = window[-_OVERLAP_BYTES:]
    return None


def _item(record: WarcRecord, where: str, limit: int) -> Item | None:
    """The record as a page; None when it holds none."""
    stated = record.headers.get("Content-Length") or ""
    block = record.reader.read(limit + _HTTP_HEADER_ROOM)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    where = f"{where} ({url})" if url else where
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        return Unreadable(where, "its header is cut short or states no length", record.stream_pos)
    whole = len(block) >= int(stated)
    if not whole and len(block) <= limit:
        return Unreadable(where, f"cut short: {len(block)} of {stated} bytes", record.stream_pos)
    page = _page(record, block, url)
    if page is not None and (len(page.body) > limit or not whole):
        return Unreadable(where, f"more than {limit} bytes", record.stream_pos)
    return Found(page, where, record.stream_pos) if page is not None else None


def _page(record: WarcRecord, block: bytes, url: str | None) -> RawPage | None:
    fetched_at = record.headers.get("WARC-Date") or None
    if record.record_type == WarcRecordType.conversion:
        return RawPage(body=block, url=url, content_type="text/plain; charset=utf-8", fetched_at=fetched_at)
    if record.record_type == WarcRecordType.resource:
        content_type = record.headers.get("Content-Type") or None
        return (
            RawPage(body=block, url=url, content_type=content_type, fetched_at=fetched_at)
            if _is_page(content_type)
            else None
        )
    response = parse_response(block)
    if response is None or not 200 <= (response.status or 0) <= 299 or not response.body:
        return None  # DNS answers, redirects, errors
    content_type = response.headers.get("content-type")
    if not _is_page(content_type):
        return None
    return RawPage(
        body=response.body,
        url=url,
        content_type=content_type,
        content_encoding=response.headers.get("content-encoding"),
        fetched_at=fetched_at,
        http_status=response.status,
    )


def _is_page(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() in _PAGE_TYPES
