"""The child's task: from a record's bytes to encoded outputs, or a documented failure."""

import pytest

from schemas import Article, Sightings
from schemas.codec import Format, decode
from workers.stream.headers import Header
from workers.stream.page_work import PageFailed, PageSucceeded, PageWork, decode_answer, encode_work
from workers.stream.segment_task import segment_page

STORY = (
    "<html><head><title>Bridge opens</title></head><body><article><h1>Bridge opens after nine years</h1>"
    + "<p>The bridge over the river was opened on Monday by the mayor, nine years after the first stone was laid.</p>"
    * 6
    + "</article></body></html>"
)
HEADERS: list[Header] = [("url", b"https://news.example/bridge"), ("content-type", b"text/html; charset=utf-8")]


def answer_to(
    value: bytes | None, headers: list[Header] = HEADERS, form: Format = "json", most_compressed_bytes: int = 2**20
) -> PageSucceeded | PageFailed:
    work = PageWork("news.pages", 3, 17, 1_700_000_000_123, headers, value is not None, form, most_compressed_bytes)
    return decode_answer(segment_page(bytearray(encode_work(work) + (value or b""))))


@pytest.mark.parametrize("form", ["json", "msgpack"])
def test_a_page_gives_encoded_records_with_their_keys_and_headers(form: Format) -> None:
    answer = answer_to(STORY.encode(), [*HEADERS, ("traceparent", b"00-1")], form)
    assert isinstance(answer, PageSucceeded)
    records = {record.kind: record for record in answer.page.records}
    article = decode(records["article"].value, Article, form)
    assert records["article"].key == article.id.encode()
    assert article.source == "news.pages:3:17"
    assert article.segmented_at is not None
    sightings = decode(records["sightings"].value, Sightings, form)
    assert records["sightings"].key == b"news.example"
    assert sightings.seen_at == "2023-11-14T22:13:20.123+00:00"
    headers = dict(records["sightings"].headers)
    assert headers["source"] == b"news.pages:3:17"
    assert headers["schema"] == b"sightings/1"
    assert headers["traceparent"] == b"00-1"
    assert headers["page-timestamp"] == b"1700000000123"
    assert dict(records["article"].headers)["schema"] == b"article/1"


@pytest.mark.parametrize("value", [None, b""])
def test_a_page_without_content_is_empty_and_has_sightings_all_the_same(value: bytes | None) -> None:
    answer = answer_to(value)
    assert isinstance(answer, PageSucceeded)
    assert answer.page.outcome == "empty"
    assert [record.kind for record in answer.page.records] == ["sightings"]


def test_sightings_of_no_known_site_share_a_key() -> None:
    answer = answer_to(b"<p>text</p>", [])
    assert isinstance(answer, PageSucceeded)
    assert answer.page.records[-1].key == b""


def test_a_page_error_is_an_answer_with_reason_stage_and_url() -> None:
    answer = answer_to(b"\x89PNG\r\n\x1a\n" + bytes(100), [HEADERS[0], ("content-type", b"image/png")])
    assert isinstance(answer, PageFailed)
    assert (answer.reason, answer.stage, answer.url) == ("unsupported-type", "decode", "https://news.example/bridge")
    assert answer.detail


def test_a_large_compressed_page_is_refused_before_it_is_unpacked() -> None:
    answer = answer_to(b"x" * 200, [*HEADERS, ("content-encoding", b"gzip")], most_compressed_bytes=100)
    assert isinstance(answer, PageFailed)
    assert answer.reason == "too-large"
    assert "200 bytes compressed" in answer.detail


@pytest.mark.parametrize("timestamp", [-1, 10**18])
def test_a_record_without_a_sensible_timestamp_has_no_time(timestamp: int) -> None:
    work = PageWork("p", 0, 0, timestamp, [], True, "json", 2**20)
    answer = decode_answer(segment_page(bytearray(encode_work(work) + b"<p>x</p>")))
    assert isinstance(answer, PageSucceeded)
    assert decode(answer.page.records[-1].value, Sightings).seen_at is None
