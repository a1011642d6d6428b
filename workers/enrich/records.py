"""From a segmented page to the records of the contract."""

from dataclasses import dataclass, field

from schemas import Article, Image, Sightings, Snippet, Teaser
from workers.enrich.ids import article_id, snippet_id, teaser_id
from workers.enrich.links import absolute, site_of
from workers.enrich.structured import stories
from workers.enrich.text import tidy, tidy_all
from workers.segment.decode import Decoded
from workers.segment.page import FeedItem, Promo, Segmented, Story


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


@dataclass(slots=True, frozen=True)
class Place:
    """What every record of one page shares."""

    site: str | None
    url: str | None
    base: str | None
    """What relative links are resolved against."""
    language: str | None
    seen_at: str | None


def enrich(
    segmented: Segmented,
    page: Decoded,
    *,
    source: str | None = None,
    seen_at: str | None = None,
    segmented_at: str | None = None,
) -> PageRecords:
    """Turn a segmented page into records that a consumer can use without looking at the page.

    source is the page's topic:partition:offset; seen_at (RFC 3339) stands in when the crawler gave no fetched_at.
    """
    declared = segmented.declared
    url = absolute(page.url, None)
    site = tidy(page.site) or site_of(url)
    lang = tidy(declared.lang)
    place = Place(
        site=site,
        url=url,
        base=absolute(declared.base, url) or url,
        language=lang.replace("_", "-").split("-")[0].lower() if lang else None,
        seen_at=page.fetched_at or seen_at,
    )
    article = None
    if segmented.story is not None:
        article = _article(segmented.story, segmented, page, place, source, segmented_at)
    return PageRecords(
        article=article,
        teasers=[teaser for rank, promo in enumerate(segmented.promos) if (teaser := _teaser(promo, rank, place))],
        snippets=[
            snippet for rank, item in enumerate(segmented.feed_items) if (snippet := _snippet(item, rank, place))
        ],
        kind=segmented.kind,
        site=site,
        language=place.language,
        url=url,
        seen_at=place.seen_at,
        source=source,
    )


def _article(
    story: Story, segmented: Segmented, page: Decoded, place: Place, source: str | None, segmented_at: str | None
) -> Article | None:
    paragraphs = [text for paragraph in story.paragraphs if (text := tidy(paragraph))]
    if not paragraphs:
        return None
    said = next(iter(stories(segmented.declared.json_ld)), None)
    canonical = absolute(segmented.declared.canonical, place.base)
    headline = tidy(story.headline) or (tidy(said.headlines[0]) if said and said.headlines else None)
    return Article(
        id=article_id(place.site, canonical or place.url, headline),
        site=place.site,
        headline=headline,
        body="\n\n".join(paragraphs),
        source=source,
        confidence=story.confidence,
        url=place.url,
        canonical_url=canonical,
        language=place.language,
        dek=tidy(story.dek),
        authors=tidy_all([credit.name for credit in said.authors if not credit.organisation]) if said else [],
        published_at=tidy(said.published[0]) if said and said.published else None,
        images=[
            Image(
                url=absolute(picture.src, place.base),
                alt=tidy(picture.alt),
                caption=tidy(picture.caption),
                credit=tidy(picture.credit),
            )
            for picture in story.pictures
        ],
        links=list(dict.fromkeys(link for raw in story.links if (link := absolute(raw, place.base)))),
        fetched_at=page.fetched_at,
        segmented_at=segmented_at,
    )


def _teaser(promo: Promo, rank: int, place: Place) -> Teaser | None:
    headline = tidy(promo.headline)
    if not headline:
        return None
    return Teaser(
        id=teaser_id(place.site, headline),
        site=place.site,
        headline=headline,
        summary=tidy(promo.summary),
        url=absolute(promo.href, place.base),
        image=absolute(promo.image, place.base),
        kicker=tidy(promo.kicker),
        placement=promo.placement,
        position=rank,
        sponsored=promo.sponsored,
        language=place.language,
        first_seen_at=place.seen_at,
        first_seen_on=place.url,
        confidence=promo.confidence,
    )


def _snippet(item: FeedItem, rank: int, place: Place) -> Snippet | None:
    text = tidy(item.text)
    if not text:
        return None
    return Snippet(
        id=snippet_id(place.site, text),
        site=place.site,
        text=text,
        url=absolute(item.href, place.base),
        placement=item.placement,
        position=rank,
        language=place.language,
        first_seen_at=place.seen_at,
        first_seen_on=place.url,
        confidence=item.confidence,
    )
