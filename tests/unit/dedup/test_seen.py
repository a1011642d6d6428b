"""The seen-set does what a dictionary would do, in less memory."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.dedup.seen import SeenSet

WINDOW = 100
# Few ids, of which many share their low half and so their slot.
IDS = [bytes([low]) * 8 + bytes([high]) * 8 for low in range(3) for high in range(40)]

_STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "forget", "learn"]), st.sampled_from(IDS), st.integers(1_000, 1_500)),
    max_size=300,
)


@given(_STEPS)
@settings(max_examples=300)
def test_it_agrees_with_a_dictionary(steps: list[tuple[str, bytes, int]]) -> None:
    seen, model = SeenSet(WINDOW), dict[bytes, int]()
    for step, identity, second in steps:
        before = model.get(identity)
        if step == "add":
            new = before is None or second - before >= WINDOW
            assert seen.add(identity, second) is new
            if new:
                model[identity] = second
        elif step == "forget":
            seen.forget(identity)
            model.pop(identity, None)
        else:
            seen.learn(identity, [second])
            model[identity] = max(second, before or 0)
    assert all((identity in seen) is (identity in model) for identity in IDS)


def test_many_ids_are_told_apart_while_the_table_grows() -> None:
    identities = [os.urandom(16) for _ in range(20_000)]
    seen = SeenSet(WINDOW)
    assert all(seen.add(identity, 1000) for identity in identities)
    assert not any(seen.add(identity, 1000) for identity in identities)
    assert len(seen) == len(identities)


def test_learning_in_bulk_is_learning_one_by_one() -> None:
    identities = [os.urandom(16) for _ in range(5_000)]
    bulk, single = SeenSet(WINDOW), SeenSet(WINDOW)
    seconds = [1000 + number % 7 for number in range(len(identities))]
    bulk.learn(b"".join(identities * 2), [*seconds, *(second + 200 for second in seconds)])
    for identity, second in zip(identities, seconds, strict=True):
        single.add(identity, second + 200)
    assert len(bulk) == len(single)
    assert [bulk.add(identity, 1250) for identity in identities] == [
        single.add(identity, 1250) for identity in identities
    ]


def test_nothing_learned_is_nothing_known() -> None:
    seen = SeenSet(WINDOW)
    seen.learn(b"", [])
    assert len(seen) == 0


@pytest.mark.parametrize(("later", "new"), [(0, False), (WINDOW - 1, False), (WINDOW, True), (-50, False)])
def test_the_window_begins_with_the_first_sighting(later: int, new: bool) -> None:
    seen = SeenSet(WINDOW)
    seen.add(b"i" * 16, 1000)
    seen.add(b"i" * 16, 1060)  # a repeat does not prolong it
    assert seen.add(b"i" * 16, 1000 + later) is new


def test_what_has_expired_does_not_make_the_table_grow() -> None:
    seen = SeenSet(WINDOW)
    for second in range(0, 100_000, 10):
        seen.add(os.urandom(16), 1_000_000 + second)
    assert len(seen) < 1000


@pytest.mark.parametrize("count", [30_000, 100_000, 250_000, 1_000_000])
def test_an_id_costs_at_most_100_bytes(count: int) -> None:
    seen = SeenSet(WINDOW)
    for _ in range(count // 10_000):
        seen.learn(os.urandom(16 * 10_000), [1000] * 10_000)
    assert seen.slot_bytes / len(seen) <= 100
