"""Read one input, whatever its form, with bounded memory: one page is held at a time."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from schemas import RawPage
from workers.readers.archives import read_archive
from workers.readers.inputs import CONTENT_TYPES, ENCODINGS, Form, Input
from workers.readers.items import MAX_RECORD_BYTES, Found, Item, Unreadable
from workers.readers.lines import read_lines
from workers.readers.streams import DAMAGE, SIGNATURES, Readable, decompressed, looked_into

_BLANK = b"\xef\xbb\xbf \t\r\n"


def read_input(
    source: Input,
    *,
    standard_input: Readable | None = None,
    content_type: str | None = None,
    url: str | None = None,
    site: str | None = None,
    limit: int = MAX_RECORD_BYTES,
) -> Iterator[Item]:
    """Every page of an input in order.

    content_type and url are for plain pages, site for pages of every form, where they say nothing themselves; limit is
    the largest page in bytes. Damage is handed out as Unreadable; only an input that cannot be opened raises (OSError).
    """
    for item in _items(source, standard_input, content_type, url, limit):
        if site is not None and isinstance(item, Found) and item.page.site is None:
            item = replace(item, page=msgspec.structs.replace(item.page, site=site))
        yield item


def _items(
    source: Input, standard_input: Readable | None, content_type: str | None, url: str | None, limit: int
) -> Iterator[Item]:
    if source.form is Form.STREAM:
        assert standard_input is not None, "who names standard input passes it"  # noqa: S101 (the caller's slip)
        head, stream = looked_into(standard_input)
        yield from _read_stream(head, stream, source.path, content_type, url, limit)
        return
    with Path(source.path).open("rb") as file:
        if source.form is Form.LINES:
            lines = decompressed(file, Path(source.path).suffix.lower())
            yield from read_lines(lines, source.path, limit, position=file.tell)
        elif source.form is Form.ARCHIVE or file.peek(5)[:5] == b"WARC/":
            yield from read_archive(file, source.path, limit)
        else:
            yield _page(file, source.path, content_type, url, limit)


def _read_stream(
    head: bytes, stream: io.BufferedReader, name: str, content_type: str | None, url: str | None, limit: int
) -> Iterator[Item]:
    """Standard input: archives and JSON lines, compressed or not; else one page."""
    position = stream.tell
    for signature, ending in SIGNATURES.items():
        if head.startswith(signature):
            try:
                head, stream = looked_into(decompressed(stream, ending))
            except DAMAGE as error:
                yield Unreadable(name, f"damaged {ENCODINGS[ending]} data: {error}", position())
                return
            break
    if head.startswith(b"WARC/"):
        yield from read_archive(stream, name, limit)
    elif head.lstrip(_BLANK).startswith(b"{"):
        yield from read_lines(stream, name, limit, position=position)
    else:
        yield _page(stream, name, content_type, url, limit)


def _page(file: io.BufferedReader, name: str, content_type: str | None, url: str | None, limit: int) -> Item:
    try:
        body = file.read(limit + 1)
    except DAMAGE as error:
        return Unreadable(name, str(error), 0)
    if len(body) > limit:
        return Unreadable(name, f"more than {limit} bytes", len(body))
    endings = [ending.lower() for ending in Path(name).suffixes]
    content_encoding = ENCODINGS[endings.pop()] if endings and endings[-1] in ENCODINGS else None
    told = content_type or (CONTENT_TYPES.get(endings[-1]) if endings else None)
    page = RawPage(body=body, url=url, content_type=told, content_encoding=content_encoding)
    return Found(page, name, len(body))
