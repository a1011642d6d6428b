"""JSON lines: page envelopes, and the shapes that crawlers write (an object with "html" or "text", and a "url")."""

import base64
import binascii
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from schemas import RawPage
from schemas.codec import EnvelopeError, decode_page
from workers.readers.items import Found, Item, Unreadable
from workers.readers.streams import DAMAGE

_LINE_TO_PAGE = 2
"""A longer line than so many times the largest page is left unread. Base64 takes 4/3; escapes of whole pages to more
than twice their size are not seen."""

_SKIP_BYTES = 1 << 20
"""An overlong line is skipped in pieces of this size."""

# Field names in the output of common crawlers.
_HTML = ("html", "browserHtml", "raw_html")
_TEXT = ("text", "raw_text", "maintext")
_ANY = ("content", "raw_content")
_BASE64 = ("httpResponseBody", "html_base64")
_URL = ("url", "uri", "link")
_FETCHED_AT = ("fetched_at", "crawled_at", "date_download", "timestamp")
_HTTP_STATUS = ("http_status", "status", "status_code", "statusCode")
_CONTENT_TYPE = ("content_type", "mimetype", "mime")

Fields = dict[str, Any]


def read_lines(stream: io.BufferedReader, name: str, limit: int, *, position: Callable[[], int]) -> Iterator[Item]:
    """The page of each line; position tells how far the underlying input has been read. Blank lines are nothing."""
    longest = limit * _LINE_TO_PAGE
    number = 0
    while True:
        number += 1
        where = f"{name}, line {number}"
        try:
            line = stream.readline(longest + 1)
            overlong = len(line) > longest and not line.endswith(b"\n")
            while overlong and (piece := stream.readline(_SKIP_BYTES)) and not piece.endswith(b"\n"):
                pass
        except DAMAGE as error:
            yield Unreadable(where, f"the data is damaged here, and the rest is lost: {error}", position())
            return
        if overlong:
            yield Unreadable(where, f"a line of more than {longest} bytes", position())
        elif line.strip():
            yield _item(line, where, limit, position())
        elif not line:
            return


def _item(line: bytes, where: str, limit: int, position: int) -> Item:
    try:
        page = page_of_line(line)
    except (EnvelopeError, msgspec.DecodeError, RecursionError) as error:
        return Unreadable(where, str(error), position)
    if len(page.body) > limit:
        return Unreadable(where, f"more than {limit} bytes", position)
    return Found(page, where, position)


def page_of_line(line: bytes) -> RawPage:
    """The page that one line holds. Raises EnvelopeError or msgspec.DecodeError."""
    line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        fields = msgspec.json.decode(line)
    except UnicodeDecodeError as error:
        raise EnvelopeError(f"not UTF-8: {error.reason}") from error
    if not isinstance(fields, dict):
        raise EnvelopeError("not a JSON object")
    page = decode_page(line, "json") if "body" in fields or "body_base64" in fields else _crawled(fields)
    return msgspec.structs.replace(
        page,
        url=page.url or _first(fields, _URL, str),
        fetched_at=page.fetched_at or _first(fields, _FETCHED_AT, str),
        http_status=page.http_status or _first(fields, _HTTP_STATUS, int),
        site=page.site or _first(fields, ("site",), str),
    )


def _crawled(fields: Fields) -> RawPage:
    """The page as a crawler wrote it, under whatever name."""
    for names, content_type in (
        (_HTML, "text/html; charset=utf-8"),
        (_TEXT, "text/plain; charset=utf-8"),
        (_ANY, None),
    ):
        text = _first(fields, names, str)
        if text is not None:
            try:
                return RawPage(body=text.encode("utf-8"), content_type=content_type)
            except UnicodeEncodeError as error:
                raise EnvelopeError("the page's text holds half a surrogate pair") from error
    packed = _first(fields, _BASE64, str)
    if packed is None:
        raise EnvelopeError(f"no page in it: none of the fields {', '.join(('body', *_HTML, *_TEXT, *_ANY, *_BASE64))}")
    try:
        body = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise EnvelopeError(f"not base64: {error}") from error
    return RawPage(body=body, content_type=_first(fields, _CONTENT_TYPE, str))


def _first(fields: Fields, names: Sequence[str], kind: type) -> Any:
    """The first of these fields that holds a value of the kind; None if none does (true is no number)."""
    return next((fields[name] for name in names if type(fields.get(name)) is kind), None)
