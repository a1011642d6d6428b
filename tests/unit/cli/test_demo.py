"""The demo's pages and figures, without Kafka."""

import gzip

import pytest

from schemas import Article, Sightings, Teaser
from schemas.codec import decode_page, encode
from workers.cli.demo_samples import Sample, as_record, samples
from workers.cli.demo_tally import Tally
from workers.errors import BadEncoding
from workers.pipeline import process_page
from workers.stream.envelope import read_page

FETCHED = "2025-03-05T08:00:00+00:00"


def by_file(name: str) -> Sample:
    return next(sample for sample in samples() if sample.file == name and sample.transfer != "broken gzip")


def test_there_are_pages_of_every_kind() -> None:
    every = samples()
    assert len(every) >= 8
    assert len({sample.file for sample in every}) >= 8
    assert {sample.content_type.partition(";")[0] for sample in every} == {"text/html", "text/plain"}
    assert {sample.transfer for sample in every} == {None, "gzip", "broken gzip"}
    assert any(sample.envelope for sample in every)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: f"{sample.file} {sample.transfer or ''}")
def test_every_page_is_taken_apart_but_the_broken_one(sample: Sample) -> None:
    value, headers = as_record(sample, FETCHED)
    page = read_page(value, headers)
    assert page.fetched_at == FETCHED
    if sample.transfer == "broken gzip":
        with pytest.raises(BadEncoding):
            process_page(page)
    else:
        assert process_page(page).url == sample.url


def test_pages_are_sent_in_the_charset_and_compression_that_they_state() -> None:
    russian, headers = as_record(by_file("vesti-station.html"), FETCHED)
    assert "Сосновка" in russian.decode("windows-1251")
    assert ("content-type", b"text/html; charset=windows-1251") in headers
    compressed, headers = as_record(by_file("harbour-chart.html"), FETCHED)
    assert b"sea chart" in gzip.decompress(compressed)
    assert ("content-encoding", b"gzip") in headers
    envelope, headers = as_record(by_file("hangang-bakery.html"), FETCHED)
    assert headers == [("content-type", b"application/vnd.broadsheet.page+json")]
    assert "빵집" in decode_page(envelope, "json").body.decode()


def teaser(number: int) -> Teaser:
    return Teaser(id=f"{number:032}", site="news.example", headline=f"Headline {number}")


def test_the_tally_is_complete_when_pages_are_accounted_for_and_teasers_published() -> None:
    tally = Tally(published={"news.pages:0:0": 1.0, "news.pages:0:1": 1.0, "news.pages:0:2": 3.0})
    for offset in (0, 1):
        seen = Sightings(site="news.example", source=None, teasers=[teaser(1), teaser(2)])
        tally.add("sightings", encode(seen), {"source": f"news.pages:0:{offset}"}, 2.0 + offset)
    tally.add("teasers", encode(teaser(1)), {}, 4.0)
    assert not tally.complete()
    dead = {"dead-letter-reason": "bad-encoding", "dead-letter-source": "news.pages:0:2"}
    tally.add("dead-letters", b"", dead, 4.0)
    assert not tally.complete()
    tally.add("teasers", encode(teaser(2)), {}, 5.0)
    assert tally.complete()
    assert tally.teasers_seen.total() == 4
    assert tally.dead_letters == {"bad-encoding": 1}


def test_latency_and_rate_are_of_the_pages_asked_for() -> None:
    tally = Tally(published={"a": 0.0, "b": 0.0, "c": 100.0}, done={"a": 1.0, "b": 2.0, "c": 100.5})
    assert tally.latencies({"c"}) == (0.5, 0.5)
    assert tally.latencies({"a", "b"})[0] == pytest.approx(1.5)
    assert tally.rate({"a", "b"}) == pytest.approx(1.0)


def test_an_article_counts_once_however_often_it_is_crawled() -> None:
    tally = Tally()
    for offset in (0, 1):
        article = Article(id="0" * 32, site="news.example", headline="H", body="B", source=None, confidence=1.0)
        tally.add("articles", encode(article), {"source": f"news.pages:0:{offset}"}, 1.0)
    assert (len(tally.articles), len(tally.article_pages)) == (1, 2)
