"""What a worker tells a child of a page, and what the child answers: the messages of the pool, and how they are packed.

Apart from the task itself, so that the worker's own process loads neither the core nor its models.
"""

from struct import Struct
from typing import Literal

import msgspec

from schemas.codec import Format


class PageWork(msgspec.Struct, array_like=True, frozen=True):
    """What a child is told of a page; the page's value follows behind it."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    headers: list[tuple[str, bytes | None]]
    has_value: bool
    format: Format
    most_compressed_bytes: int


class Encoded(msgspec.Struct, array_like=True, frozen=True):
    """A record as it is to be written."""

    kind: Literal["article", "sightings"]
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes | None]]


class PageDone(msgspec.Struct, array_like=True, frozen=True):
    """What a page gave."""

    outcome: str
    format: str
    url: str | None
    teasers: int
    snippets: int
    records: list[Encoded]
    stages: dict[str, float]
    """Stage -> seconds."""
    site: str | None = None
    language: str | None = None


class PageFailed(msgspec.Struct, array_like=True, frozen=True, tag=True):
    """A documented page error."""

    reason: str
    stage: str
    detail: str
    url: str | None


class PageSucceeded(msgspec.Struct, array_like=True, frozen=True, tag=True):
    """The page went through."""

    page: PageDone


_WORK = msgspec.msgpack.Decoder(PageWork)
_ANSWER: msgspec.msgpack.Decoder[PageSucceeded | PageFailed] = msgspec.msgpack.Decoder(PageSucceeded | PageFailed)
_encode = msgspec.msgpack.Encoder().encode
_LENGTH = Struct("<I")


def encode_work(work: PageWork) -> bytes:
    """What goes to the pool in front of a page's value."""
    told = _encode(work)
    return _LENGTH.pack(len(told)) + told


def decode_work(payload: bytearray) -> tuple[PageWork, bytes | None]:
    """What the child is told, and the page's value."""
    begin = _LENGTH.size
    end = begin + _LENGTH.unpack_from(payload)[0]
    with memoryview(payload) as view:
        work = _WORK.decode(view[begin:end])
        return work, bytes(view[end:]) if work.has_value else None


def encode_answer(answer: PageSucceeded | PageFailed) -> bytes:
    """What a child gives back."""
    return _encode(answer)


def decode_answer(answer: bytes) -> PageSucceeded | PageFailed:
    """What the pool gave back."""
    return _ANSWER.decode(answer)
