"""A sightings record as trends read it."""

import msgspec
import pytest

from schemas import Sightings, Teaser
from schemas.codec import Format, encode
from workers.errors import BadEnvelope
from workers.trends.reading import PROMINENCE, prominence, read_sighted

NOW = 1_741_075_200_000
TEASER = Teaser(id="0f" * 16, site="a.example", headline="Ferry returns", url="https://a.example/f", position=3)


def record(seen_at: str | None, **other: object) -> Sightings:
    fields = {"site": "a.example", "source": "x.pages:0:1", "page_url": "https://a.example/", "seen_at": seen_at}
    return Sightings(**{**fields, "teasers": [TEASER], **other})  # type: ignore[arg-type] # the fields are of many types


@pytest.mark.parametrize("form", ["json", "msgpack"])
def test_a_record_is_read_in_both_forms(form: Format) -> None:
    read = read_sighted(encode(record("2025-03-04T07:59:00+00:00"), form), form, NOW, "s:0:1")
    assert (read.site, read.page, read.milliseconds) == ("a.example", "https://a.example/", NOW - 60_000)
    ((identity, (shown,)),) = read.teasers.items()
    assert identity.hex() == TEASER.id
    assert (shown.headline, shown.url, shown.placement, shown.position) == (TEASER.headline, TEASER.url, None, 3)


@pytest.mark.parametrize(("seen_at", "milliseconds"), [
    (None, NOW),
    ("", NOW),
    ("yesterday", NOW),
    ("2025-03-04T08:00:00+01:00", NOW - 3_600_000),
    ("2025-03-04T07:00:00Z", NOW - 3_600_000),
    ("2025-03-04T07:00:00", NOW - 3_600_000),
    ("2025-03-04T07:00:00.250+00:00", NOW - 3_599_750),
    ("1905-01-01T00:00:00+00:00", 0),
    ("0001-01-01T00:00:00+14:00", 0),
    ("9999-12-31T23:59:59-12:00", NOW),
])  # fmt: skip
def test_the_sighting_time_is_never_later_than_the_record(seen_at: str | None, milliseconds: int) -> None:
    assert read_sighted(encode(record(seen_at)), "json", NOW, "s:0:1").milliseconds == milliseconds


def test_pages_without_an_address_are_told_apart_by_where_they_came_from() -> None:
    assert read_sighted(encode(record(None, page_url=None)), "json", NOW, "s:0:1").page == "x.pages:0:1"
    assert read_sighted(encode(record(None, page_url=None, source=None)), "json", NOW, "s:0:1").page == "s:0:1"


def test_a_teaser_in_two_places_of_a_page_is_two_sightings_of_one_teaser() -> None:
    again = msgspec.structs.replace(TEASER, position=9)
    read = read_sighted(encode(record(None, teasers=[TEASER, again])), "json", NOW, "s:0:1")
    assert [[shown.position for shown in places] for places in read.teasers.values()] == [[3, 9]]


def test_what_is_too_long_for_a_ranking_is_cut() -> None:
    teaser = msgspec.structs.replace(TEASER, headline="x" * 2_000_000, url="https://a.example/" + "x" * 9_000)
    read = read_sighted(encode(record(None, teasers=[teaser])), "json", NOW, "s:0:1")
    (((shown,)),) = read.teasers.values()
    assert (len(shown.headline), shown.url, shown.position) == (500, None, 3)


@pytest.mark.parametrize("value", [
    None, b"", b"{", b"[]", b"\xff\xfe", b'{"teasers": 3}', b'{"teasers": [{}]}', b'{"teasers": [{"id": "short"}]}',
    b'{"teasers": [{"id": "' + b"x" * 32 + b'"}]}', b'{"site": 3}', b"[" * 100_000,
])  # fmt: skip
@pytest.mark.parametrize("form", ["json", "msgpack"])
def test_what_is_no_record_is_told_by_the_documented_error(value: bytes | None, form: Format) -> None:
    with pytest.raises(BadEnvelope, match=r"no sightings record|no.* 32 hex") as raised:
        read_sighted(value, form, NOW, "s:0:1")
    assert raised.value.stage == "trends"


def test_a_front_page_is_the_best_place_and_an_unknown_one_the_worst() -> None:
    assert [prominence(name) for name in PROMINENCE] == sorted({prominence(name) for name in PROMINENCE})
    assert prominence("list") == 0
    assert prominence("hologram") == prominence(None) > prominence("feed")
