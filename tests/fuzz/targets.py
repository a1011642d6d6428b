"""What is fuzzed: functions that take any bytes and must end in records, or in a documented page error."""

from collections.abc import Callable
from dataclasses import dataclass

from schemas import RawPage
from schemas.codec import EnvelopeError, decode_page, encode_page
from tests.hostile.addresses import BAD_ADDRESSES
from tests.hostile.families import FAMILIES
from tests.hostile.invariants import check_records
from tests.hostile.story import story_page, story_text
from workers.errors import PageError
from workers.pipeline import process_page
from workers.readers.lines import page_of_line
from workers.segment.json_ld import decode_json_ld
from workers.stream.envelope import read_page

_CONTENT_TYPES = (
    None,
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "text/html",
    "text/html; charset=windows-1252",
    "application/xhtml+xml",
)
_ENCODINGS = (None, None, None, None, None, None, None, "gzip", "br", "zstd", "deflate")
_URLS = ("https://news.example/2024/03/bridge", None, *BAD_ADDRESSES)


@dataclass(frozen=True, slots=True)
class Target:
    """A function to fuzz, and inputs to begin with."""

    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]


def page(data: bytes) -> None:
    """Three bytes choose content type, content encoding and address; the rest is the body."""
    choice, body = data[:3].ljust(3, b"\0"), data[3:]
    raw = RawPage(
        body=body,
        content_type=_CONTENT_TYPES[choice[0] % len(_CONTENT_TYPES)],
        content_encoding=_ENCODINGS[choice[1] % len(_ENCODINGS)],
        url=_URLS[choice[2] % len(_URLS)],
    )
    try:
        records = process_page(raw)
    except PageError:
        return
    check_records(raw, records, sample=0)  # the schema is slow, and tests hold it against other pages


def envelope(data: bytes) -> None:
    """The first byte chooses the form; the rest is the record's value, read as the worker does."""
    forms: tuple[bytes, ...] = (
        b"application/vnd.broadsheet.page+json",
        b"application/vnd.broadsheet.page+msgpack",
        b"text/html",
    )
    form = forms[data[0] % len(forms)] if data else forms[0]
    try:
        raw = read_page(data[1:], [("content-type", form), ("url", data[-40:]), ("http-status", data[-3:])])
    except PageError:
        return
    assert isinstance(raw.body, bytes)
    for field in (raw.url, raw.site, raw.content_type, raw.fetched_at):
        if field is not None:
            field.encode("utf-8")
    assert raw.http_status is None or 100 <= raw.http_status <= 599


def lines(data: bytes) -> None:
    """A line of JSON, as readers take it from files."""
    try:
        page_of_line(data)
    except (EnvelopeError, ValueError, RecursionError):
        return


def json_ld(data: bytes) -> None:
    """The content of a JSON-LD script, which is mended where it is broken."""
    decode_json_ld(data.decode("utf-8", "replace"))


def _page_seeds() -> list[bytes]:
    bodies = [story_page(), story_text(), *(family(3).body for family in FAMILIES.values())]
    return [bytes([2 if body == story_text() else 1, 0, 0]) + body for body in bodies]


def _envelope_seeds() -> list[bytes]:
    raw = RawPage(body=b"<p>x", url="https://news.example/", http_status=200, fetched_at="2024-03-05T10:00:00Z")
    assert decode_page(encode_page(raw), "json") == raw
    return [b"\0" + encode_page(raw), b"\1" + encode_page(raw, "msgpack"), b'\0{"body": "x", "site": null}', b"\2<p>x"]


def _json_ld_seeds() -> list[bytes]:
    names = [name for name in FAMILIES if name.startswith("json_ld")]
    return [FAMILIES[name](3).body.partition(b"json'>")[2].partition(b"</script>")[0] for name in names]


TARGETS = {
    "page": Target(page, _page_seeds),
    "envelope": Target(envelope, _envelope_seeds),
    "lines": Target(lines, lambda: [seed[1:] for seed in _envelope_seeds()] + [b'{"url": "x", "html": "<p>"}']),
    "json_ld": Target(json_ld, _json_ld_seeds),
}
