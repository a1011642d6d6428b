"""What a child does with a page: read the record, run the pure core, encode what comes out.

Outputs come back encoded, so that the worker's own process neither decodes nor encodes a page.
"""

import time
from datetime import UTC, datetime

import msgspec

from schemas import RawPage
from schemas.codec import CONTENT_TYPES, SCHEMA_NAMES, encode
from workers.errors import PageError, TooLarge
from workers.pipeline import PageRecords, process_page
from workers.stream import headers as names
from workers.stream.envelope import read_page
from workers.stream.headers import Header, coordinates
from workers.stream.page_work import (
    Encoded,
    PageDone,
    PageFailed,
    PageSucceeded,
    PageWork,
    decode_work,
    encode_answer,
)

NO_SITE = b""
"""The key of sightings whose page has no known site: they share a partition, so that they too are deduplicated."""


def warm_up() -> None:
    """Load what the core loads on its first page, before children are forked."""
    process_page(RawPage(body=b"<title>Warm-up</title><p>A page.</p>", content_type="text/html; charset=utf-8"))
    process_page(RawPage(body=b"A page.\n", content_type="text/plain; charset=utf-8"))


def segment_page(payload: bytearray) -> bytes:
    """The child's task. Documented page errors are an answer like any other; everything else is left to the child."""
    begun = time.perf_counter()
    work, value = decode_work(payload)
    url = None
    try:
        page = read_page(value, work.headers)
        url = page.url
        if page.content_encoding and len(page.body) > work.most_compressed_bytes:
            raise TooLarge(f"{len(page.body)} bytes compressed; the limit is {work.most_compressed_bytes}")
        read = time.perf_counter()
        records = process_page(
            page,
            source=coordinates(work.topic, work.partition, work.offset),
            seen_at=_rfc3339(work.timestamp_ms),
            segmented_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
    except PageError as error:
        return encode_answer(PageFailed(error.reason, error.stage, str(error), url))
    processed = time.perf_counter()
    encoded = _encoded(records, work)
    stages = {
        "envelope": read - begun,
        **(records.traces or {"process": processed - read}),
        "encode": time.perf_counter() - processed,
    }
    done = PageDone(
        records.outcome,
        records.kind,
        records.url,
        len(records.teasers),
        len(records.snippets),
        encoded,
        stages,
        records.site,
        records.language,
    )
    return encode_answer(PageSucceeded(done))


def _encoded(records: PageRecords, work: PageWork) -> list[Encoded]:
    source = coordinates(work.topic, work.partition, work.offset)
    carried = names.carried(work.headers)
    made = []
    if records.article is not None:
        article = records.article
        made.append(
            Encoded(
                "article", article.id.encode(), encode(article, work.format), _headers(article, work, source, carried)
            )
        )
    sightings = records.sightings()
    key = sightings.site.encode() if sightings.site else NO_SITE
    timestamp: Header = (names.PAGE_TIMESTAMP, str(work.timestamp_ms).encode())
    headers = [*_headers(sightings, work, source, carried), timestamp]
    made.append(Encoded("sightings", key, encode(sightings, work.format), headers))
    return made


def _headers(record: msgspec.Struct, work: PageWork, source: str, carried: list[Header]) -> list[Header]:
    return [
        (names.CONTENT_TYPE, CONTENT_TYPES[work.format].encode()),
        (names.SCHEMA, SCHEMA_NAMES[type(record)].encode()),
        (names.SOURCE, source.encode()),
        *carried,
    ]


def _rfc3339(timestamp_ms: int) -> str | None:
    """A Kafka timestamp as text; None for none (-1) and for years that are none."""
    if timestamp_ms < 0:
        return None
    try:
        return datetime.fromtimestamp(timestamp_ms / 1000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return None
