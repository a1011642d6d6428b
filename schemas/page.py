"""What a crawler hands in: one page as fetched."""

import msgspec


class RawPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page as fetched, before anything has looked inside.

    body is the page byte for byte: HTML, or text that a crawler flattened (text/plain, WET).
    In a JSON envelope it travels as a string (`body`) or as base64 (`body_base64`).
    """

    body: bytes
    """The page's bytes, undecoded; decompressed already unless content_encoding says otherwise."""
    url: str | None = None
    """Where the page was fetched, absolute; null when the crawler does not know."""
    content_type: str | None = None
    """The Content-Type that HTTP gave, charset included; null: sniffed."""
    fetched_at: str | None = None
    """When the page was fetched, RFC 3339 with an offset."""
    http_status: int | None = None
    """The HTTP status of the fetch; null when the crawler does not know."""
    site: str | None = None
    """The site that the page belongs to; null: the registrable domain of url."""
    content_encoding: str | None = None
    """gzip, br, zstd or deflate when body is still compressed; null or identity when it is not."""
