"""The pages that the project ships, as records for news.pages: raw forms and envelopes, charsets, compressions."""

import gzip
from importlib.resources import files

import msgspec

from schemas import RawPage
from schemas.codec import PAGE_CONTENT_TYPES, encode_page


class Sample(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One page of samples/index.json."""

    file: str
    about: str
    content_type: str
    url: str | None = None
    site: str | None = None
    charset: str = "utf-8"
    """What the page is encoded in when it is sent; the files themselves are UTF-8."""
    transfer: str | None = None
    """"gzip", or "broken gzip" for a body that is cut short."""
    envelope: bool = False
    """True: a JSON envelope instead of value and headers."""


def samples() -> list[Sample]:
    """All sample pages, in the order of the index."""
    return msgspec.json.decode(_read("index.json"), type=list[Sample])


def as_record(sample: Sample, fetched_at: str) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Value and headers of the sample on news.pages. fetched_at is RFC 3339 with an offset."""
    body = _read(sample.file).decode("utf-8").encode(sample.charset)
    encoding = None
    if sample.transfer is not None:
        body, encoding = gzip.compress(body, mtime=0), "gzip"
        if sample.transfer == "broken gzip":
            body = body[: len(body) // 2]
    if sample.envelope:
        page = RawPage(
            body=body,
            url=sample.url,
            site=sample.site,
            content_type=sample.content_type,
            content_encoding=encoding,
            fetched_at=fetched_at,
        )
        return encode_page(page), [("content-type", PAGE_CONTENT_TYPES["json"].encode())]
    fields = {
        "url": sample.url,
        "site": sample.site,
        "content-type": sample.content_type,
        "content-encoding": encoding,
        "fetched-at": fetched_at,
    }
    return body, [(name, value.encode()) for name, value in fields.items() if value is not None]


def _read(name: str) -> bytes:
    return files("workers.cli.samples").joinpath(name).read_bytes()
