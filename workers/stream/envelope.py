"""From a Kafka record to a page: the raw form (value and headers) and the envelope forms.

What a header says wrongly costs the header, never the page: a value that is not UTF-8, longer than 8 KiB, an
http-status that is no status or a fetched-at that is no time with an offset counts as not given. An envelope is held to
its types (workers.errors.BadEnvelope), because a producer that breaks them is broken.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from schemas import RawPage
from schemas.codec import EnvelopeError, decode_page, page_format
from workers.errors import BadEnvelope
from workers.stream.headers import CONTENT_TYPE, Header, last_values, text

STAGE = "envelope"


def read_page(value: bytes | None, headers: Sequence[Header]) -> RawPage:
    """The page that a record holds. Raises BadEnvelope."""
    values = last_values(headers)
    content_type = text(values, CONTENT_TYPE)
    form = page_format(content_type)
    if form is None:
        return RawPage(
            # A record without a value is a page without content: it counts as empty, like a value of no bytes.
            body=value or b"",
            url=text(values, "url"),
            content_type=content_type,
            fetched_at=known_time(text(values, "fetched-at")),
            http_status=_status(text(values, "http-status")),
            site=text(values, "site"),
            content_encoding=text(values, "content-encoding"),
        )
    try:
        page = decode_page(value or b"", form)
    except EnvelopeError as error:
        raise BadEnvelope(f"{content_type}: {error}", stage=STAGE) from error
    return msgspec.structs.replace(
        page, fetched_at=known_time(page.fetched_at), http_status=_known_status(page.http_status)
    )


def known_time(given: str | None) -> str | None:
    """A time in RFC 3339 with an offset; None for anything else."""
    if given is None:
        return None
    try:
        time = datetime.fromisoformat(given)
    except ValueError:
        return None
    return time.isoformat() if time.tzinfo is not None else None


def _status(given: str | None) -> int | None:
    if given is None or not (given.isascii() and given.isdigit() and len(given) == 3):
        return None
    return _known_status(int(given))


def _known_status(status: int | None) -> int | None:
    return status if status is not None and 100 <= status <= 599 else None
