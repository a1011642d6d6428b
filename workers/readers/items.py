"""What a reader hands out: a page, or a record that could not be read."""

from dataclasses import dataclass

from schemas import RawPage

MAX_RECORD_BYTES = 63 * 1024 * 1024
"""The largest page that is read, in bytes; a mebibyte below what the pages' topic takes, for headers and framing. A
page above the worker's own limit still travels, and becomes a dead letter that says so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page."""

    page: RawPage
    where: str
    """For people: "crawl.warc.gz, record 17"."""
    position: int
    """Bytes of the input that are behind the reader now (compressed bytes, if it is compressed)."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that is no page: named and counted, and the reader goes on."""

    where: str
    reason: str
    position: int


Item = Found | Unreadable
