"""A story that no visible block holds: its text stands in JSON-LD or in the state that a script would render."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec
import turbohtml

from workers.segment.html_walk import walk
from workers.segment.page import Declared, Picture, Story
from workers.segment.page_context import PageContext, split_url

LEAST_WORDS = 60
"""A declared text below this is a description, not a story."""
_MOST_NODES = 20_000
_MARKUP = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_STORY_TYPES = ("Article", "BlogPosting", "Posting", "Report", "Review", "NewsStory")
_TEXT_KEYS = ("articleBody", "text", "reviewBody")
# Confidence of a story that was never laid out: the text is the publisher's own, but nobody saw it on the page.
CONFIDENCE = 0.75


def declared_story(declared: Declared, context: PageContext) -> Story | None:
    """The story whose whole text stands in JSON-LD; None if none or if it is for subscribers only."""
    found: list[tuple[str, dict[str, Any]]] = []
    for node in _nodes(declared.json_ld):
        kind = node.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if any(isinstance(name, str) and name.endswith(_STORY_TYPES) for name in kinds):
            text = max((node[key] for key in _TEXT_KEYS if isinstance(node.get(key), str)), key=len, default="")
            if _size(text) >= LEAST_WORDS and str(node.get("isAccessibleForFree", "true")).lower() != "false":
                found.append((text, node))
    if not found:
        return None
    own = [pair for pair in found if _is_own(pair[1], context)]
    text, node = (own or found)[0]
    headline = node.get("headline") or node.get("name")
    return _story(paragraphs(text), headline if isinstance(headline, str) else None)


def state_story(scripts: list[turbohtml.Element]) -> Story | None:
    """The story in a script's JSON state: the object or list that directly holds the most running text."""
    best: list[str] = []
    most = float(LEAST_WORDS)
    for script in scripts:
        try:
            state = msgspec.json.decode(script.text)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            continue  # not JSON: code, not state
        for texts in _running_texts(state):
            size = sum(_size(text) for text in texts)
            if size > most:
                best, most = texts, size
    if not best:
        return None
    return _story([part for text in best for part in paragraphs(text)], None)


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a text that may hold markup or entities."""
    if _MARKUP.search(text):
        return walk(text).block_text
    return [" ".join(line.split()) for line in unescape(text).splitlines() if line.strip()]


def _story(parts: list[str], headline: str | None) -> Story:
    pictures: list[Picture] = []
    return Story(headline, None, [], parts, pictures, [], CONFIDENCE, from_markup=False)


def _size(text: str) -> float:
    """Words, roughly: scripts without spaces by two characters a word."""
    return max(text.count(" ") + 1, sum(ord(character) > 0x2E7F for character in text[:4000]) / 2)


def _is_own(node: dict[str, Any], context: PageContext) -> bool:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        address = value.get("@id") if isinstance(value, dict) else value
        split = split_url(address if isinstance(address, str) else None)
        if split is not None and split[1].rstrip("/") in context.own_paths:
            return True
    return False


def _nodes(documents: list[Any]) -> Iterator[dict[str, Any]]:
    """The documents' own nodes and those of their graphs; not the stories of a list, which are other pages'."""
    waiting = list(documents)
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("mainEntity", "@graph") if isinstance(node.get(key), dict | list))


def _running_texts(state: Any) -> Iterator[list[str]]:
    """For each list in the state, the running texts in its items, two levels down; for each object, its own."""
    waiting = [state]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, dict):
            own = [text for text in node.values() if isinstance(text, str) and _runs(text)]
            if own:
                yield [max(own, key=len)]
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            texts = [text for item in node if (text := _text_of(item)) is not None]
            if texts:
                yield texts
            waiting.extend(item for item in node if isinstance(item, dict | list))


def _text_of(item: Any) -> str | None:
    """The running text of one item of a list of paragraphs: a string, or the longest in {"type": "p", "text": …}."""
    if isinstance(item, str):
        return item if _runs(item) else None
    if not isinstance(item, dict):
        return None
    nested = (inner for value in item.values() if isinstance(value, dict) for inner in value.values())
    values = [*item.values(), *nested]
    return max((value for value in values if isinstance(value, str) and _runs(value)), key=len, default=None)


def _runs(text: str) -> bool:
    """Is it a sentence or more, and no code, address or markup of a widget?"""
    code = text.lstrip().startswith(("http", "{", "[", "function", "window", "#", "."))
    return len(text) >= 40 and _size(text) >= 8 and not code
