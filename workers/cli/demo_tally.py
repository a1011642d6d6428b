"""What the demo counts while it watches the output topics. Pure: records in, figures out."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from schemas import Article, Sightings, Snippet, Teaser
from schemas.codec import decode, format_of


@dataclass
class Tally:
    """Everything seen so far. Times are seconds of one clock."""

    published: dict[str, float] = field(default_factory=dict)
    """Page as topic:partition:offset -> when it was written."""
    done: dict[str, float] = field(default_factory=dict)
    """Page -> when its committed sightings or dead letter could be read."""
    articles: dict[str, Article] = field(default_factory=dict)
    """Article id -> its latest version."""
    teasers_seen: Counter[str] = field(default_factory=Counter)
    """Teaser id -> on how many pages."""
    snippets_seen: Counter[str] = field(default_factory=Counter)
    teasers: list[Teaser] = field(default_factory=list)
    """Published ones, in the order of their publication."""
    snippets: list[Snippet] = field(default_factory=list)
    dead_letters: Counter[str] = field(default_factory=Counter)
    """Reason -> pages."""
    empty: int = 0
    """Pages that hold no news."""
    article_pages: set[str] = field(default_factory=set)

    def add(self, kind: str, value: bytes, headers: dict[str, str], now: float) -> None:
        """Count one committed record of the topic news.<kind>."""
        form: Any = format_of(headers.get("content-type"))
        if kind == "articles":
            article = decode(value, Article, form)
            self.articles[article.id] = article
            self.article_pages.add(headers["source"])
        elif kind == "sightings":
            sightings = decode(value, Sightings, form)
            self.teasers_seen.update(teaser.id for teaser in sightings.teasers)
            self.snippets_seen.update(snippet.id for snippet in sightings.snippets)
            self.done[headers["source"]] = now
        elif kind == "teasers":
            self.teasers.append(decode(value, Teaser, form))
        elif kind == "snippets":
            self.snippets.append(decode(value, Snippet, form))
        else:
            self.dead_letters[headers["dead-letter-reason"]] += 1
            self.done[headers["dead-letter-source"]] = now

    def complete(self) -> bool:
        """Every page is accounted for, and every teaser and snippet that was seen is published."""
        return (
            len(self.done) >= len(self.published)
            and self.teasers_seen.keys() <= {teaser.id for teaser in self.teasers}
            and self.snippets_seen.keys() <= {snippet.id for snippet in self.snippets}
        )

    def latencies(self, pages: set[str]) -> tuple[float, float]:
        """Median and 99th percentile, in seconds, from writing a page to reading what came of it."""
        waits = [self.done[page] - self.published[page] for page in pages]
        if len(waits) < 2:
            return waits[0], waits[0]
        cuts = quantiles(waits, n=100, method="inclusive")
        return cuts[49], cuts[98]

    def rate(self, pages: set[str]) -> float:
        """Pages a second, from writing the first of them to reading what came of the last."""
        seconds = max(self.done[page] for page in pages) - min(self.published[page] for page in pages)
        return len(pages) / seconds if seconds > 0 else 0.0
