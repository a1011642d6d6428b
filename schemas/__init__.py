"""The public contract: the records that producers and consumers exchange with Broadsheet."""

from schemas.article import Article, Image, ReadingMinutes
from schemas.page import RawPage
from schemas.promo import Placement, Sightings, Snippet, Teaser
from schemas.trends import Trend, Trends

__all__ = [
    "Article",
    "Image",
    "Placement",
    "RawPage",
    "ReadingMinutes",
    "Sightings",
    "Snippet",
    "Teaser",
    "Trend",
    "Trends",
]
