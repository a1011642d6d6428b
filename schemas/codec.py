"""Records to bytes and back, and the header values that say what the bytes are.

JSON and MessagePack hold the same fields. Decoding ignores fields that it does not know, so that a consumer of an
older release reads the records of a newer one.
"""

import re
from typing import Literal, TypeVar

import msgspec

from schemas.article import Article
from schemas.page import RawPage
from schemas.promo import Sightings, Snippet, Teaser
from schemas.trends import Trends

Format = Literal["json", "msgpack"]
Record = Article | Sightings | Teaser | Snippet | Trends
SomeRecord = TypeVar("SomeRecord", bound=msgspec.Struct)

CONTENT_TYPES: dict[Format, str] = {"json": "application/json", "msgpack": "application/vnd.msgpack"}
"""Format -> the `content-type` header of a record."""

PAGE_CONTENT_TYPES: dict[Format, str] = {
    "json": "application/vnd.broadsheet.page+json",
    "msgpack": "application/vnd.broadsheet.page+msgpack",
}
"""Format -> the `content-type` header that marks a page's envelope."""

SCHEMA_NAMES: dict[type[msgspec.Struct], str] = {
    Article: "article/1",
    Sightings: "sightings/1",
    Teaser: "teaser/1",
    Snippet: "snippet/1",
    Trends: "trends/1",
}
"""Record -> its `schema` header: the name and the version that only a breaking change raises."""

_JSON = msgspec.json.Encoder()
_MSGPACK = msgspec.msgpack.Encoder()

_CHARSET = re.compile(r"charset\s*=\s*[^;]*", re.IGNORECASE)


class EnvelopeError(ValueError):
    """An envelope cannot be read; str(error) says why."""


class _JsonEnvelope(msgspec.Struct, frozen=True, kw_only=True):
    """RawPage as it travels in JSON, where a body is text or base64."""

    body: str | None = None
    body_base64: bytes | None = None
    url: str | None = None
    content_type: str | None = None
    fetched_at: str | None = None
    http_status: int | None = None
    site: str | None = None
    content_encoding: str | None = None


_JSON_ENVELOPE = msgspec.json.Decoder(_JsonEnvelope)
_MSGPACK_ENVELOPE = msgspec.msgpack.Decoder(RawPage)


def encode(record: msgspec.Struct, form: Format = "json") -> bytes:
    """A record's bytes."""
    return _JSON.encode(record) if form == "json" else _MSGPACK.encode(record)


def decode(data: bytes | memoryview, kind: type[SomeRecord], form: Format = "json") -> SomeRecord:
    """A record from its bytes. Raises msgspec.DecodeError (or its ValidationError) for anything else."""
    if form == "json":
        return msgspec.json.decode(data, type=kind)
    return msgspec.msgpack.decode(data, type=kind)


def format_of(content_type: str | None) -> Format:
    """The format that a record's `content-type` header names; JSON, the default, for no header and any other value."""
    return "msgpack" if content_type == CONTENT_TYPES["msgpack"] else "json"


def page_format(content_type: str | None) -> Format | None:
    """The format of the envelope that a page's `content-type` header names; None for a page in raw form."""
    essence = (content_type or "").partition(";")[0].strip().lower()
    for form, name in PAGE_CONTENT_TYPES.items():
        if essence == name:
            return form
    return None


def encode_page(page: RawPage, form: Format = "json") -> bytes:
    """A page's envelope, for producers. In JSON the body is base64: a page's bytes are kept as they are."""
    if form == "msgpack":
        return _MSGPACK.encode(page)
    fields = {name: getattr(page, name) for name in page.__struct_fields__ if name != "body"}
    known = {name: value for name, value in fields.items() if value is not None}
    return _JSON.encode({"body_base64": page.body, **known})


def decode_page(data: bytes, form: Format) -> RawPage:
    """A page from its envelope. Raises EnvelopeError.

    A body that is a string has been decoded and decompressed already: it is read as UTF-8, whatever charset
    content_type names, and content_encoding is dropped.
    """
    try:
        if form == "msgpack":
            return _MSGPACK_ENVELOPE.decode(data)
        envelope = _JSON_ENVELOPE.decode(data)
    except RecursionError as error:
        raise EnvelopeError("the envelope is nested too deep") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # msgspec's messages name the field and the type, never the value.
        raise EnvelopeError(str(error)) from error
    return _page(envelope)


def _page(envelope: _JsonEnvelope) -> RawPage:
    if envelope.body is not None and envelope.body_base64 is not None:
        raise EnvelopeError("both `body` and `body_base64` are given; a page has one body")
    if envelope.body_base64 is not None:
        body, content_type, content_encoding = envelope.body_base64, envelope.content_type, envelope.content_encoding
    elif envelope.body is not None:
        try:
            body = envelope.body.encode("utf-8")
        except UnicodeEncodeError as error:
            raise EnvelopeError("`body` holds half a surrogate pair; send such pages as `body_base64`") from error
        content_type = envelope.content_type and _CHARSET.sub("charset=utf-8", envelope.content_type)
        content_encoding = None
    else:
        raise EnvelopeError("there is neither `body` nor `body_base64`")
    return RawPage(
        body=body,
        url=envelope.url,
        content_type=content_type,
        fetched_at=envelope.fetched_at,
        http_status=envelope.http_status,
        site=envelope.site,
        content_encoding=content_encoding,
    )
