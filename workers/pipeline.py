"""The whole pure core in one call: a raw page in, enriched records out."""

from schemas import RawPage
from workers.enrich.records import PageRecords, enrich
from workers.segment.decode import decode
from workers.segment.segment import segment

__all__ = ["PageRecords", "process_page"]


def process_page(
    page: RawPage, *, source: str | None = None, seen_at: str | None = None, segmented_at: str | None = None
) -> PageRecords:
    """Take one page apart and enrich it.

    source is the page's topic:partition:offset; seen_at (RFC 3339) stands in when the crawler gave no fetched_at;
    segmented_at is the caller's clock, since the core reads none. Raises only workers.errors.PageError.
    """
    decoded = decode(page)
    segmented = segment(decoded)
    return enrich(segmented, decoded, source=source, seen_at=seen_at, segmented_at=segmented_at)
