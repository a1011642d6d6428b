"""From a raw page to text: content encoding, type, charset."""

from dataclasses import dataclass

from schemas import RawPage
from workers.errors import TooLarge
from workers.segment import sniff
from workers.segment.charset import to_text
from workers.segment.encoding import decompress, is_compressed
from workers.segment.sniff import Kind
from workers.segment.wet import parse_wet

MAX_PAGE_BYTES = 32 * 1024 * 1024
"""The largest page, in bytes, as it comes and decompressed. Search engines stop at 15 MB; pages beyond a few MB are
data that found its way into HTML. A tree takes some twelve times the page, so this keeps a child process under half
a gigabyte."""

MAX_COMPRESSED_BYTES = 16 * 1024 * 1024
"""The largest page, in bytes, that is still compressed. HTML shrinks to a fifth or less, so what is larger than half
the other limit is not going to fit it, and need not be tried."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text."""

    kind: Kind
    """html or text: how the page is to be read."""
    text: str
    """Without NUL, lone surrogates and byte-order mark; "" for a page that holds nothing."""
    url: str | None = None
    """Where the page was fetched: from the page's headers, else from its WET record."""
    site: str | None = None
    fetched_at: str | None = None
    http_status: int | None = None
    charset: str = "UTF-8"
    """The encoding that the page was in, by its WHATWG name."""


def decode(
    page: RawPage, *, max_bytes: int = MAX_PAGE_BYTES, max_compressed_bytes: int = MAX_COMPRESSED_BYTES
) -> Decoded:
    """Decompress, sniff and decode a page.

    Raises BadEncoding (content encoding unknown, broken or cut short), UnsupportedType (neither HTML nor text) and
    TooLarge (past a limit, as it comes or decompressed). A page without content is an empty text, not an error.
    """
    limit = max_compressed_bytes if is_compressed(page.content_encoding) else max_bytes
    if len(page.body) > limit:
        raise TooLarge(f"{len(page.body)} bytes as it comes; the limit is {limit}")
    body = decompress(page.body, page.content_encoding, limit=max_bytes)
    content_type = sniff.parse_content_type(page.content_type)
    url, fetched_at = page.url, page.fetched_at
    wet = parse_wet(body)
    if wet is not None:
        body, url, fetched_at = wet.text, url or wet.url, fetched_at or wet.date
        content_type = sniff.ContentType("text/plain", "UTF-8")
    kind = sniff.kind_by_label(content_type.essence)
    sniff.refuse_signatures(body)
    decoded = to_text(body, header=content_type.charset, html=kind != "text", url=url)
    text = decoded.text
    sniff.refuse_garbage(text)
    if kind == "html":
        sniff.refuse_feeds(text)
    elif kind is None:
        kind = sniff.kind_by_content(text, content_type.essence)
    # Looking through a long str for NUL is slow; where no byte is NUL, no character is.
    if b"\0" in body and "\0" in text:
        # Browsers drop it too. Doing so before parsing means that every check sees what a reader would.
        text = text.replace("\0", "")
    return Decoded(
        kind=kind,
        text=text,
        url=url,
        site=page.site,
        fetched_at=fetched_at,
        http_status=page.http_status,
        charset=decoded.charset,
    )
