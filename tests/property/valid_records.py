"""Everything that the contract promises of any page's records."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from schemas import Article, Sightings
from workers.enrich.links import absolute
from workers.enrich.records import PageRecords
from workers.enrich.text import tidy

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_address(address: str | None) -> None:
    if address is not None:
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https")
        assert parts.hostname
        assert "@" not in parts.netloc
        assert absolute(address, None) == address


def check_time(stamp: str | None) -> None:
    if stamp is not None:
        moment = datetime.fromisoformat(stamp)
        assert _DAY.fullmatch(stamp) or moment.tzinfo is not None


def texts(article: Article) -> Iterator[str | None]:
    yield from (article.headline, article.dek, article.body, article.section, article.site_name)
    yield from (*article.authors, *article.keywords)
    for image in article.images:
        yield from (image.alt, image.caption, image.credit)


def check(records: PageRecords) -> None:
    """Everything that the contract promises of any page's records."""
    sightings = records.sightings()
    assert msgspec.json.decode(msgspec.json.encode(sightings), type=Sightings) == sightings
    for rank, promo in enumerate([*records.teasers]):
        assert promo.position == rank
    for snippet in records.snippets:
        assert re.fullmatch("[0-9a-f]{32}", snippet.id)
        check_address(snippet.url)
    for teaser in records.teasers:
        assert re.fullmatch("[0-9a-f]{32}", teaser.id)
        check_address(teaser.url)
        check_address(teaser.image)
        assert teaser.headline == tidy(teaser.headline)
        assert teaser.summary == tidy(teaser.summary)
    article = records.article
    if article is None:
        return
    assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    assert re.fullmatch("[0-9a-f]{32}", article.id)
    assert article.body
    for address in (article.url, article.canonical_url, *article.links, *(image.url for image in article.images)):
        check_address(address)
    for stamp in (article.published_at, article.modified_at):
        check_time(stamp)
    for text in texts(article):
        assert text is None or (text and text == "\n\n".join(filter(None, map(tidy, text.split("\n\n")))))
    for unique in (article.authors, article.attribution, article.keywords, article.links):
        assert len(set(unique)) == len(unique)
    assert article.word_count >= 0
    assert article.reading_minutes.stated is None or article.reading_minutes.stated > 0
