"""Whatever is on the topic ends as a record or as a dead letter with the right reason, and the worker goes on."""

import gzip
import os
from collections import Counter
from dataclasses import dataclass

import msgspec

from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, Record, publish, read_committed
from tests.waiting import until
from workers.stream.headers import Header

STORY = (
    "<html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens after nine years</h1>"
    + "<p>The bridge over the river was opened on Monday by the mayor, nine years after the first stone was laid.</p>"
    * 6
    + "</article></body></html>"
)
HTML: Header = ("content-type", b"text/html; charset=utf-8")
UNHEARD_OF: Header = ("content-type", b"application/x-unheard-of")
SHIFT_JIS: Header = ("content-type", b"text/html; charset=shift_jis")
ENVELOPE: Header = ("content-type", b"application/vnd.broadsheet.page+json")


@dataclass(frozen=True)
class Bad:
    """An input and what becomes of it: the reason of a dead letter, or the outcomes that are right."""

    name: str
    value: bytes | None
    headers: tuple[Header, ...] = ()
    ends_as: tuple[str, ...] = ("record",)


def broken_gzip() -> bytes:
    return gzip.compress(STORY.encode())[:-20]


BAD = (
    Bad("good", STORY.encode(), (HTML,)),
    Bad("no value", None),
    Bad("empty value", b"", (HTML,)),
    Bad("no headers", STORY.encode()),
    Bad("unknown content type", b"\x00\x01\x02\x03" * 200, (UNHEARD_OF,), ("unsupported-type",)),
    Bad("a picture", b"\x89PNG\r\n\x1a\n" + os.urandom(500), (("content-type", b"image/png"),), ("unsupported-type",)),
    Bad("unknown charset label", STORY.encode(), (("content-type", b"text/html; charset=klingon"),)),
    Bad("wrong charset label", ("<p>Grüße aus Köln " * 40).encode(), (SHIFT_JIS,)),
    Bad("broken gzip", broken_gzip(), (HTML, ("content-encoding", b"gzip")), ("bad-encoding",)),
    Bad("no gzip at all", STORY.encode(), (HTML, ("content-encoding", b"gzip")), ("bad-encoding", "record")),
    Bad("unknown encoding", STORY.encode(), (HTML, ("content-encoding", b"rot13")), ("bad-encoding",)),
    Bad("gzip bomb", gzip.compress(bytes(200 * 2**20)), (HTML, ("content-encoding", b"gzip")), ("too-large",)),
    Bad("truncated html", STORY.encode()[:300], (HTML,)),
    Bad("cut in a tag", b"<html><body><p>Text <a href='https://news.ex", (HTML,)),
    Bad("binary garbage", os.urandom(20_000), (), ("unsupported-type", "record")),
    Bad("a page of 60 MB", b"<p>" + os.urandom(30 * 2**20).hex().encode(), (HTML,), ("too-large",)),
    Bad("200,000 nested tags", b"<div>" * 200_000 + b"text", (HTML,), ("record", "too-deep")),
    Bad("envelope is no json", b"{", (ENVELOPE,), ("bad-envelope",)),
    Bad("envelope without body", b'{"url": "https://news.example/"}', (ENVELOPE,), ("bad-envelope",)),
    Bad("envelope without value", None, (ENVELOPE,), ("bad-envelope",)),
    Bad("envelope with a wrong type", b'{"body": ["x"]}', (ENVELOPE,), ("bad-envelope",)),
    Bad("envelope that is msgpack", msgspec.msgpack.encode({"body": b"x"}), (ENVELOPE,), ("bad-envelope",)),
    Bad("headers that are no text", STORY.encode(), (("url", b"\xff"), ("content-type", b"\xfe"), ("site", b"\x80"))),
    Bad("headers without value", STORY.encode(), (("url", None), ("site", None))),
    Bad("nul bytes", STORY.replace("bridge", "bri\0dge").encode(), (HTML,)),
)  # fmt: skip


def test_bad_inputs_end_as_records_or_as_dead_letters(topics: Topics, start_worker: StartWorker) -> None:
    settings = topics(partitions=3, pool_processes=2, flood_guard_share=1.0, page_deadline_seconds=15.0)
    worker = start_worker("segment", settings)
    pages: list[Page] = [(bad.name.encode(), bad.value, bad.headers) for bad in BAD]
    places = publish(settings, pages)

    def all_accounted() -> bool:
        done = len(read_committed(settings, "sightings")) + len(read_committed(settings, "dead-letters"))
        return done >= len(BAD)

    until(all_accounted, within=90)
    sightings = {record.header("source"): record for record in read_committed(settings, "sightings")}
    letters = {record.header("dead-letter-source"): record for record in read_committed(settings, "dead-letters")}
    problems = []
    for bad, place in zip(BAD, places, strict=True):
        ended_as = letters[place].header("dead-letter-reason") if place in letters else "record"
        if ended_as not in bad.ends_as:
            problems.append(f"{bad.name}: {ended_as}")
        if place in letters:
            _is_the_original(letters[place], bad)
    assert not problems
    assert Counter(list(sightings) + list(letters)) == Counter(places)
    assert worker.get("/healthz")[0] == 200
    # The worker goes on.
    publish(settings, [(None, STORY.encode(), [HTML])])
    until(lambda: len(read_committed(settings, "sightings")) == len(sightings) + 1)
    assert worker.stop() == 0


def _is_the_original(letter: Record, bad: Bad) -> None:
    assert letter.key == bad.name.encode()
    assert (letter.value or b"") == (bad.value or b"")
    assert letter.headers[: len(bad.headers)] == list(bad.headers)
    assert letter.header("dead-letter-attempts") == "1"
    assert letter.header("dead-letter-detail")
    assert letter.header("dead-letter-stage")
