"""What holds for the records of every page, however hostile."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import msgspec

from schemas import RawPage
from schemas.codec import decode, encode
from schemas.json_schema import json_schema
from workers.pipeline import PageRecords

_SAMPLE = 5
"""So many of a page's teasers are held against the schema at each end: a hundred thousand take minutes."""

_ADDRESSES = ("url", "canonical_url", "image", "first_seen_on")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT_FOR_ADDRESSES = re.compile('[\x00-\x20\x7f-\x9f<>"`\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')

_VALIDATORS = {name: jsonschema.Draft202012Validator(json_schema(name)) for name in ("article", "teaser", "snippet")}


def check_records(page: RawPage, records: PageRecords, *, sample: int = _SAMPLE) -> None:
    """Raise AssertionError when a promise of the contract is broken. sample: records held against the schema."""
    assert records.outcome in ("article", "no_article", "empty")
    assert (records.article is not None) == (records.outcome == "article")
    assert [teaser.position for teaser in records.teasers] == list(range(len(records.teasers)))
    assert [snippet.position for snippet in records.snippets] == list(range(len(records.snippets)))
    articles = [records.article] if records.article is not None else []
    for name, found in (("article", articles), ("teaser", records.teasers), ("snippet", records.snippets)):
        for record in (*found[:sample], *found[max(sample, len(found) - sample) :]):
            _VALIDATORS[name].validate(msgspec.to_builtins(record))
            assert decode(encode(record), type(record)) == record
            assert decode(encode(record, "msgpack"), type(record), "msgpack") == record
        for record in found:
            check_texts_and_addresses(record)
    # What a page gives must not be much larger than the page: amplification is an attack on whoever reads it.
    size = sum(len(encode(record)) for record in (*articles, *records.teasers, *records.snippets))
    assert size <= 12 * len(page.body) + 64 * 1024, f"{len(page.body)} bytes became {size}"
    encode(records.sightings())


def check_texts_and_addresses(record: msgspec.Struct) -> None:
    """Every text is clean, every address is http(s), without credentials."""
    for field, text in _strings(msgspec.to_builtins(record)):
        assert not _CONTROL.search(text), f"{field} holds control characters: {text[:80]!r}"
        assert text, f"{field} is empty instead of null"
        if field in _ADDRESSES or field == "links":
            check_address(field, text)
        elif field in ("headline", "dek", "summary", "text", "body", "kicker"):
            assert unicodedata.is_normalized("NFC", text), f"{field} is not NFC"
            assert text == text.strip(), f"{field} has white space at its ends"


def check_address(field: str, address: str) -> None:
    """An address that can be shown, stored and followed."""
    assert not _UNFIT_FOR_ADDRESSES.search(address), f"{field} holds {address[:80]!r}"
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https"), f"{field} is {address[:80]!r}"
    assert parts.hostname, f"{field} has no host: {address[:80]!r}"
    assert parts.username is None, f"{field} holds credentials"
    assert parts.password is None, f"{field} holds credentials"


def _strings(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, field)
