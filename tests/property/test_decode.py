"""Whatever comes in, decode gives clean text or a documented page error."""

import gzip
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import RawPage
from workers.errors import BadEncoding, TooLarge, UnsupportedType
from workers.segment.decode import decode
from workers.segment.encoding import decompress

CONTENT_TYPES = st.one_of(
    st.none(),
    st.sampled_from(
        ["text/html", "text/plain", "text/html; charset=utf-8", "application/xml", "text/html;charset=gbk"]
    ),
    st.text(max_size=60),
    st.from_regex(r"text/(html|plain);\s*charset=[\w-]{1,20}", fullmatch=True),
)
ENCODINGS = st.one_of(st.none(), st.sampled_from(["gzip", "br", "zstd", "deflate", "gzip, br"]), st.text(max_size=20))
MARKUP = st.text(st.characters(), max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
PIECES = st.sampled_from(
    [b"<p>", b"</p>", b"<!--", b"<?xml", b"WARC/1.0\r\n", b"\r\n\r\n", b"\0", b"<", b"\xff\xfe", b"\x1b$B"]
)
BODIES = st.one_of(
    st.binary(max_size=400),
    MARKUP,
    st.lists(st.one_of(PIECES, st.binary(max_size=9)), max_size=30).map(b"".join),
)


@given(
    body=BODIES, content_type=CONTENT_TYPES, content_encoding=ENCODINGS, url=st.one_of(st.none(), st.text(max_size=40))
)
@settings(max_examples=400)
def test_decode_gives_clean_text_or_a_documented_error(
    body: bytes, content_type: str | None, content_encoding: str | None, url: str | None
) -> None:
    page = RawPage(body=body, content_type=content_type, content_encoding=content_encoding, url=url)
    try:
        decoded = decode(page, max_bytes=1 << 20)
    except (BadEncoding, UnsupportedType, TooLarge):
        return
    decoded.text.encode("utf-8")
    assert "\0" not in decoded.text
    assert decoded.kind in ("html", "text")


@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cc"]), max_size=300))
def test_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    body = ("Bridge opens on Monday. " + text).encode()
    assert decode(RawPage(body=body, content_type="text/plain")).text == body.decode()


@given(body=st.binary(max_size=3000), level=st.integers(0, 9))
def test_what_was_packed_comes_back(body: bytes, level: int) -> None:
    assert decompress(gzip.compress(body, level), "gzip", limit=4000) == body
    assert decompress(zlib.compress(body, level), "deflate", limit=4000) == body


@given(body=st.binary(min_size=1, max_size=2000), cut=st.integers(1, 8))
def test_a_gzip_stream_cut_anywhere_is_a_bad_encoding(body: bytes, cut: int) -> None:
    packed = gzip.compress(body)
    try:
        decompress(packed[: -min(cut, len(packed) - 1)], "gzip", limit=4000)
    except BadEncoding:
        return
    raise AssertionError("a stream without its end passed")
