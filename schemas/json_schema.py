"""The JSON Schema of each record, made from its Struct.

Descriptions are the docstrings that stand under the fields; what types cannot say (formats of ids and times, the two
forms of a page's body) is said here.
"""

import ast
import inspect
import textwrap
from copy import deepcopy
from typing import Any

import msgspec

from schemas.article import Article, Image, ReadingMinutes
from schemas.page import RawPage
from schemas.promo import Sightings, Snippet, Teaser
from schemas.trends import Trend, Trends

Document = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

RECORDS: dict[str, type[msgspec.Struct]] = {
    "raw-page": RawPage,
    "article": Article,
    "sightings": Sightings,
    "teaser": Teaser,
    "snippet": Snippet,
    "trends": Trends,
}
"""File name -> record. Each has the version that its `schema` header names."""

SCHEMA_VERSION = 1
"""Raised only by a change that breaks consumers; fields may be added without."""

_PARTS: tuple[type[msgspec.Struct], ...] = (Image, ReadingMinutes, Trend)

_TIME: Document = {
    "format": "date-time",
    # Most validators take formats for remarks; the pattern binds.
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$",
}
_DAY: Document = {"format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ADDRESS: Document = {"format": "uri"}
_STORY_TIME: Document = {"anyOf": [{"type": "string"} | _TIME, {"type": "string"} | _DAY, {"type": "null"}]}
_FIELD_FORMATS: dict[tuple[str, str], Document] = {
    ("*", "id"): {"pattern": "^[0-9a-f]{32}$"},
    ("*", "content_hash"): {"pattern": "^[0-9a-f]{32}$"},
    ("*", "simhash"): {"pattern": "^[0-9a-f]{16}$"},
    ("*", "confidence"): {"minimum": 0, "maximum": 1},
    ("*", "position"): {"minimum": 0},
    ("*", "word_count"): {"minimum": 0},
    ("*", "language"): {"pattern": "^[a-z]{2,3}$"},
    ("*", "source"): {"pattern": "^.+:[0-9]+:[0-9]+$"},
    ("*", "fetched_at"): _TIME,
    ("*", "segmented_at"): _TIME,
    ("*", "first_seen_at"): _TIME,
    ("*", "seen_at"): _TIME,
    ("Article", "published_at"): _STORY_TIME,
    ("Article", "modified_at"): _STORY_TIME,
    ("Article", "body"): {"minLength": 1},
    ("Article", "url"): _ADDRESS,
    ("Article", "canonical_url"): _ADDRESS,
    ("Image", "url"): _ADDRESS,
    ("Teaser", "headline"): {"minLength": 1},
    ("Teaser", "url"): _ADDRESS,
    ("Teaser", "image"): _ADDRESS,
    ("Snippet", "text"): {"minLength": 1},
    ("Trend", "url"): _ADDRESS,
    ("Trend", "last_seen_at"): _TIME,
    ("Trend", "sightings"): {"minimum": 1},
    ("Trend", "pages"): {"minimum": 1},
    ("Trend", "rank"): {"minimum": 1},
    ("Trends", "window_start"): _TIME,
    ("Trends", "window_end"): _TIME,
    ("Trends", "window_seconds"): {"enum": [600, 3600]},
    ("Trends", "sighting_count"): {"minimum": 1},
    ("Trends", "teaser_count"): {"minimum": 1},
    ("Trends", "trends"): {"maxItems": 50},
    ("Snippet", "url"): _ADDRESS,
}
"""(record or *, field) -> what holds for its value, if it is not null."""


def json_schema(name: str) -> Document:
    """The JSON Schema (2020-12) of one record in its JSON encoding, complete in itself."""
    record = RECORDS[name].__name__
    described = schema_components("#/$defs/{name}")
    parts = {part: described[part] for part in sorted(_referred(record, described))}
    identity = {"$schema": DIALECT, "$id": f"urn:broadsheet:{name}:{SCHEMA_VERSION}"}
    return identity | described[record] | ({"$defs": parts} if parts else {})


def _referred(name: str, described: dict[str, Document]) -> set[str]:
    text = msgspec.json.encode(described[name]).decode()
    direct = {other for other in described if f'"#/$defs/{other}"' in text}
    return direct.union(*(_referred(other, described) for other in direct))


def schema_components(reference: str) -> dict[str, Document]:
    """Every record and its parts by Struct name; reference is how they refer to each other, with {name} in it."""
    structs = [*RECORDS.values(), *_PARTS]
    _, components = msgspec.json.schema_components(structs, ref_template=reference)
    for struct in structs:
        _describe(components[struct.__name__], struct)
    components["RawPage"] = _page_envelope(components["RawPage"])
    return components


def _describe(schema: Document, struct: type[msgspec.Struct]) -> None:
    schema["description"] = inspect.cleandoc(struct.__doc__ or "")
    descriptions = field_docstrings(struct)
    for field in msgspec.structs.fields(struct):
        known = schema["properties"][field.encode_name]
        formats = _FIELD_FORMATS.get((struct.__name__, field.name)) or _FIELD_FORMATS.get(("*", field.name)) or {}
        if "anyOf" in formats:
            known.pop("anyOf", None)
        choices = [choice for choice in known.get("anyOf", []) if choice.get("type") != "null"]
        for restricted in choices or [known]:
            restricted |= deepcopy(formats)
        known["description"] = descriptions[field.name]


def field_docstrings(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Field -> the docstring under it in the source; a field without one is an error in the schema."""
    body = ast.parse(textwrap.dedent(inspect.getsource(struct))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 (what a class's source parses to)
    found: dict[str, str] = {}
    field = None
    for statement in body.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            field = statement.target.id
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and field is not None:
            found[field] = " ".join(str(statement.value.value).split())
            field = None
    return found


def _page_envelope(schema: Document) -> Document:
    """A page's body is bytes in Python and MessagePack; JSON holds it as a string, or as base64 in another field."""
    schema = deepcopy(schema)
    body = schema["properties"].pop("body")
    schema["properties"] = {
        "body": {"type": "string", "description": body["description"] + " As a string: it is read as UTF-8."},
        "body_base64": {
            "type": "string",
            "contentEncoding": "base64",
            "description": "The page's bytes in base64: for pages in other encodings, or still compressed.",
        },
    } | schema["properties"]
    schema["required"] = [name for name in schema["required"] if name != "body"]
    schema["oneOf"] = [{"required": ["body"]}, {"required": ["body_base64"]}]
    return schema
