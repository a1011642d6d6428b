"""Sightings are read for their ids; what is published are the bytes that stand in the record."""

import msgspec
import pytest

from schemas import Sightings, Snippet, Teaser
from schemas.codec import Format, decode, encode
from workers.dedup.seen import SeenSet
from workers.dedup.sightings import read_sightings, unseen
from workers.errors import BadEnvelope

TEASERS = [Teaser(id=f"{number:032x}", site="news.example", headline=f"Grüße {number}") for number in (1, 2, 1)]
SNIPPETS = [Snippet(id=f"{7:032x}", site=None, text="…")]
RECORD = Sightings(site="news.example", source="news.pages:0:1", teasers=TEASERS, snippets=SNIPPETS)


@pytest.mark.parametrize("form", ["json", "msgpack"])
def test_what_is_published_is_what_was_seen(form: Format) -> None:
    teasers, snippets = read_sightings(encode(RECORD, form), form)
    assert [decode(bytes(promo.record), Teaser, form) for promo in teasers] == TEASERS
    assert [decode(bytes(promo.record), Snippet, form) for promo in snippets] == SNIPPETS
    assert [promo.key for promo in teasers] == [teaser.id.encode() for teaser in TEASERS]


def test_a_teaser_that_stands_twice_on_a_page_is_new_once() -> None:
    teasers, _ = read_sightings(encode(RECORD), "json")
    seen = SeenSet(100)
    assert [promo.identity[-1] for promo in unseen(teasers, seen, 1000)] == [1, 2]
    assert unseen(teasers, seen, 1050) == []
    assert len(unseen(teasers, seen, 1100)) == 2


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"[]",
        b"{",
        b'{"teasers": 5}',
        b'{"teasers": [5]}',
        b'{"teasers": [{"headline": "x"}]}',
        b'{"teasers": [{"id": "xyz"}]}',
        b'{"teasers": [{"id": "' + b"0" * 30 + b'"}]}',
        b'{"snippets": [{"id": null}]}',
        b'{"teasers": [{"id": "\xff"}]}',
    ],
)
def test_what_is_no_sightings_record_is_refused(value: bytes | None) -> None:
    with pytest.raises(BadEnvelope):
        read_sightings(value, "json")


def test_fields_of_later_releases_do_not_disturb() -> None:
    fields = msgspec.to_builtins(RECORD) | {"mood": "sunny"}
    assert len(read_sightings(msgspec.json.encode(fields), "json")[0]) == 3
