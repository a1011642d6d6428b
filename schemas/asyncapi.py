"""The AsyncAPI 3 document: Broadsheet's topics with their keys, headers and records in both encodings."""

from dataclasses import dataclass

import msgspec

from schemas.article import Article
from schemas.codec import CONTENT_TYPES, PAGE_CONTENT_TYPES, SCHEMA_NAMES, Format
from schemas.json_schema import SCHEMA_VERSION, Document, schema_components
from schemas.promo import Sightings, Snippet, Teaser
from schemas.trends import Trends

DAY_MS = 24 * 60 * 60 * 1000
PREFIX = "news."
"""The default prefix of topic names; a setting changes it."""

PARTITIONS = 12
"""The default; sightings, teasers and snippets must have the same number."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as the contract describes it."""

    name: str
    key: str
    about: str
    cleanup: tuple[str, ...]
    retention_days: int | None
    """None: kept for ever (compaction alone)."""
    record: type[msgspec.Struct] | None = None
    """None where pages travel."""
    source: str = "topic:partition:offset of the page."
    """What the header of that name says."""


TOPICS = (
    Topic("pages", "Anything; crawlers use the URL or the host.", "Pages as fetched.", ("delete",), 7),
    Topic("articles", "The article's id.", "Each page's own story; a re-crawl replaces.", ("compact",), None, Article),
    Topic(
        "sightings",
        "The site.",
        "Internal: one record a page, its teasers and snippets in page order, repeats included.",
        ("delete",),
        7,
        Sightings,
    ),
    Topic(
        "teasers",
        "The teaser's id; a site's teasers stay in one partition.",
        "Each teaser of a site once in the window.",
        ("compact", "delete"),
        30,
        Teaser,
    ),
    Topic(
        "snippets",
        "The snippet's id; a site's snippets stay in one partition.",
        "Each snippet of a site once in the window.",
        ("compact", "delete"),
        7,
        Snippet,
    ),
    Topic(
        "dead-letters",
        "The original's.",
        "Pages that could not be processed, unchanged, with the reason.",
        ("delete",),
        30,
    ),
    Topic(
        "trends",
        "The site.",
        "The ranking of a site's teasers in each window of sighting time, when the window closes.",
        ("delete",),
        30,
        Trends,
        "topic:partition:offset of the last sightings record that was counted by then.",
    ),
)

_TEXT: Document = {"type": "string"}
_COORDINATES: Document = {"type": "string", "pattern": "^.+:[0-9]+:[0-9]+$"}

_TRACE: Document = {"traceparent": {"type": "string", "description": "If the page had one."}}

_PAGE_HEADERS: Document = {
    "type": "object",
    "description": "All optional, UTF-8.",
    "properties": {
        "url": {"type": "string", "description": "Where the page was fetched."},
        "content-type": {"type": "string", "description": "As HTTP gave it; missing: sniffed."},
        "content-encoding": {
            "type": "string",
            "description": "gzip, br, zstd or deflate (or a list) when the value is still compressed.",
        },
        "fetched-at": {"type": "string", "format": "date-time", "description": "RFC 3339 with an offset."},
        "http-status": {"type": "string", "pattern": "^[1-5][0-9]{2}$", "description": "The fetch's HTTP status."},
        "site": {"type": "string", "description": "The site; missing: the registrable domain of the URL."},
        "traceparent": {"type": "string", "description": "W3C trace context, carried through to every output."},
    },
}
_DEAD_LETTER_HEADERS: Document = {
    "type": "object",
    "description": "The original's headers unchanged, and these.",
    "required": [
        "dead-letter-reason",
        "dead-letter-stage",
        "dead-letter-source",
        "dead-letter-at",
        "dead-letter-attempts",
    ],
    "properties": _PAGE_HEADERS["properties"]
    | {
        "dead-letter-reason": {
            "enum": [
                "bad-envelope",
                "bad-encoding",
                "unsupported-type",
                "too-large",
                "too-deep",
                "timeout",
                "crashed",
                "out-of-memory",
                "bug",
            ]
        },
        "dead-letter-detail": _TEXT,
        "dead-letter-stage": _TEXT,
        "dead-letter-source": _COORDINATES,
        "dead-letter-at": {"type": "string", "format": "date-time"},
        "dead-letter-attempts": {"type": "string", "pattern": "^[0-9]+$"},
        "dead-letter-cut": {
            "type": "string",
            "description": "Only where the original was too large: what is left out.",
        },
    },
}


def asyncapi() -> Document:
    """The document, for the default topic prefix."""
    messages = _page_messages() | _record_messages()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Broadsheet",
            "version": f"{SCHEMA_VERSION}.0.0",
            "description": (
                "Takes raw news pages apart: the article, the teasers that promote other stories, the snippets of "
                f"feeds. Topic names begin with a prefix, `{PREFIX}` by default. Outputs are written in transactions: "
                "read them with isolation level read_committed."
            ),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic, messages) for topic in TOPICS},
        "operations": {_operation_name(topic): _operation(topic) for topic in TOPICS},
        "components": {"messages": messages, "schemas": schema_components("#/components/schemas/{name}")},
    }


def _channel(topic: Topic, messages: dict[str, Document]) -> Document:
    configuration: Document = {"cleanup.policy": list(topic.cleanup)}
    if topic.retention_days is not None:
        configuration["retention.ms"] = topic.retention_days * DAY_MS
    return {
        "address": PREFIX + topic.name,
        "title": topic.about,
        "description": f"Key: {topic.key}",
        "messages": {
            name: {"$ref": f"#/components/messages/{name}"} for name in messages if name.startswith(f"{topic.name}.")
        },
        "bindings": {
            "kafka": {
                "topic": PREFIX + topic.name,
                "partitions": PARTITIONS,
                "topicConfiguration": configuration,
                "bindingVersion": "0.5.0",
            }
        },
    }


def _operation_name(topic: Topic) -> str:
    return ("receive-" if topic.name == "pages" else "send-") + topic.name


def _operation(topic: Topic) -> Document:
    action = "receive" if topic.name == "pages" else "send"
    return {"action": action, "channel": {"$ref": f"#/channels/{topic.name}"}, "summary": topic.about}


def _page_messages() -> dict[str, Document]:
    messages = {}
    for topic, headers in (("pages", _PAGE_HEADERS), ("dead-letters", _DEAD_LETTER_HEADERS)):
        messages[f"{topic}.raw"] = {
            "title": "A page byte for byte",
            "contentType": "application/octet-stream",
            "headers": headers,
            "payload": {"type": "string", "description": "The page as fetched: HTML or text, in any encoding."},
            "bindings": _key(topic),
        }
        for encoding, called in _ENCODINGS.items():
            content_type = PAGE_CONTENT_TYPES[encoding]
            fixed = {"content-type": {"const": content_type}}
            messages[f"{topic}.{encoding}"] = {
                "title": f"A page in an envelope ({called})",
                "contentType": content_type,
                "headers": headers
                | {
                    "properties": headers["properties"] | fixed,
                    "required": [*headers.get("required", []), "content-type"],
                },
                "payload": {"$ref": "#/components/schemas/RawPage"},
                "bindings": _key(topic),
            }
    return messages


_ENCODINGS: dict[Format, str] = {"json": "JSON", "msgpack": "MessagePack"}


def _record_messages() -> dict[str, Document]:
    return {
        f"{topic.name}.{encoding}": {
            "title": f"{topic.record.__name__} ({_ENCODINGS[encoding]})",
            "contentType": CONTENT_TYPES[encoding],
            "headers": _record_headers(topic, encoding),
            "payload": {"$ref": f"#/components/schemas/{topic.record.__name__}"},
            "bindings": _key(topic.name),
        }
        for topic in TOPICS
        if topic.record is not None
        for encoding in _ENCODINGS
    }


def _record_headers(topic: Topic, encoding: Format) -> Document:
    assert topic.record is not None  # noqa: S101 (only topics of records come here)
    return {
        "type": "object",
        "required": ["content-type", "schema", "source"],
        "properties": {
            "content-type": {"const": CONTENT_TYPES[encoding]},
            "schema": {"const": SCHEMA_NAMES[topic.record]},
            "source": _COORDINATES | {"description": topic.source},
        }
        | ({} if topic.record is Trends else _TRACE),
    }


def _key(topic_name: str) -> Document:
    topic = next(topic for topic in TOPICS if topic.name == topic_name)
    return {"kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": "0.5.0"}}
