"""Consumers and producers are not upgraded on the same day: every release reads the others' records."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from schemas import RawPage
from schemas.codec import Format, decode, decode_page, encode
from schemas.json_schema import RECORDS, json_schema
from tests.golden.releases.freeze import FOLDER, records

RELEASES = sorted(path for path in FOLDER.iterdir() if (path / "records.json").exists())
CASES = [pytest.param(release, name, id=f"{release.name}-{name}") for release in RELEASES for name in RECORDS]


def kept(release: Path) -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = json.loads((release / "records.json").read_bytes())
    return loaded


def schema(release: Path, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((release / f"{name}.schema.json").read_bytes())
    return loaded


def test_there_is_a_release_to_be_held_to() -> None:
    assert RELEASES


@pytest.mark.parametrize("form", ["json", "msgpack"])
@pytest.mark.parametrize(("release", "name"), CASES)
def test_this_release_reads_what_an_earlier_one_wrote(release: Path, name: str, form: Format) -> None:
    assert kept(release)[name]
    for record in kept(release)[name]:
        if name == "raw-page":
            assert isinstance(decode_page(json.dumps(record).encode(), "json"), RawPage)
            continue
        data = json.dumps(record).encode() if form == "json" else msgspec.msgpack.encode(record)
        again = msgspec.to_builtins(decode(data, RECORDS[name], form))
        # Nothing that the earlier release said is lost or said otherwise.
        assert _holds(again, record)


@pytest.mark.parametrize(("release", "name"), CASES)
def test_an_earlier_release_reads_what_this_one_writes(release: Path, name: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(release, name))
    for record in records()[name]:
        validator.validate(msgspec.json.decode(record))


@pytest.mark.parametrize(("release", "name"), CASES)
def test_what_has_been_added_since_is_optional_and_nothing_has_gone(release: Path, name: str) -> None:
    before, now = schema(release, name), json_schema(name)
    assert before["$id"] == now["$id"]
    assert before["properties"].keys() <= now["properties"].keys()
    assert set(now.get("required", ())) <= set(before.get("required", ()))


def test_a_field_of_a_later_release_is_passed_over() -> None:
    for name, written in kept(RELEASES[-1]).items():
        if name != "raw-page":
            later = json.dumps(written[0] | {"mood": "calm"}).encode()
            assert "mood" not in msgspec.to_builtins(decode(later, RECORDS[name]))


def test_a_record_that_lost_a_required_field_is_not_read() -> None:
    article = dict(kept(RELEASES[-1])["article"][0])
    del article["id"]
    with pytest.raises(msgspec.ValidationError, match="id"):
        decode(json.dumps(article).encode(), RECORDS["article"])


def test_what_is_kept_is_what_was_written() -> None:
    """Records of the release as this release encodes them again: no field changes its form unnoticed."""
    for name, written in kept(RELEASES[-1]).items():
        if name != "raw-page":
            for record in written:
                data = json.dumps(record).encode()
                assert _holds(json.loads(encode(decode(data, RECORDS[name]))), record)


def _holds(now: Any, before: Any) -> bool:
    """Is everything that was said before still said?"""
    if isinstance(before, dict):
        return isinstance(now, dict) and all(key in now and _holds(now[key], value) for key, value in before.items())
    if isinstance(before, list):
        return isinstance(now, list) and len(now) == len(before) and all(map(_holds, now, before))
    return bool(now == before)
