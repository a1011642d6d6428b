"""WET records: the text that a crawl's conversion kept of a page, under a WARC header that names its address."""

import re
from dataclasses import dataclass

from workers.errors import UnsupportedType

_FIRST_LINE = re.compile(rb"WARC/[01]\.[0-9]{1,2}\r?\n")
_LONGEST_HEADER = 64 * 1024
"""In bytes; header blocks of real archives are below 2 kB."""


@dataclass(frozen=True, slots=True)
class WetRecord:
    """One conversion record."""

    url: str | None
    date: str | None
    """WARC-Date: when the page was fetched."""
    text: bytes
    """The record's block: UTF-8 by the format's definition."""


def parse_wet(body: bytes) -> WetRecord | None:
    """Read a body that is one WET record; None when it is none.

    Raises UnsupportedType for other kinds of WARC records: those hold HTTP messages, or nothing that can be read.
    """
    if not (first_line := _FIRST_LINE.match(body)):
        return None
    end = re.compile(rb"\r?\n\r?\n").search(body, 0, _LONGEST_HEADER)
    header = body[first_line.end() : end.start() if end is not None else _LONGEST_HEADER]
    fields: dict[str, str] = {}
    for line in header.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    kind = fields.get("warc-type", "conversion").lower()
    if kind != "conversion":
        raise UnsupportedType(f"a WARC record of type {kind[:40]!r}; of WARC records only conversions (WET) are pages")
    text = body[end.end() :] if end is not None else b""
    length = fields.get("content-length", "")
    if length.isascii() and length.isdigit() and len(length) < 12:
        text = text[: int(length)]
    url = fields.get("warc-target-uri", "").strip("<>")
    return WetRecord(url=url or None, date=fields.get("warc-date") or None, text=text)
