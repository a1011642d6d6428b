"""The records of what a page shows of other stories: teasers and snippets."""

from schemas import Snippet, Teaser
from workers.enrich.endings import is_cut_off, is_headline_cut_off
from workers.enrich.ids import snippet_id, teaser_id
from workers.enrich.language import language_of_short_text
from workers.enrich.links import absolute
from workers.enrich.place import Place
from workers.enrich.text import tidy
from workers.segment.page import FeedItem, Promo
from workers.segment.read_more import without_read_more


def teasers_of(promos: list[Promo], place: Place) -> list[Teaser]:
    """One teaser a promo, in page order; promos without a headline give none."""
    teasers: list[Teaser] = []
    for promo in promos:
        shown = tidy(promo.headline)
        headline = shown and without_read_more(shown)
        if headline:
            teasers.append(_teaser(promo, headline, len(teasers), place))
    return teasers


def snippets_of(items: list[FeedItem], place: Place) -> list[Snippet]:
    """One snippet a feed item, in page order; items without text give none."""
    snippets: list[Snippet] = []
    for item in items:
        if text := tidy(item.text):
            snippets.append(_snippet(item, text, len(snippets), place))
    return snippets


def _teaser(promo: Promo, headline: str, position: int, place: Place) -> Teaser:
    summary = tidy(promo.summary)
    language = language_of_short_text(headline if summary is None else f"{headline} {summary}", place.language)
    return Teaser(
        id=teaser_id(place.site, headline),
        site=place.site,
        headline=headline,
        summary=summary,
        truncated=is_cut_off(summary, language) if summary else is_headline_cut_off(headline),
        url=absolute(promo.href, place.base),
        image=absolute(promo.image, place.base),
        kicker=tidy(promo.kicker),
        placement=promo.placement,
        position=position,
        sponsored=promo.sponsored,
        language=language,
        first_seen_at=place.seen_at,
        first_seen_on=place.url,
        confidence=promo.confidence,
    )


def _snippet(item: FeedItem, text: str, position: int, place: Place) -> Snippet:
    language = language_of_short_text(text, place.language)
    return Snippet(
        id=snippet_id(place.site, text),
        site=place.site,
        text=text,
        truncated=is_cut_off(text, language),
        url=absolute(item.href, place.base),
        placement=item.placement,
        position=position,
        language=language,
        first_seen_at=place.seen_at,
        first_seen_on=place.url,
        confidence=item.confidence,
    )
