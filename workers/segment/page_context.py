"""What a page says about its own story outside the visible text, made comparable with its blocks."""

import re
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import field

from workers.segment.page import Declared

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uff66-\uff9f]")
# Types of schema.org that are a story (NewsArticle and its kin, blog postings, reviews, recipes).
_STORY_TYPES = ("Article", "BlogPosting", "Posting", "Report", "Review", "Recipe", "NewsStory", "HowTo")
_COLLECTION_TYPES = frozenset(
    ("CollectionPage", "Blog", "ItemList", "SearchResultsPage", "ProfilePage", "PodcastSeries")
)
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart")
# What else an address may be ("javascript:…", a bare path, a host that no DNS can hold) says nothing about the page.
_LABEL = r"[^\s/?#.:\[\]]{1,63}"
_HOSTED = re.compile(rf"(https?:)?//([^/?#@]*@)?{_LABEL}(\.{_LABEL})*\.?(:\d*)?([/?#]|$)", re.IGNORECASE)
# Nodes looked at in a page's JSON-LD: bounds the work on hostile graphs.
_MOST_NODES = 2_000
# Document title, Open Graph, JSON-LD: what comes later repeats them.
_MOST_TITLES = 4


def _section_words() -> frozenset[str]:
    lines = (files("workers.segment") / "data" / "section_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_SECTION_WORDS = _section_words()


class PageContext(msgspec.Struct):
    """Evidence about the page's own story."""

    titles: list[frozenset[str]] = field(default_factory=list)
    """Token sets of what the page declares as its title."""
    title_texts: list[str] = field(default_factory=list)
    """The same, lower-cased with white space folded."""
    description: frozenset[str] = frozenset()
    description_text: str = ""
    body: str = ""
    """JSON-LD articleBody (or the like), lower-cased with white space folded; "" if there is none."""
    authors: list[str] = field(default_factory=list)
    """Declared author names, lower-cased."""
    own_paths: frozenset[str] = frozenset()
    """URL paths of the page itself."""
    host: str = ""
    path_parts: list[str] = field(default_factory=list)
    is_article: bool = False
    """JSON-LD or Open Graph call it an article."""
    is_collection: bool = False
    """JSON-LD calls it a collection, a blog, a profile, a page of results."""
    names_section: bool = False
    """The address ends in a word for a list of stories, or has no path."""


def tokens(text: str) -> frozenset[str]:
    """Lower-cased words as white space parts them; for scripts written without spaces, pairs of characters.

    Punctuation stays: both sides of a comparison carry the same; a regular expression would cost four times as much.
    """
    return frozenset(parted(text.lower()))


def parted(lowered: str) -> list[str]:
    """The tokens of a lower-cased text, in order."""
    found = lowered.split()
    if not lowered.isascii() and _UNSPACED.search(lowered):
        return [word[i : i + 2] for word in found for i in range(max(1, len(word) - 1))]
    return found


def fold(text: str) -> str:
    """Lower case, white space folded."""
    return " ".join(text.lower().split())


def page_context(declared: Declared, url: str | None) -> PageContext:
    """Gather the evidence of one page."""
    context = PageContext()
    titles: list[str] = []
    if declared.title:
        titles.append(declared.title)
    for name in ("og:title", "twitter:title", "title", "dc.title", "headline"):
        titles.extend(declared.meta.get(name, ())[:1])
    description = next((declared.meta[n][0] for n in ("og:description", "description") if declared.meta.get(n)), "")
    context.is_article = any("article" in value.lower() for value in declared.meta.get("og:type", ()))
    _read_json_ld(declared.json_ld, context, titles)
    for name in ("author", "article:author", "parsely-author", "dc.creator"):
        context.authors.extend(fold(value) for value in declared.meta.get(name, ()) if "/" not in value)
    context.authors = [name for name in dict.fromkeys(context.authors) if len(name) > 3][:12]
    seen = dict.fromkeys(fold(title) for title in titles if title)
    context.title_texts = list(seen)[:_MOST_TITLES]
    context.titles = [tokens(title) for title in context.title_texts]
    context.description_text = fold(description)
    context.description = tokens(description)
    addresses = [url, declared.canonical, *declared.meta.get("og:url", ())]
    paths = set()
    for address in addresses:
        split = split_url(address)
        if split is not None and len(split[1]) > 1:
            paths.add(split[1].rstrip("/"))
    context.own_paths = frozenset(paths)
    hosted = (split_url(address) for address in (url, declared.canonical) if address and _HOSTED.match(address))
    split = next(hosted, None)
    if split is not None:
        context.host = split[0]
        context.path_parts = [part for part in split[1].split("/") if part]
        last = context.path_parts[-1].lower() if context.path_parts else ""
        context.names_section = not last or last.partition(".")[0] in _SECTION_WORDS
    return context


def split_url(address: str | None) -> tuple[str, str] | None:
    """(host without www, path) of an http(s), protocol-relative or relative address; None if there is none.

    Several times cheaper than urllib's, which validates; here only comparisons are made.
    """
    if not address:
        return None
    address = address.partition("#")[0].partition("?")[0]
    scheme, slashes, rest = address.partition("//")
    if not slashes or (scheme and scheme[-1] != ":"):
        return "", address
    host, slash, path = rest.partition("/")
    return host.rpartition("@")[2].removeprefix("www.").lower(), slash + path


def _read_json_ld(documents: list[Any], context: PageContext, titles: list[str]) -> None:
    """Titles, body and authors of the story in the page's JSON-LD."""
    waiting: list[Any] = list(documents)
    looked = 0
    while waiting and looked < _MOST_NODES:
        node = waiting.pop(0)
        looked += 1
        if isinstance(node, list):
            waiting.extend(node[:200])
        elif isinstance(node, dict):
            kind = node.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k in _COLLECTION_TYPES for k in kinds):
                context.is_collection = True
            if any(isinstance(k, str) and k.endswith(_STORY_TYPES) for k in kinds):
                _read_story(node, context, titles)
            waiting.extend(node[key] for key in _NESTED if isinstance(node.get(key), dict | list))


def _read_story(node: dict[str, Any], context: PageContext, titles: list[str]) -> None:
    context.is_article = True
    titles.extend(node[key] for key in ("headline", "name", "alternativeHeadline") if isinstance(node.get(key), str))
    for key in ("articleBody", "text", "reviewBody"):
        if isinstance(node.get(key), str) and len(node[key]) > len(context.body):
            context.body = fold(node[key])
    people = node.get("author")
    for person in people if isinstance(people, list) else [people]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, str) and "/" not in name:
            context.authors.append(fold(name))
