"""From a segmented page to the records of the contract."""

from dataclasses import dataclass, field

from schemas import Article, Sightings, Snippet, Teaser
from workers.enrich.article import article_of
from workers.enrich.claims import claims_of
from workers.enrich.place import place_of
from workers.enrich.promos import snippets_of, teasers_of
from workers.segment.decode import Decoded
from workers.segment.page import Segmented


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


def enrich(
    segmented: Segmented,
    page: Decoded,
    *,
    source: str | None = None,
    seen_at: str | None = None,
    segmented_at: str | None = None,
) -> PageRecords:
    """Turn a segmented page into records that a consumer can use without looking at the page.

    source is the page's topic:partition:offset; seen_at (RFC 3339) stands in when the crawler gave no fetched_at;
    segmented_at is the caller's clock.
    """
    claims = claims_of(segmented.declared)
    place = place_of(page, segmented, claims, seen_at)
    article = None
    if segmented.story is not None:
        article = article_of(segmented.story, segmented, claims, place, source=source, segmented_at=segmented_at)
    return PageRecords(
        article=article,
        teasers=teasers_of(segmented.promos, place),
        snippets=snippets_of(segmented.feed_items, place),
        kind=segmented.kind,
        site=place.site,
        language=place.language,
        url=place.url,
        seen_at=place.seen_at,
        source=source,
    )
