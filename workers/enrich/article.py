"""The record of a page's own story."""

from schemas import Article, Image, ReadingMinutes
from workers.enrich.claims import Claims
from workers.enrich.counts import reading_minutes, word_count
from workers.enrich.credits import attribution_of, credits_of, possible_bylines
from workers.enrich.fingerprints import content_hash, folded
from workers.enrich.headlines import headline_of
from workers.enrich.ids import article_id
from workers.enrich.images import image_of
from workers.enrich.links import absolute
from workers.enrich.paywall import is_paywalled
from workers.enrich.place import Place
from workers.enrich.published import (
    blocks_behind_story,
    crawl_day,
    lines_behind_story,
    lines_near_headline,
    modified_at,
    published_at,
)
from workers.enrich.reading_time import declared_minutes, stated_minutes
from workers.enrich.simhash import simhash
from workers.enrich.text import plain, tidy, tidy_all
from workers.enrich.topics import keywords_of, section_of, site_name_of
from workers.enrich.word_counts import WordCounts
from workers.segment.page import Picture, Segmented, Story


def article_of(
    story: Story,
    segmented: Segmented,
    claims: Claims,
    place: Place,
    *,
    source: str | None,
    segmented_at: str | None,
) -> Article | None:
    """Enrich a story; None when it has no text."""
    paragraphs = [text for paragraph in story.paragraphs if (text := tidy(paragraph))]
    if not paragraphs:
        return None
    site_name = site_name_of(claims)
    houses = [site_name, *map(plain, claims.publishers), place.site, (place.site or "").partition(".")[0] or None]
    near = lines_near_headline(segmented.blocks)
    behind = blocks_behind_story(segmented.blocks)
    headline = headline_of(story.headline, claims, houses, near)
    elsewhere = possible_bylines(near, paragraphs, lines_behind_story(behind), place.language)
    credit = credits_of(
        claims.credits,
        tidy_all(story.byline),
        elsewhere=elsewhere,
        publishers=houses,
        language=place.language,
    )
    body = "\n\n".join(paragraphs)
    folded_headline, _, folded_body = folded([headline or "", *paragraphs]).partition(b"\n")
    words = WordCounts(folded_body)
    agencies = attribution_of(headline, paragraphs, body, words)
    length = word_count(body)
    latest = crawl_day(place.fetched_at)
    published = published_at(
        claims,
        near,
        segmented.declared.times,
        place.url,
        latest=latest,
        language=place.language,
        locale=segmented.declared.lang,
    )
    stated = stated_minutes(near)
    if stated is None:
        stated = declared_minutes(segmented.declared.meta, segmented.declared.json_ld)
    return Article(
        id=article_id(place.site, place.address, headline),
        site=place.site,
        headline=headline,
        body=body,
        source=source,
        confidence=story.confidence,
        url=place.url,
        canonical_url=place.canonical,
        site_name=site_name,
        language=place.language,
        dek=tidy(story.dek),
        authors=credit.authors,
        published_at=published,
        modified_at=modified_at(claims, published, latest=latest, language=place.language),
        section=section_of(claims, site_name, near, place.url),
        keywords=keywords_of(claims),
        images=_images(story, claims, place.base),
        attribution=list(dict.fromkeys([*credit.attribution, *agencies])),
        reading_minutes=ReadingMinutes(stated=stated, computed=reading_minutes(length)),
        word_count=length,
        paywalled=is_paywalled(claims.is_free, behind),
        links=list(dict.fromkeys(link for raw in story.links if (link := absolute(raw, place.base)))),
        content_hash=content_hash(folded_headline, folded_body),
        simhash=simhash(folded_headline, words),
        fetched_at=place.fetched_at,
        segmented_at=segmented_at,
    )


def _images(story: Story, claims: Claims, base: str | None) -> list[Image]:
    """The story's pictures, each once: galleries repeat theirs for every screen size.

    Where no picture on the page has an address, the one that the page declares for the story stands in.
    """
    shown = [image for picture in story.pictures if (image := image_of(picture, base))]
    if not any(image.url for image in shown):
        declared = (image_of(Picture(src=address, alt=alt), base) for address, alt in claims.pictures)
        shown += [image for image in declared if image and image.url][:1]
    images: dict[tuple[str | None, str | None], Image] = {}
    for image in shown:
        images.setdefault((image.url, image.caption if image.url is None else None), image)
    return list(images.values())
