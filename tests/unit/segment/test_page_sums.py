"""What is counted over a page is the same compiled and as its source says."""

from typing import Any

import numpy as np

from tests.plain_source import plain
from workers.segment import page_sums

BLOCKS = 40


def test_a_page_is_counted_alike() -> None:
    random = np.random.default_rng(3)
    table = random.integers(0, 3, (len(page_sums.ROWS), BLOCKS)).astype(np.float32)
    table[page_sums.ROWS.index("words")] *= 4
    first = random.random((7, BLOCKS), dtype=np.float32)
    mass = random.integers(0, 30, BLOCKS).astype(np.float32)
    parent, near, links = (random.integers(0, 6, BLOCKS) for _ in range(3))
    results: list[list[Any]] = []
    for module in (page_sums, plain(page_sums)):
        masks = np.zeros((5, BLOCKS), dtype=np.uint8)
        counts, sums = np.zeros(module.COUNTS, dtype=np.int64), np.zeros(module.SUMS)
        rows = np.arange(len(page_sums.ROWS))
        module.count_page(table, rows, first, mass, parent, near, links, 1.0, masks, counts, sums)
        results.append([masks.tolist(), counts.tolist(), sums.tolist()])
    assert results[0] == results[1]
    masks, counts, sums = results[0]
    assert sums[1:] == [np.bincount(parent, mass).max(), np.bincount(near, mass).max()]
    promoted, below = np.array(masks[1], dtype=bool), np.array(masks[2], dtype=bool)
    assert counts[5:] == [len(set(links[promoted])), len(set(links[below]))]
    assert promoted.any()
    assert below.any()
