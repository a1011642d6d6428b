"""A record from any of Broadsheet's topics as one line: for people, or as JSON."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click
import msgspec

from schemas import Article, Sightings, Snippet, Teaser, Trend, Trends
from schemas.codec import SCHEMA_NAMES, decode, format_of
from workers.cli.printable import printable
from workers.enrich.links import site_of
from workers.stream.dead_letter import DETAIL, REASON
from workers.stream.headers import CONTENT_TYPE, SCHEMA, coordinates, last_values, text

_RANKED_LINES = 10
"""Of the fifty that a window holds; --json shows them all."""

_KINDS = {name: kind for kind, name in SCHEMA_NAMES.items()}


class Shown:
    """One Kafka record, decoded as far as its headers tell how. Nothing in it can make this fail."""

    def __init__(self, record: Any) -> None:
        self.headers = last_values(record.headers or ())
        self.source = coordinates(record.topic, record.partition, record.offset)
        self.time = datetime.fromtimestamp(record.timestamp / 1000, UTC)
        self.key = (record.key or b"").decode("utf-8", "replace")
        self.size = len(record.value or b"")
        self.deleted = record.value is None
        self.value = self._decoded(record.value)

    def _decoded(self, value: bytes | None) -> Any:
        """The record as its Struct; a kind that is not known here as plain data; None where there is no record."""
        schema, form = text(self.headers, SCHEMA), format_of(text(self.headers, CONTENT_TYPE))
        if value is None or schema is None:
            return None
        try:
            if schema in _KINDS:
                return decode(value, _KINDS[schema], form)
            return msgspec.json.decode(value) if form == "json" else msgspec.msgpack.decode(value)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    @property
    def site(self) -> str | None:
        """The site that the record belongs to."""
        if self.value is not None:
            return self.value.get("site") if isinstance(self.value, dict) else getattr(self.value, "site", None)
        return text(self.headers, "site") or site_of(text(self.headers, "url"))


def json_line(shown: Shown) -> str:
    """The record itself; of what is no record (pages, dead letters, deletions) the coordinates and headers."""
    if shown.value is not None:
        return msgspec.json.encode(shown.value).decode()
    facts: dict[str, Any] = {"source": shown.source, "time": shown.time.isoformat(timespec="milliseconds")}
    facts |= {"key": shown.key, "bytes": shown.size, "deleted": shown.deleted}
    facts["headers"] = {name: value.decode("utf-8", "replace") for name, value in shown.headers.items()}
    return msgspec.json.encode(facts).decode()


def readable_line(shown: Shown) -> str:
    """For people: time, site, what it is, where it leads; under a window of trends, its ranking."""
    describe = _DESCRIPTIONS.get(type(shown.value))
    if describe is not None:
        words = describe(shown.value)
    elif shown.value is not None:
        words = [msgspec.json.encode(shown.value).decode()]
    else:
        words = _without_record(shown)
    time = click.style(f"{shown.time.astimezone():%Y-%m-%d %H:%M:%S}", dim=True)
    site = click.style(printable(shown.site or "-"), fg="cyan")
    line = "  ".join([time, site, *(printable(word) for word in words if word)])
    return "\n".join([line, *_ranking(shown.value)]) if isinstance(shown.value, Trends) else line


def _article(article: Article) -> list[str]:
    return [
        article.headline or "(no headline)",
        f"[{article.word_count} words, {article.language or '?'}, {article.confidence:.2f}]",
        article.canonical_url or article.url or "",
    ]


def _teaser(teaser: Teaser) -> list[str]:
    paid = "paid, " if teaser.sponsored else ""
    return [
        teaser.headline,
        f"- {teaser.summary}" if teaser.summary else "",
        f"[{paid}{teaser.placement or '?'}]",
        teaser.url or "",
    ]


def _snippet(snippet: Snippet) -> list[str]:
    return [snippet.text, f"[{snippet.placement or '?'}]", snippet.url or ""]


def _sightings(sightings: Sightings) -> list[str]:
    counts = f"{len(sightings.teasers)} teasers, {len(sightings.snippets)} snippets"
    return [counts, sightings.page_url or sightings.source or ""]


def _trends(window: Trends) -> list[str]:
    begin, end = (datetime.fromisoformat(text).astimezone() for text in (window.window_start, window.window_end))
    counts = f"[{_counted(window.sighting_count, 'sighting')} of {_counted(window.teaser_count, 'teaser')}]"
    return [f"{begin:%Y-%m-%d %H:%M} to {end:%H:%M}", counts]


def _ranking(window: Trends) -> list[str]:
    """The first of a window, a line each."""
    return [
        f"  {one.rank:>3}. {_change(one)}  {printable(one.headline)}  "
        f"[{_counted(one.sightings, 'sighting')} on {_counted(one.pages, 'page')}, "
        f"{one.placement or '?'} {'?' if one.position is None else one.position}]  {printable(one.url or '')}".rstrip()
        for one in window.trends[:_RANKED_LINES]
    ]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _change(trend: Trend) -> str:
    """How far it has moved, in four columns."""
    if trend.rank_change is None:
        return " new"
    return f"{trend.rank_change:+4d}" if trend.rank_change else "   ="


def _without_record(shown: Shown) -> list[str]:
    if shown.deleted:
        return [f"deleted: {shown.key}"]
    url = text(shown.headers, "url") or ""
    if REASON in shown.headers:
        return [text(shown.headers, REASON) or "", text(shown.headers, DETAIL) or "", shown.source, url]
    return [text(shown.headers, CONTENT_TYPE) or "(no type)", f"{shown.size} bytes", shown.source, url]


_DESCRIPTIONS: dict[type, Callable[[Any], list[str]]] = {
    Article: _article,
    Teaser: _teaser,
    Snippet: _snippet,
    Sightings: _sightings,
    Trends: _trends,
}
