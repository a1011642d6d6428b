"""The generated documents are fresh, whole, and say of records what is true."""

import json
import re
from typing import Any

import jsonschema
import msgspec
import pytest

from schemas import Article, Image, Sightings, Snippet, Teaser, Trend, Trends
from schemas.asyncapi import TOPICS, asyncapi
from schemas.generate import FOLDER, documents
from schemas.json_schema import RECORDS, field_docstrings, json_schema
from workers import errors
from workers.settings import Settings
from workers.stream import dead_letter
from workers.stream.topics import planned_topics

TEASER = Teaser(
    id="0f" * 16, site="daily.example", headline="Ferry service returns", url="https://daily.example/ferry", position=0
)
SNIPPET = Snippet(id="a1" * 16, site=None, text="The harbour stays closed until Friday.", placement="feed")
EXAMPLES: dict[str, msgspec.Struct] = {
    "article": Article(
        id="ab" * 16,
        site="daily.example",
        headline="Bridge opens",
        body="The bridge opened on Monday.",
        source="news.pages:3:42",
        confidence=0.97,
        published_at="2024-03-05",
        modified_at="2024-03-05T10:00:00+01:00",
        images=[Image(url="https://daily.example/b.jpg", caption="The bridge")],
        content_hash="cd" * 16,
        simhash="0123456789abcdef",
    ),
    "sightings": Sightings(site="daily.example", source="news.pages:0:0", teasers=[TEASER], snippets=[SNIPPET]),
    "teaser": TEASER,
    "snippet": SNIPPET,
    "trends": Trends(
        site="daily.example",
        window_start="2025-03-05T08:00:00+00:00",
        window_end="2025-03-05T08:10:00+00:00",
        window_seconds=600,
        sighting_count=3,
        teaser_count=1,
        trends=[
            Trend(
                id="0f" * 16,
                headline="Ferry service returns",
                sightings=3,
                pages=2,
                first_seen_at="2025-03-05T08:00:01+00:00",
                last_seen_at="2025-03-05T08:09:59.500+00:00",
                rank=1,
                rank_change=-4,
            )
        ],
    ),
}


def validator(name: str) -> Any:
    schema = json_schema(name)
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def test_the_committed_documents_are_what_the_structs_generate_now() -> None:
    for name, content in documents().items():
        path = FOLDER / name
        assert path.exists(), f"{name} is missing: run python -m schemas.generate"
        assert path.read_text(encoding="utf-8") == content, f"{name} is stale: run python -m schemas.generate"


def test_no_document_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(documents())


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_record_as_encoded_satisfies_its_schema(name: str) -> None:
    validator(name).validate(json.loads(msgspec.json.encode(EXAMPLES[name])))


@pytest.mark.parametrize(
    ("name", "field", "wrong"),
    [
        ("article", "id", "ABC"),
        ("article", "body", ""),
        ("article", "confidence", 1.5),
        ("article", "headline", 7),
        ("article", "published_at", "yesterday"),
        ("article", "simhash", "xyz"),
        ("article", "images", [{"url": 3}]),
        ("article", "source", "somewhere"),
        ("teaser", "headline", None),
        ("teaser", "placement", "top"),
        ("teaser", "position", -1),
        ("snippet", "text", ""),
        ("sightings", "teasers", [{}]),
        ("trends", "site", None),
        ("trends", "window_seconds", 60),
        ("trends", "window_end", "soon"),
        ("trends", "sighting_count", 0),
        ("trends", "trends", [{"id": "0f" * 16}]),
    ],
)
def test_a_schema_refuses_what_a_record_never_holds(name: str, field: str, wrong: object) -> None:
    record = json.loads(msgspec.json.encode(EXAMPLES[name]))
    record[field] = wrong
    with pytest.raises(jsonschema.ValidationError):
        validator(name).validate(record)


@pytest.mark.parametrize(
    ("envelope", "good"),
    [
        ({"body": "<p>x"}, True),
        ({"body_base64": "PHA+", "url": "https://daily.example/", "http_status": 200}, True),
        ({"url": "https://daily.example/"}, False),
        ({"body": "x", "body_base64": "eA=="}, False),
        ({"body": 3}, False),
        ({"body": "x", "url": 3}, False),
    ],
)
def test_the_envelope_holds_a_body_in_exactly_one_form(envelope: dict[str, object], good: bool) -> None:
    assert validator("raw-page").is_valid(envelope) is good


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_is_described(name: str) -> None:
    described = field_docstrings(RECORDS[name])
    assert set(described) == set(RECORDS[name].__struct_fields__)
    properties = json_schema(name)["properties"]
    assert all(properties[field]["description"] for field in properties)


def references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(value) for value in node.values()))
    return set().union(*(references(value) for value in node)) if isinstance(node, list) else set()


def test_every_reference_in_the_asyncapi_document_leads_somewhere() -> None:
    document = asyncapi()
    found = references(document)
    assert "#/components/schemas/Article" in found
    for reference in found:
        node = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in node, reference
            node = node[step]


def test_every_topic_is_a_channel_with_an_operation_and_its_messages_in_every_encoding() -> None:
    document = asyncapi()
    addresses = {channel["address"] for channel in document["channels"].values()}
    assert addresses == {f"news.{topic.name}" for topic in TOPICS}
    operated = {operation["channel"]["$ref"] for operation in document["operations"].values()}
    for name, channel in document["channels"].items():
        assert f"#/channels/{name}" in operated
        types = {document["components"]["messages"][message]["contentType"] for message in channel["messages"]}
        assert any("json" in kind for kind in types)
        assert any("msgpack" in kind for kind in types)


def test_the_channels_are_configured_as_the_topics_are_made() -> None:
    settings = Settings()
    plans = {plan.name: plan for plan in planned_topics(settings)}
    for channel in asyncapi()["channels"].values():
        plan, kafka = plans[channel["address"]], channel["bindings"]["kafka"]
        assert kafka["partitions"] == plan.partitions
        told = {
            "cleanup.policy": ",".join(kafka["topicConfiguration"]["cleanup.policy"]),
            "retention.ms": str(kafka["topicConfiguration"].get("retention.ms")),
        }
        assert told == {key: plan.configuration.get(key, "None") for key in told}


def test_the_dead_letter_headers_are_those_that_are_written() -> None:
    written = {value for name, value in vars(dead_letter).items() if name.isupper() and str(value).startswith("dead-")}
    told = asyncapi()["components"]["messages"]["dead-letters.raw"]["headers"]["properties"]
    replays = {dead_letter.REPLAYED, dead_letter.REPLAYED_FROM}  # on marks and on replayed pages, not on letters
    assert {name for name in told if name.startswith("dead-letter-")} == written - replays - {dead_letter.PREFIX}


def test_names_are_ones_that_asyncapi_allows() -> None:
    document = asyncapi()
    names = [*document["channels"], *document["operations"]]
    names += [*document["components"]["messages"], *document["components"]["schemas"]]
    assert all(re.fullmatch(r"[\w.-]+", name, re.ASCII) for name in names)


def test_the_dead_letter_reasons_are_those_of_the_page_errors() -> None:
    headers = asyncapi()["components"]["messages"]["dead-letters.raw"]["headers"]["properties"]
    kinds = errors.PageError.__subclasses__()
    assert set(headers["dead-letter-reason"]["enum"]) == {kind.reason for kind in kinds}
