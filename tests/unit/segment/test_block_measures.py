"""Measures of blocks are the same compiled and as their source says, in 32 bits."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.plain_source import plain
from workers.segment import block_measures, structure_rows

BLOCKS, ELEMENTS = 23, 9
RANDOM = np.random.default_rng(11)


def rows(number: int, most: int = 40) -> NDArray[np.float32]:
    return RANDOM.integers(0, most, (number, BLOCKS)).astype(np.float32)


def whole(most: int, number: int = BLOCKS) -> NDArray[np.int64]:
    return RANDOM.integers(0, most, number)


PARENT = np.array([0, 0, 1, 1, 2, 2, 0, 6, 6])
ELEMENT = np.sort(whole(ELEMENTS))
ANCESTORS = np.stack([ELEMENT, PARENT[ELEMENT], PARENT[PARENT[ELEMENT]]])
FIRST = whole(5, ELEMENTS)
RATIOS = np.stack([rows(1)[0], RANDOM.random(BLOCKS).astype(np.float32)])
CLASSES = whole(14).astype(np.uint8)
CALLS: dict[str, tuple[int, tuple[Any, ...]]] = {
    "fill_text": (25, (rows(14), rows(1)[0], rows(1)[0], rows(1)[0], CLASSES, CLASSES[::-1].copy())),
    "fill_summed": (6, (RATIOS, rows(1)[0], rows(1)[0], rows(1)[0])),
    "fill_levels": (
        30, (ANCESTORS, FIRST, FIRST + 7, rows(1)[0][:ELEMENTS], rows(6)[:, :ELEMENTS].copy(), 311.0, 3.0),
    ),
    "fill_place": (7, (rows(1)[0] / np.float32(9), RATIOS[1], rows(6, 2), ELEMENT)),
    "fill_card_values": (6, (rows(1)[0], RATIOS[1], rows(1, 2)[0], whole(8), 6, np.minimum(ELEMENT, 4))),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_blocks_are_measured_alike(name: str) -> None:
    number, given = CALLS[name]
    results = []
    for module in (block_measures, plain(block_measures)):
        into = np.zeros((number, BLOCKS), dtype=np.float32)
        getattr(module, name)(into, *given)
        results.append(into)
    compiled, source = results
    assert compiled.any()
    # The source reckons in 64 bits where it meets no array.
    assert np.allclose(compiled, source, rtol=1e-6)


def test_the_tree_is_seen_alike() -> None:
    tag, hints, image = whole(30, ELEMENTS), whole(2**40, ELEMENTS), whole(3) - 1
    results = []
    for module in (structure_rows, plain(structure_rows)):
        seen = np.zeros((7, BLOCKS), dtype=np.int64)
        groups = module.fill_structure(tag, PARENT, whole(1, ELEMENTS) + 3, hints, ELEMENT, image, 39, seen)
        halves = np.zeros((24, BLOCKS), dtype=np.uint32)
        said, heading = hints[ELEMENT] * 5, (ELEMENT % 3 == 1).astype(np.float32)
        module.fill_halves(
            halves, tag, hints, FIRST, seen[:3], seen[6], seen[5], ELEMENT, ELEMENT, said, heading
        )  # fmt: skip
        results.append((groups, seen.tolist(), halves.tolist()))
    assert results[0] == results[1]
    groups, seen_rows, _ = results[0]
    assert seen_rows[:3] == ANCESTORS.tolist()
    assert groups == max(seen_rows[3]) + 1
