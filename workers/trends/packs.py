"""Entries as they are kept in the changelog: many in a record, since a record costs far more than what is in it.

A pack holds entries of one pane as they were when it was written, under a key of its own, so that no pack replaces
another: what was counted is in all of them together. When the pane expires, its packs are deleted by their keys.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from workers.trends.entry import Entry
from workers.trends.windows import PANE_SECONDS

_PACK_BYTES = 256 * 2**10
"""Well below what a topic takes (1 MiB), with room for one more entry, which has 20 kB at most."""

_PANE_BYTES = 4


class Kept(NamedTuple):
    """An entry and where it belongs, besides its pane."""

    site: str
    identity: bytes
    entry: Entry


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Kept])


def packed(entries: Iterable[Kept]) -> Iterator[bytes]:
    """Entries of one pane as the values of as few records as they fit into."""
    pieces: list[msgspec.Raw] = []
    size = 0
    for entry in entries:
        piece = msgspec.Raw(_ENCODER.encode(entry))
        pieces.append(piece)
        size += len(piece)
        if size >= _PACK_BYTES:
            yield _ENCODER.encode(pieces)
            pieces, size = [], 0
    if pieces:
        yield _ENCODER.encode(pieces)


def unpacked(value: bytes) -> list[Kept]:
    """The entries of a pack. Raises msgspec.DecodeError."""
    return _DECODER.decode(value)


def pack_key(pane: int, unique: bytes) -> bytes:
    """The key of a pack. unique: no other pack of the pane has it, whoever writes it."""
    return (pane // PANE_SECONDS).to_bytes(_PANE_BYTES, "big") + unique


def pane_of_key(key: bytes) -> int:
    """The pane that a pack is of. Raises ValueError for what is no key of a pack."""
    if len(key) <= _PANE_BYTES:
        raise ValueError(f"{key!r} is no key of a pack")
    return int.from_bytes(key[:_PANE_BYTES], "big") * PANE_SECONDS
