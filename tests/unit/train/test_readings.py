"""The notation of readings, and the readings that are kept beside the training code."""

import pytest

from tests.train.readings import Promo, numbers, parse, readings
from workers.segment.page import Role


def test_ranges_and_single_numbers_are_read() -> None:
    assert numbers("12, 14-16,20") == [12, 14, 15, 16, 20]
    assert numbers("") == []


def test_a_reading_gives_every_block_its_role_and_every_teaser_its_blocks() -> None:
    roles, promos = parse("T 0; Y 1; B 2-3; t 5 / 6; t 7 !; n 8", 10)
    assert [Role(role) for role in roles] == [
        Role.HEADLINE, Role.BYLINE, Role.BODY, Role.BODY, Role.CHROME, Role.TEASER_HEADLINE, Role.TEASER_SUMMARY,
        Role.TEASER_HEADLINE, Role.SNIPPET, Role.CHROME,
    ]  # fmt: skip
    assert promos == [Promo([5], [6], paid=False), Promo([7], [], paid=True)]


@pytest.mark.parametrize("labels", ["B 9-10", "B 1-3; t 3", "T 4 / 4"])
def test_a_block_that_is_not_there_or_is_named_twice_is_refused(labels: str) -> None:
    with pytest.raises(ValueError, match="is not there or has a role already"):
        parse(labels, 10)


def test_every_kept_reading_can_be_read_and_most_pages_promote_something() -> None:
    kept = readings().values()
    assert all(len(reading.digests) == len(reading.roles) for reading in kept)
    assert sum(bool(reading.promos) for reading in kept) > len(kept) / 2
