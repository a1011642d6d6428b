"""Why a block has its role, in words: every column of the labellers has a name, and the reasons fit the block."""

import pytest

from schemas import RawPage
from tests.conftest import REPOSITORY
from workers.segment import reasons
from workers.segment.decode import decode
from workers.segment.html_features import NAMES
from workers.segment.page import Role, Segmented
from workers.segment.reason_words import in_words
from workers.segment.reasons import Verdict, verdicts_of
from workers.segment.segment import segment

SAMPLES = REPOSITORY / "workers" / "cli" / "samples"
KINDS = [("harbour-ferry.html", "text/html"), ("valley-wire.txt", "text/plain")]


def explained(body: bytes, content_type: str) -> tuple[Segmented, list[Verdict]]:
    decoded = decode(RawPage(body=body, content_type=content_type))
    segmented = segment(decoded)
    return segmented, verdicts_of(decoded, segmented)


@pytest.mark.parametrize(
    ("name", "content_type"), [("harbour-ferry.html", "text/html"), ("valley-wire.txt", "text/plain")]
)
def test_every_column_that_the_labellers_see_has_a_name(name: str, content_type: str) -> None:
    decoded = decode(RawPage(body=(SAMPLES / name).read_bytes(), content_type=content_type))
    blocks = segment(decoded).blocks
    judged = reasons.judged_html(decoded, blocks) if content_type == "text/html" else reasons.judged_text(decoded)
    assert len(judged.first_names) == judged.first_columns.shape[1]
    assert len(judged.second_names) == judged.second_columns.shape[1]


def test_features_of_the_page_are_said_in_words() -> None:
    assert not [name for name in NAMES if "_" in in_words(name).label and "<" not in in_words(name).label]
    assert in_words("words").with_value(12) == "words: 12"
    assert in_words("in_aside").with_value(0) == "not inside a <aside>"
    assert in_words("hint_read_more+1").with_value(1) == "the block after opening like “read more”"


@pytest.mark.parametrize(
    ("name", "content_type"), [("harbour-ferry.html", "text/html"), ("valley-wire.txt", "text/plain")]
)
def test_each_block_is_told_apart_from_the_role_that_came_next(name: str, content_type: str) -> None:
    segmented, verdicts = explained((SAMPLES / name).read_bytes(), content_type)
    assert len(verdicts) == len(segmented.blocks)
    for block, verdict in zip(segmented.blocks, verdicts, strict=True):
        assert verdict.rival is not verdict.judged
        assert verdict.context
        if block.role is verdict.judged:
            assert 0 <= verdict.rival_probability <= 1
        assert [reason for reason in verdict.context + verdict.alone if reason.push]


def test_a_caption_is_one_for_its_markup() -> None:
    segmented, verdicts = explained((SAMPLES / "harbour-ferry.html").read_bytes(), "text/html")
    [caption] = [one for block, one in zip(segmented.blocks, verdicts, strict=True) if block.role is Role.CAPTION]
    says = " ".join(reason.says for reason in caption.alone if reason.push > 0)
    assert any(word in says for word in ("figcaption", "figure", "picture", "caption", "credit"))


def test_a_story_for_readers_without_scripts_is_explained_as_it_was_found() -> None:
    story = (
        "The harbour board said on Monday that the ferry to the island will sail again in June, after eleven years. "
    )
    body = (
        f"<!doctype html><title>Ferry</title><p>Loading<noscript><article><h1>Ferry sails again</h1>{'<p>' + story * 3}"
    )
    segmented, verdicts = explained((body + f"<p>{story * 2}</article></noscript>").encode(), "text/html")
    assert len(verdicts) == len(segmented.blocks) > 2


def test_nothing_is_explained_where_nothing_is_or_far_too_much() -> None:
    assert explained(b"<!doctype html>", "text/html")[1] == []
    many = b"<!doctype html>" + b"<p>word</p>" * (reasons.MOST_BLOCKS + 1)
    assert explained(many, "text/html")[1] == []
