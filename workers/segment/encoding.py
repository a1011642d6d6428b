"""Content encodings: from the bytes that travelled to the bytes that were meant, never more than a limit.

Every step writes into a buffer of fixed size, so a bomb stops at the limit: it costs the limit, not what it
promises. Intermediate results of stacked encodings obey the same limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

import cramjam
import numpy as np

from workers.errors import BadEncoding, TooLarge

STACKED_ENCODINGS = 4
"""Real servers apply one encoding, seldom two; each one may inflate a thousandfold, so a longer stack is an attack."""

_EXPECTED_RATIO = 16
"""Web pages shrink five- to twelvefold; a buffer of this many times the input fits nearly all at the first try."""

_SMALLEST_BUFFER = 64 * 1024
"""Tiny inputs inflate more; below this size a second try costs more than the memory."""

_OVERFLOW = "failed to write whole buffer"
"""What cramjam says when the output does not fit (it has one exception for every failure). A test holds it to it."""


_GZIP_MAGIC = b"\x1f\x8b"


class _Codec(Protocol):
    def decompress_into(self, input: bytes, output: memoryview) -> int: ...  # noqa: A002 (cramjam's name for it)


class _OverflowError(Exception):
    """The output does not fit the buffer."""


def is_compressed(content_encoding: str | None) -> bool:
    """Whether a Content-Encoding header names any encoding."""
    return bool(_names(content_encoding))


def _names(content_encoding: str | None) -> list[str]:
    names = [part.strip().lower() for part in (content_encoding or "").split(",")]
    return [name for name in names if name not in ("", "identity")]


def decompress(body: bytes, content_encoding: str | None, *, limit: int) -> bytes:
    """Undo a Content-Encoding header's list of encodings (RFC 9110, 8.4), last one first.

    limit is in bytes and holds for the result of every step. Raises BadEncoding when an encoding is unknown,
    broken or cut short, and TooLarge past the limit.
    """
    names = _names(content_encoding)
    if len(names) > STACKED_ENCODINGS:
        raise BadEncoding(f"{len(names)} content encodings stacked; at most {STACKED_ENCODINGS} are undone")
    for name in reversed(names):
        step = _STEPS.get(name)
        if step is None:
            raise BadEncoding(f"content encoding {name[:40]!r} is unknown; gzip, br, zstd and deflate are known")
        if body:
            body = _within(step, name, body, limit)
    return body


def _within(step: Callable[[bytes, int], bytes], name: str, body: bytes, limit: int) -> bytes:
    try:
        first_try = max(_SMALLEST_BUFFER, _EXPECTED_RATIO * len(body))
        if first_try < limit:
            try:
                return step(body, first_try)
            except _OverflowError:
                pass
        return step(body, limit)
    except _OverflowError:
        raise TooLarge(f"more than {limit} bytes after undoing {name}") from None
    except (cramjam.DecompressionError, zlib.error) as error:
        raise BadEncoding(f"{name}: {error}") from error


def _into_buffer(codec: _Codec, body: bytes, size: int) -> bytes:
    # numpy leaves the buffer untouched, so only the pages that are written to take memory.
    output = np.empty(size, dtype=np.uint8).data
    try:
        length = codec.decompress_into(body, output)
    except cramjam.DecompressionError as error:
        if _OVERFLOW in str(error):
            raise _OverflowError from error
        raise
    return bytes(output[:length])


def _gzip(body: bytes, size: int) -> bytes:
    try:
        return _into_buffer(cramjam.gzip, body, size)
    except cramjam.DecompressionError:
        # Like gzip(1) and browsers, take a whole first member and overlook what trails it (padding, mostly),
        # but never half of a file of several members.
        stream = zlib.decompressobj(16 + zlib.MAX_WBITS)
        result = _zlib(stream, body, size)
        if stream.unused_data.startswith(_GZIP_MAGIC):
            raise
        return result


def _deflate(body: bytes, size: int) -> bytes:
    # "deflate" means the zlib format, but servers have always sent bare deflate under the same name.
    try:
        return _zlib(zlib.decompressobj(zlib.MAX_WBITS), body, size)
    except zlib.error as error:
        try:
            return _zlib(zlib.decompressobj(-zlib.MAX_WBITS), body, size)
        except zlib.error:
            raise error from None


def _zlib(stream: zlib._Decompress, body: bytes, size: int) -> bytes:
    result = stream.decompress(body, size)
    if not stream.eof:
        # A stream that fills the buffer to the last byte may have its end mark still to come.
        if stream.decompress(stream.unconsumed_tail, 1):
            raise _OverflowError
        if not stream.eof:
            raise zlib.error("cut short")
    return result


def _brotli(body: bytes, size: int) -> bytes:
    return _into_buffer(cramjam.brotli, body, size)


def _zstd(body: bytes, size: int) -> bytes:
    return _into_buffer(cramjam.zstd, body, size)


_STEPS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "br": _brotli,
    "zstd": _zstd,
    "deflate": _deflate,
}
