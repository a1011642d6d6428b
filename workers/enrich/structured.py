"""The story as JSON-LD declares it: the right nodes among graphs, arrays and nested entities, as plain values."""

from collections import deque
from collections.abc import Iterator
from typing import Any

import msgspec

NEWS_TYPES = frozenset(
    [
        *("newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "report"),
        *("opinionnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting"),
    ]
)
"""schema.org's NewsArticle and its kin, lower case, without a prefix."""
STORY_TYPES = NEWS_TYPES | frozenset(
    [
        *("article", "advertisercontentarticle", "satiricalarticle", "blogposting", "techarticle", "scholarlyarticle"),
        *("medicalscholarlyarticle", "review", "recipe"),
    ]
)
PAGE_TYPES = frozenset(
    [
        "webpage",
        "itempage",
        "creativework",
        "videoobject",
        "audioobject",
        "podcastepisode",
        "imagegallery",
        "mediagallery",
    ]
)
"""What a story page may call itself when it does not say that it is an article."""
_ORGANISATIONS = frozenset(
    ["organization", "newsmediaorganization", "corporation", "ngo", "educationalorganization", "governmentorganization"]
)
# Where the story's node may hide; other properties hold other things (authors, ratings, comments, related stories).
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "liveBlogUpdate")
_DEEPEST = 8
_MOST_NODES = 1_000
_MOST_VALUES = 100
_NESTED = (dict, list)


class Credit(msgspec.Struct):
    """Somebody whom the page credits."""

    name: str
    is_organisation: bool = False
    """The page says that it is no person."""
    surname_first: bool = False
    """The source writes "Example, Ann"."""


class StructuredStory(msgspec.Struct):
    """What one JSON-LD node says of the story. Raw texts: neither tidied nor trusted."""

    types: frozenset[str] = frozenset()
    headlines: list[str] = []
    """headline, else name."""
    authors: list[Credit] = []
    publishers: list[str] = []
    published: list[str] = []
    modified: list[str] = []
    sections: list[str] = []
    keywords: list[str] = []
    addresses: list[str] = []
    language: str | None = None
    pictures: list[str] = []
    """Addresses."""
    is_free: bool | None = None
    """isAccessibleForFree; False too when only a part of the story is not."""


class StructuredPage(msgspec.Struct):
    """What all JSON-LD of a page says."""

    story: StructuredStory
    """Empty when no node describes a story."""
    site_names: list[str]
    """Names of WebSite nodes."""
    trail: list[str]
    """Names in the breadcrumbs, outermost first."""


def read_structured(json_ld: list[Any], canonical: str | None = None) -> StructuredPage:
    """Walk the decoded scripts of a page. Bounded in depth and number of nodes; never raises on any JSON.

    The story is the first article with the page's canonical address, else the first article, else the first node that
    only says that it is a page or a medium.
    """
    articles: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    sites: list[str] = []
    trail: list[str] = []
    by_id: dict[str, dict[str, Any]] = {}
    for node in _nodes(json_ld):
        types = _types(node)
        if types & STORY_TYPES:
            articles.append(node)
        elif types & PAGE_TYPES:
            pages.append(node)
        elif "website" in types:
            sites.extend(_texts(node.get("name"))[:1])
        elif "breadcrumblist" in types and not trail:
            trail = _trail(node)
        if isinstance(name := node.get("@id"), str) and len(node) > 1:
            by_id[name] = node
    candidates = articles or pages
    if not candidates:
        return StructuredPage(StructuredStory(), sites, trail)
    own = candidates[0]
    if len(candidates) > 1 and canonical:
        own = next((node for node in candidates if _is_at(node, canonical.rstrip("/"))), own)
    return StructuredPage(_read(own, by_id), sites, trail)


def _is_at(node: dict[str, Any], address: str) -> bool:
    return "headline" in node and any(each.partition("#")[0].rstrip("/") == address for each in _own_addresses(node))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object that may be a thing of its own, outer before inner."""
    queue: deque[tuple[Any, int]] = deque([(value, 0)])
    for _ in range(_MOST_NODES):
        if not queue:
            return
        current, depth = queue.popleft()
        if isinstance(current, dict):
            yield current
            inner = [current[key] for key in _CONTAINERS if key in current]
        else:
            inner = current if isinstance(current, list) else []
        if depth < _DEEPEST:
            queue.extend((each, depth + 1) for each in inner if isinstance(each, _NESTED))


def _types(node: dict[str, Any]) -> frozenset[str]:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return frozenset([name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str)])


def _read(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> StructuredStory:
    parts = node.get("hasPart")
    parts_free = [_truth(part.get("isAccessibleForFree")) for part in _dicts(parts)]
    free = _truth(node.get("isAccessibleForFree"))
    return StructuredStory(
        types=_types(node),
        headlines=[*_texts(node.get("headline"))[:1], *_texts(node.get("name"))[:1]][:1],
        authors=[credit for key in ("author", "creator") for credit in _credits(node.get(key), by_id)],
        publishers=[credit.name for credit in _credits(node.get("publisher"), by_id)],
        published=[
            text for key in ("datePublished", "dateCreated", "uploadDate") for text in _texts(node.get(key))[:1]
        ],
        modified=_texts(node.get("dateModified"))[:1],
        sections=_texts(node.get("articleSection")),
        keywords=_texts(node.get("keywords")),
        addresses=_own_addresses(node),
        language=next(iter(_texts(node.get("inLanguage"))), None),
        pictures=_pictures(node.get("image")),
        is_free=False if False in parts_free else free,
    )


def _dicts(value: Any) -> list[dict[str, Any]]:
    values = value[:_MOST_VALUES] if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def _texts(value: Any) -> list[str]:
    """The strings in a value that should be a string or a list of them; of an object its @value, name or code."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for each in value[:_MOST_VALUES] if not isinstance(each, list) for text in _texts(each)]
    if isinstance(value, dict):
        return [text for key in ("@value", "name", "alternateName") if isinstance(text := value.get(key), str)][:1]
    return [str(value)] if isinstance(value, int) and not isinstance(value, bool) else []


def _own_addresses(node: dict[str, Any]) -> list[str]:
    return [*_texts(node.get("url")), *_addresses(node.get("mainEntityOfPage")), *_texts(node.get("@id"))]


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for key in ("@id", "url") if isinstance(text := value.get(key), str)]
    return [value] if isinstance(value, str) else []


def _pictures(value: Any) -> list[str]:
    """The addresses of pictures; of several renderings of one picture (a list of strings) the first."""
    if isinstance(value, list):
        if all(isinstance(each, str) for each in value):
            return value[:1]
        return [address for each in value[:_MOST_VALUES] if isinstance(each, dict) for address in _pictures(each)]
    if isinstance(value, dict):
        return [address for key in ("url", "contentUrl", "@id") if isinstance(address := value.get(key), str)][:1]
    return [value] if isinstance(value, str) else []


def _credits(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> list[Credit]:
    if isinstance(value, str):
        return [Credit(value)]
    if isinstance(value, list):
        return [] if depth else [credit for each in value[:_MOST_VALUES] for credit in _credits(each, by_id, 1)]
    if not isinstance(value, dict):
        return []
    reference = value.get("@id")
    node = value if "name" in value or not isinstance(reference, str) else by_id.get(reference, value)
    is_organisation = bool(_types(node) & _ORGANISATIONS)
    return [Credit(name, is_organisation) for name in _texts(node.get("name"))]


def _trail(node: dict[str, Any]) -> list[str]:
    names = []
    for element in _dicts(node.get("itemListElement")):
        item = element.get("item")
        names.extend((_texts(element.get("name")) or (_texts(item) if isinstance(item, dict) else []))[:1])
    return names


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = value.strip().rsplit("/", 1)[-1].lower()
        return True if text in ("true", "1", "yes") else False if text in ("false", "0", "no") else None
    return None
