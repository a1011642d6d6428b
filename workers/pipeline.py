"""The whole pure core in one call: a raw page in, enriched records out."""

from dataclasses import dataclass, field

from schemas import Article, RawPage, Sightings, Snippet, Teaser
from workers.enrich.records import enrich
from workers.segment.decode import decode
from workers.segment.segment import segment


@dataclass(slots=True)
class PageRecords:
    """Everything that one page gives."""

    article: Article | None
    teasers: list[Teaser]
    """In page order, repeats included."""
    snippets: list[Snippet]
    """In page order, repeats included."""
    kind: str
    """html or text: how the page was read."""
    site: str | None
    language: str | None
    url: str | None
    seen_at: str | None = None
    source: str | None = None
    traces: dict[str, float] = field(default_factory=dict)
    """Seconds spent in each stage, if the caller asked for it."""

    @property
    def outcome(self) -> str:
        """article, no_article (only teasers or snippets) or empty: the metric's label."""
        if self.article is not None:
            return "article"
        return "no_article" if self.teasers or self.snippets else "empty"

    def sightings(self) -> Sightings:
        """The page's record for `news.sightings`."""
        return Sightings(
            site=self.site,
            source=self.source,
            page_url=self.url,
            seen_at=self.seen_at,
            language=self.language,
            teasers=self.teasers,
            snippets=self.snippets,
        )


def process_page(
    page: RawPage, *, source: str | None = None, seen_at: str | None = None, segmented_at: str | None = None
) -> PageRecords:
    """Take one page apart and enrich it.

    source is the page's topic:partition:offset; seen_at (RFC 3339) stands in when the crawler gave no fetched_at;
    segmented_at is the caller's clock, since the core reads none. Raises only workers.errors.PageError.
    """
    decoded = decode(page)
    segmented = segment(decoded)
    return enrich(segmented, decoded, source=source, seen_at=seen_at, segmented_at=segmented_at)
