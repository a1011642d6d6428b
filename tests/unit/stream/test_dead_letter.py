"""Dead letters: the original unchanged, the facts beside it, cut only when the topic takes no more."""

from datetime import UTC, datetime

import pytest

from workers.errors import BadEncoding, PageError, TimedOut
from workers.stream.dead_letter import DeadLetterRefusedError, Original, attempts_so_far, dead_letter
from workers.stream.headers import Header
from workers.stream.refusals import Refusals

AT = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def original(
    key: bytes | None = b"k", value: bytes | None = b"\xff\x00", headers: tuple[Header, ...] = (("url", b"\xfe"),)
) -> Original:
    return Original("news.pages", 3, 17, key, value, headers)


def test_key_value_and_headers_stay_and_the_facts_are_added() -> None:
    letter = dead_letter("news.dead-letters", original(), BadEncoding("gzip ends early", stage="decode"), at=AT)
    assert (letter.topic, letter.key, letter.value) == ("news.dead-letters", b"k", b"\xff\x00")
    assert letter.headers == [
        ("url", b"\xfe"),
        ("dead-letter-reason", b"bad-encoding"),
        ("dead-letter-detail", b"gzip ends early"),
        ("dead-letter-stage", b"decode"),
        ("dead-letter-source", b"news.pages:3:17"),
        ("dead-letter-at", b"2026-03-05T10:00:00.000+00:00"),
        ("dead-letter-attempts", b"1"),
    ]


def test_a_replayed_page_keeps_count_of_its_attempts_and_no_old_reason() -> None:
    headers: tuple[Header, ...] = (
        ("dead-letter-reason", b"timeout"),
        ("dead-letter-attempts", b"4"),
        ("dead-letter-replayed-from", b"1:2"),
    )
    letter = dead_letter("d", original(headers=headers), TimedOut("late"), at=AT)
    assert dict(letter.headers)["dead-letter-attempts"] == b"5"
    assert [name for name, _ in letter.headers].count("dead-letter-reason") == 1
    assert "dead-letter-replayed-from" not in dict(letter.headers)


@pytest.mark.parametrize("nonsense", [b"", b"-1", b"many", b"\xff", b"9" * 30, "٣".encode()])
def test_a_nonsensical_count_of_attempts_counts_as_none(nonsense: bytes) -> None:
    assert attempts_so_far([("dead-letter-attempts", nonsense)]) == 0


def test_a_value_too_large_for_the_topic_is_cut_and_says_so() -> None:
    large = original(value=b"x" * 2**20)
    once = dead_letter("d", large, TimedOut("late"), cuts=1)
    assert once.value == b"x" * 2**19
    assert dict(once.headers)["dead-letter-cut"] == b"the value had 1048576 bytes; the first 524288 are kept"
    twice = dead_letter("d", original(b"k" * 5000, b"x" * 5000, (("h", b"v" * 5000),) * 100), TimedOut("late"), cuts=2)
    assert twice.value == b""
    size = len(twice.key or b"") + sum(len(name) + len(value or b"") for name, value in twice.headers)
    assert size < 70_000


def test_a_record_without_key_and_value_can_be_written() -> None:
    letter = dead_letter("d", original(None, None), TimedOut("late"))
    assert (letter.key, letter.value) == (None, b"")


def test_what_is_refused_together_is_tried_alone_and_then_cut() -> None:
    refusals = Refusals()
    refusals.note([10, 11, 12], "d", alone=False)
    assert refusals.alone(11)
    assert not refusals.alone(13)
    assert refusals.count(11) == 0
    for times in (1, 2, 3):
        refusals.note([11], "d", alone=True)
        assert refusals.count(11) == times
    with pytest.raises(DeadLetterRefusedError, match=r"max\.message\.bytes"):
        refusals.note([11], "d", alone=True)
    refusals.settled([11])
    assert refusals.count(11) == 0


def test_every_page_error_has_a_reason_of_its_own() -> None:
    reasons = [kind.reason for kind in PageError.__subclasses__()]
    assert len(set(reasons)) == len(reasons) == 9
