"""Streams that cannot seek: looked into, decompressed, read by lines."""

import gzip
import io
import zlib
from typing import Any, Protocol, cast

from fastwarc.stream_io import ZstdReader

DAMAGE = (OSError, EOFError, zlib.error)
"""What reading damaged compressed data and archives raises."""

SIGNATURES = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}
"""First bytes of compressed streams, and the file name ending of that compression."""

_BUFFER_BYTES = 256 * 1024
"""A line or a page is mostly shorter, and memory for one input is of no account."""

_FIRST_BYTES = 64
"""Enough to tell an archive, JSON lines and compressed streams from a page."""


class Readable(Protocol):
    """What can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class _Rejoined(io.RawIOBase):
    """First some bytes that were read already, then the rest of a stream; tell() counts."""

    def __init__(self, first: bytes, rest: Readable) -> None:
        self._first = first
        self._rest = rest
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        if self._first:
            data, self._first = self._first[: len(view)], self._first[len(view) :]
        else:
            data = self._rest.read(len(view))
        view[: len(data)] = data
        self._count += len(data)
        return len(data)

    def tell(self) -> int:
        return self._count


def looked_into(stream: Readable) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a stream (fewer than 64 only if there are no more), and the stream with them still in it."""
    head = b""
    while len(head) < _FIRST_BYTES and (more := stream.read(_FIRST_BYTES - len(head))):
        head += more
    return head, buffered(stream, head)


def buffered(stream: Readable, first: bytes = b"") -> io.BufferedReader:
    """A stream with lines and a position."""
    return io.BufferedReader(_Rejoined(first, stream), _BUFFER_BYTES)


def decompressed(stream: io.BufferedReader, ending: str) -> io.BufferedReader:
    """What a stream holds under the compression that a file name ending stands for; other endings: as it is.

    Reading it raises one of DAMAGE where the compressed data is damaged.
    """
    if ending == ".gz":
        return buffered(cast(Readable, gzip.GzipFile(fileobj=stream)))
    if ending == ".zst":
        return buffered(ZstdReader(stream))
    return stream
