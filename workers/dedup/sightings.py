"""A sightings record as deduplication needs it: the ids, and the teasers and snippets as the bytes that they are.

What is new is published byte for byte as it stands in the sightings record, so nothing but the id is decoded.
"""

from dataclasses import dataclass

import msgspec

from schemas.codec import Format
from workers.dedup.seen import SeenSet
from workers.errors import BadEnvelope

STAGE = "dedup"


class _Promos(msgspec.Struct):
    teasers: list[msgspec.Raw] = []
    snippets: list[msgspec.Raw] = []


class _Identity(msgspec.Struct):
    id: str


@dataclass(frozen=True, slots=True)
class Promo:
    """A teaser or a snippet."""

    identity: bytes
    """16 bytes."""
    record: msgspec.Raw
    """As encoded."""

    @property
    def key(self) -> bytes:
        """The record's key on its topic: the id as 32 hex digits."""
        return self.identity.hex().encode()


_PROMOS: dict[Format, msgspec.json.Decoder[_Promos] | msgspec.msgpack.Decoder[_Promos]] = {
    "json": msgspec.json.Decoder(_Promos),
    "msgpack": msgspec.msgpack.Decoder(_Promos),
}
_IDENTITIES: dict[Format, msgspec.json.Decoder[_Identity] | msgspec.msgpack.Decoder[_Identity]] = {
    "json": msgspec.json.Decoder(_Identity),
    "msgpack": msgspec.msgpack.Decoder(_Identity),
}


def read_sightings(value: bytes | None, form: Format) -> tuple[list[Promo], list[Promo]]:
    """The teasers and the snippets of a sightings record, repeats included. Raises BadEnvelope."""
    try:
        promos = _PROMOS[form].decode(value or b"")
        return _identified(promos.teasers, form), _identified(promos.snippets, form)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadEnvelope(f"this is no sightings record: {error}", stage=STAGE) from error


def unseen(promos: list[Promo], seen: SeenSet, second: int) -> list[Promo]:
    """Those that are seen for the first time in their window; they are remembered from now on."""
    return [promo for promo in promos if seen.add(promo.identity, second)]


def _identified(records: list[msgspec.Raw], form: Format) -> list[Promo]:
    decode = _IDENTITIES[form].decode
    found = []
    for record in records:
        text = decode(record).id
        try:
            identity = bytes.fromhex(text)
        except ValueError:
            identity = b""
        if len(identity) != 16:
            raise BadEnvelope("an id is not 32 hex digits", stage=STAGE)
        found.append(Promo(identity, record))
    return found
