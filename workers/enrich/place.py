"""What every record of one page shares: its site, its address, its language, when it was seen."""

import re

import msgspec

from workers.enrich.claims import Claims
from workers.enrich.language import language_of_text
from workers.enrich.links import absolute, site_of
from workers.enrich.text import tidy
from workers.segment.decode import Decoded
from workers.segment.page import Segmented

_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
# The longest host name that DNS allows.
_LONGEST_SITE = 253
# Enough promos to tell a front page's language from.
_SAMPLED_PROMOS = 25


class Place(msgspec.Struct, frozen=True):
    """A page as its records refer to it."""

    site: str | None
    url: str | None
    """Absolute; None when the crawler did not say or said no address."""
    canonical: str | None
    """What the page names as its address, absolute."""
    base: str | None
    """What relative links are resolved against."""
    language: str | None
    fetched_at: str | None
    seen_at: str | None

    @property
    def address(self) -> str | None:
        """The best address of the page: what ids are made from."""
        return self.canonical or self.url


def place_of(page: Decoded, segmented: Segmented, claims: Claims, seen_at: str | None) -> Place:
    """Where and when a page was seen, and in which language it is."""
    url = absolute(page.url, None)
    canonical = _canonical(claims, url, absolute(segmented.declared.base, url) or url)
    known = url or canonical
    fetched_at = page.fetched_at if page.fetched_at and _RFC_3339.fullmatch(page.fetched_at) else None
    return Place(
        site=_given_site(page.site) or site_of(known),
        url=url,
        canonical=canonical,
        base=absolute(segmented.declared.base, known) or known,
        language=language_of_text(_sample(segmented), claims.languages),
        fetched_at=fetched_at,
        seen_at=fetched_at or seen_at,
    )


def _given_site(site: str | None) -> str | None:
    """What the crawler calls the site; it is in every record of the page, so a longer name than hosts have is none."""
    return tidy(site) if site and len(site) <= _LONGEST_SITE else None


def _canonical(claims: Claims, url: str | None, base: str | None) -> str | None:
    """The first declared address that can be the page's own.

    Templates name the front page as every story's address; that one would make all stories of a site a single record.
    """
    for claimed in claims.addresses:
        address = absolute(claimed, base)
        if address and (not _is_front_page(address) or (url is not None and _is_front_page(url))):
            return address
    return None


def _is_front_page(address: str) -> bool:
    path = address.find("/", address.index("//") + 2)
    return address[path:].partition("#")[0] in ("/", "/?")


def _sample(segmented: Segmented) -> str:
    """Text to tell the page's language from: the story, or else its promos."""
    if segmented.story is not None:
        return "\n".join(segmented.story.paragraphs[:12])
    promos = [f"{promo.headline}. {promo.summary or ''}" for promo in segmented.promos[:_SAMPLED_PROMOS]]
    return "\n".join([*promos, *(item.text for item in segmented.feed_items[:_SAMPLED_PROMOS])])
