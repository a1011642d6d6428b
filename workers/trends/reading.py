"""A sightings record as trends need it: which teasers, where on which page, and when it was seen."""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from schemas import Placement
from schemas.codec import Format
from workers.errors import BadEnvelope

STAGE = "trends"

PROMINENCE: tuple[Placement, ...] = ("list", "inline", "rail", "after", "feed")
"""Placements, the best first: a front page or section, in the story, beside it, below it, in a ticker."""

PLACEMENTS: dict[str, Placement] = {name: name for name in PROMINENCE}
"""Those that this release knows; a later one's sightings may name others, which come out as null."""


class Shown(msgspec.Struct, frozen=True):
    """A teaser, as a page shows it."""

    id: str
    headline: str = ""
    url: str | None = None
    placement: str | None = None
    position: int | None = None


LONGEST_HEADLINE = 500
LONGEST_ADDRESS = 4096
"""In characters. A window's fifty teasers have to fit into a record as topics take it (1 MiB); what is longer is
nobody's headline, and no address that a server takes."""


class _Record(msgspec.Struct):
    site: str | None = None
    source: str | None = None
    page_url: str | None = None
    seen_at: str | None = None
    teasers: list[Shown] = []


class Sighted(msgspec.Struct, frozen=True):
    """What one page showed."""

    site: str | None
    page: str
    """Its URL; of a page without one, where it came from, so that two such pages count as two."""
    milliseconds: int
    """When, since 1970."""
    teasers: dict[bytes, list[Shown]]
    """By id (16 bytes): a teaser may stand in several places of a page."""


_DECODERS: dict[Format, msgspec.json.Decoder[_Record] | msgspec.msgpack.Decoder[_Record]] = {
    "json": msgspec.json.Decoder(_Record),
    "msgpack": msgspec.msgpack.Decoder(_Record),
}


def read_sighted(value: bytes | None, form: Format, written_at: int, coordinates: str) -> Sighted:
    """What a sightings record tells. Raises BadEnvelope.

    written_at: the record's Kafka timestamp in milliseconds. Nothing can have been seen after it was written: a crawler
    whose clock is ahead would close the windows of all others. It also stands for a time that is missing or is none.
    coordinates: of the record, to tell pages apart that have no URL.
    """
    try:
        record = _DECODERS[form].decode(value or b"")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadEnvelope(f"this is no sightings record: {error}", stage=STAGE) from error
    seen = _milliseconds(record.seen_at)
    return Sighted(
        site=record.site,
        page=record.page_url or record.source or coordinates,
        milliseconds=written_at if seen is None else max(0, min(seen, written_at)),
        teasers=_by_id(record.teasers),
    )


def prominence(placement: str | None) -> int:
    """0 for the best placement; the same, and the worst, for all that are not known."""
    return _RANKS.get(placement or "", len(_RANKS))


_RANKS: dict[str, int] = {name: rank for rank, name in enumerate(PROMINENCE)}


def _by_id(teasers: Iterable[Shown]) -> dict[bytes, list[Shown]]:
    found: dict[bytes, list[Shown]] = {}
    for teaser in teasers:
        try:
            identity = bytes.fromhex(teaser.id)
        except ValueError:
            identity = b""
        if len(identity) != 16:
            raise BadEnvelope("an id is not 32 hex digits", stage=STAGE)
        if len(teaser.headline) > LONGEST_HEADLINE or len(teaser.url or "") > LONGEST_ADDRESS:
            teaser = _shortened(teaser)
        found.setdefault(identity, []).append(teaser)
    return found


def _shortened(teaser: Shown) -> Shown:
    url = teaser.url if len(teaser.url or "") <= LONGEST_ADDRESS else None
    return msgspec.structs.replace(teaser, headline=teaser.headline[:LONGEST_HEADLINE], url=url)


def _milliseconds(text: str | None) -> int | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000)
