"""Content encodings: undone when whole, refused when broken, stopped at the limit."""

import gzip
import zlib
from collections.abc import Callable

import cramjam
import pytest

from tests.hostile.bombs import bomb
from workers.errors import BadEncoding, TooLarge
from workers.segment.encoding import STACKED_ENCODINGS, decompress

TEXT = b"<p>The bridge opened on Monday after two years of work.</p>\n" * 500
LIMIT = 1 << 20


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "br": lambda data: bytes(cramjam.brotli.compress(data)),
    "zstd": lambda data: bytes(cramjam.zstd.compress(data)),
    "deflate": zlib.compress,
}


@pytest.mark.parametrize("name", PACKERS)
def test_each_encoding_is_undone(name: str) -> None:
    assert decompress(PACKERS[name](TEXT), name, limit=LIMIT) == TEXT


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (None, TEXT),
        ("", TEXT),
        ("identity", TEXT),
        (" , identity,", TEXT),
        ("GZIP", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("br,zstd", bytes(cramjam.zstd.compress(bytes(cramjam.brotli.compress(TEXT))))),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 512),
        ("zstd", bytes(cramjam.zstd.compress(TEXT[:100])) + bytes(cramjam.zstd.compress(TEXT[100:]))),
    ],
)
def test_what_servers_really_send_is_undone(header: str | None, body: bytes) -> None:
    assert decompress(body, header, limit=LIMIT) == TEXT


@pytest.mark.parametrize("name", [*PACKERS, None])
def test_an_empty_body_is_an_empty_page(name: str | None) -> None:
    assert decompress(b"", name, limit=LIMIT) == b""


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("damage", ["cut", "garbage", "plain", "flipped", "one byte"])
def test_a_broken_stream_is_a_bad_encoding(name: str, damage: str) -> None:
    packed = PACKERS[name](bytes(range(256)) * 40 + TEXT)
    body = {
        "cut": packed[:-7],
        "garbage": packed[:20] + b"\xff\x00\xaa" * 30,
        "plain": TEXT,
        "flipped": packed[: len(packed) // 2] + bytes(255 - byte for byte in packed[len(packed) // 2 :]),
        "one byte": packed[:1],
    }[damage]
    with pytest.raises(BadEncoding, match=name):
        decompress(body, name, limit=LIMIT)


def test_a_file_of_two_members_with_the_second_cut_short_is_not_silently_halved() -> None:
    with pytest.raises(BadEncoding):
        decompress(gzip.compress(TEXT) + gzip.compress(TEXT)[:-9], "gzip", limit=LIMIT)


@pytest.mark.parametrize("header", ["compress", "gzip, snappy", "gzip;q=1", "\udce4", "x" * 10_000])
def test_an_unknown_encoding_is_a_bad_encoding_that_names_the_known_ones(header: str) -> None:
    with pytest.raises(BadEncoding, match="gzip, br, zstd and deflate are known") as caught:
        decompress(gzip.compress(TEXT), header, limit=LIMIT)
    assert len(str(caught.value)) < 200


def test_a_tower_of_encodings_is_not_climbed() -> None:
    body = TEXT
    for _ in range(STACKED_ENCODINGS):
        body = gzip.compress(body)
    header = ",".join(["gzip"] * STACKED_ENCODINGS)
    assert decompress(body, header, limit=LIMIT) == TEXT
    with pytest.raises(BadEncoding, match="stacked"):
        decompress(gzip.compress(body), header + ",gzip", limit=LIMIT)


@pytest.mark.parametrize("name", PACKERS)
def test_a_result_of_exactly_the_limit_passes_and_one_byte_more_does_not(name: str) -> None:
    for size in (2, 1000, 70_000, 300_000):
        packed = PACKERS[name](b"x" * size)
        assert decompress(packed, name, limit=size) == b"x" * size
        with pytest.raises(TooLarge):
            decompress(packed, name, limit=size - 1)


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_stops_at_the_limit(name: str) -> None:
    packed = bomb(name, megabytes=64)
    assert len(packed) < 500_000
    with pytest.raises(TooLarge, match=name):
        decompress(packed, name, limit=LIMIT)


def test_a_bomb_in_a_bomb_stops_at_the_limit() -> None:
    packed = gzip.compress(bomb("gzip", megabytes=64))
    with pytest.raises(TooLarge, match="gzip"):
        decompress(packed, "gzip, gzip", limit=LIMIT)


@pytest.mark.parametrize("codec", [cramjam.gzip, cramjam.brotli, cramjam.zstd])
def test_the_library_still_says_overflow_in_the_words_that_are_looked_for(codec: object) -> None:
    packed = bytes(codec.compress(TEXT))  # type: ignore[attr-defined]
    with pytest.raises(cramjam.DecompressionError, match="failed to write whole buffer"):
        codec.decompress_into(packed, bytearray(len(TEXT) - 1))  # type: ignore[attr-defined]
