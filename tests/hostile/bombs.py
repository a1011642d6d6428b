"""Bytes that are no page: compression bombs (little that becomes much) and noise."""

import random
import zlib
from functools import cache
from itertools import repeat

import cramjam

_MEGABYTE = b"\0" * (1 << 20)


@cache
def bomb(encoding: str, *, megabytes: int) -> bytes:
    """A body of some kB that inflates to so many megabytes of NULs; made without ever holding them."""
    if encoding in ("gzip", "deflate"):
        packer = zlib.compressobj(6, wbits=zlib.MAX_WBITS + (16 if encoding == "gzip" else 0))
        packed = b"".join(packer.compress(chunk) for chunk in repeat(_MEGABYTE, megabytes))
        return packed + packer.flush()
    compressor = cramjam.brotli.Compressor(1) if encoding == "br" else cramjam.zstd.Compressor()
    packed = b""
    for chunk in repeat(_MEGABYTE, megabytes):
        compressor.compress(chunk)
        packed += bytes(compressor.flush())
    return packed + bytes(compressor.finish())


def random_bytes(size: int, *, seed: int) -> bytes:
    """The same noise for the same seed."""
    return random.Random(seed).randbytes(size)  # noqa: S311 (noise, no secret)
