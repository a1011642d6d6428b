"""The story as JSON-LD declares it: the right node among graphs, arrays and nested entities, read into plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# schema.org's NewsArticle and its kin, lower-cased and without a prefix.
STORY_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "opinionnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "techarticle",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "report",
        "review",
        "recipe",
    ]
)
# Things a story page may be mostly about; read when no node says that it is an article.
SECOND_CHOICE_TYPES = frozenset(
    [
        "webpage",
        "itempage",
        "videoobject",
        "newsmediaobject",
        "creativework",
        "podcastepisode",
        "audioobject",
        "imagegallery",
        "mediagallery",
    ]
)
# Deeper than any publisher nests and shallow enough for a page that nests on purpose.
_DEEPEST = 12
_MOST_NODES = 2_000


@dataclass(slots=True)
class Credit:
    """Somebody whom the page credits."""

    name: str
    organisation: bool = False
    """The page says that it is no person."""


@dataclass(slots=True)
class StructuredStory:
    """What one JSON-LD node says of the story. Raw texts: not tidied, not trusted."""

    types: frozenset[str] = frozenset()
    headlines: list[str] = field(default_factory=list)
    """headline, name, alternativeHeadline, in this order, where given."""
    description: str | None = None
    authors: list[Credit] = field(default_factory=list)
    publisher: str | None = None
    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    language: str | None = None
    free: bool | None = None
    """isAccessibleForFree."""


def stories(json_ld: list[Any]) -> list[StructuredStory]:
    """Every node that describes a story, the likeliest to be the page's own first (articles before web pages)."""
    nodes = list(_nodes(json_ld))
    first = [node for node in nodes if _types(node) & STORY_TYPES]
    second = [node for node in nodes if _types(node) & SECOND_CHOICE_TYPES and not _types(node) & STORY_TYPES]
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    return [_read(node, by_id) for node in (*first, *second)]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the declared data that may be a thing of its own, outer before inner, bounded."""
    queue: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while queue and seen < _MOST_NODES:
        current, depth = queue.pop(0)
        seen += 1
        if isinstance(current, dict):
            yield current
            inner = [
                current[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
                if key in current
            ]
            if depth < _DEEPEST:
                queue.extend((each, depth + 1) for each in inner)
        elif isinstance(current, list) and depth < _DEEPEST:
            queue.extend((each, depth + 1) for each in current)


def _types(node: dict[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str))


def _read(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> StructuredStory:
    return StructuredStory(
        types=_types(node),
        headlines=[text for key in ("headline", "name", "alternativeHeadline") for text in _texts(node.get(key))[:1]],
        description=next(iter(_texts(node.get("description"))), None),
        authors=[credit for key in ("author", "creator") for credit in _credits(node.get(key), by_id)],
        publisher=next((credit.name for credit in _credits(node.get("publisher"), by_id)), None),
        published=[
            *_texts(node.get("datePublished")),
            *_texts(node.get("dateCreated")),
            *_texts(node.get("uploadDate")),
        ],
        modified=_texts(node.get("dateModified")),
        sections=_texts(node.get("articleSection")),
        keywords=_texts(node.get("keywords")),
        addresses=[*_texts(node.get("url")), *_addresses(node.get("mainEntityOfPage")), *_texts(node.get("@id"))],
        language=next(iter(_texts(node.get("inLanguage"))), None),
        free=_truth(node.get("isAccessibleForFree")),
    )


def _texts(value: Any) -> list[str]:
    """The strings in a value that should be a string or a list of them; of an object its @value or name."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for each in value[:100] if not isinstance(each, list) for text in _texts(each)]
    if isinstance(value, dict):
        return [text for key in ("@value", "name") if isinstance(text := value.get(key), str)][:1]
    return []


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key in ("@id", "url") if isinstance(text := value.get(key), str)]
    return [value] if isinstance(value, str) else []


def _credits(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> list[Credit]:
    if isinstance(value, str):
        return [Credit(value)]
    if isinstance(value, list) and depth < 3:
        return [credit for each in value[:100] for credit in _credits(each, by_id, depth + 1)]
    if isinstance(value, dict):
        node = value if "name" in value else by_id.get(str(value.get("@id")), value)
        organisation = bool(_types(node) & {"organization", "newsmediaorganization", "corporation", "newsagency"})
        return [Credit(name, organisation) for name in _texts(node.get("name"))]
    return []


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}.get(
            value.strip().lower()
        )
    return None
