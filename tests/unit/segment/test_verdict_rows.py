"""The second look's columns: of some blocks the same as of all, and what NumPy says."""

import numpy as np
from numpy.typing import NDArray

from workers.segment import second_look
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_walk import walk
from workers.segment.page_context import PageContext

PAGE = "<main><h1>Ferry stops</h1>" + "".join(
    f"<section><p>Paragraph {at} of the story.</p><a href='/{at % 3}'>Bridge opens {at}</a></section>"
    for at in range(9)
)
CLASSES = len(second_look.FIRST_CLASSES)


def looked(of: NDArray[np.int64]) -> tuple[HtmlFeatures, NDArray[np.float32], NDArray[np.float32]]:
    """The page's features, verdicts on its blocks, and what the second look sees of those asked about."""
    features = HtmlFeatures(walk(PAGE), PageContext())
    first = np.random.default_rng(7).random((CLASSES, features.table.shape[1]), dtype=np.float32)
    into = np.full((second_look.ROWS, len(of)), np.nan, dtype=np.float32)
    second_look.fill(into, first, features.counts.words, features.shape, features.links, of)
    return features, first, into


def test_some_blocks_are_seen_as_among_all() -> None:
    some = np.array([0, 3, 4, 17, 18])
    _, _, of_all = looked(np.arange(19))
    _, _, of_some = looked(some)
    assert not np.isnan(of_all).any()
    assert np.array_equal(of_all[:, some], of_some)


def test_neighbours_windows_and_groups_are_numpys() -> None:
    features, first, into = looked(np.arange(19))
    assert np.array_equal(into[:CLASSES], first)
    # Three places back, unknown before the page's start.
    assert np.array_equal(into[CLASSES : 2 * CLASSES, 3:], first[:, :-3])
    assert (into[CLASSES : 2 * CLASSES, :3] == -1).all()
    means = [first[:, max(0, at - 4) : at + 5].mean(axis=1) for at in range(19)]
    assert np.allclose(into[7 * CLASSES : 8 * CLASSES], np.transpose(means), atol=1e-6)
    alike = [first[:, features.links.of == group].mean(axis=1) for group in features.links.of]
    assert np.allclose(into[13 * CLASSES : 14 * CLASSES], np.transpose(alike), atol=1e-6)
    line = into[-second_look.LINE :]
    mass = first[1] * features.counts.words
    assert np.allclose(line[2], np.cumsum(mass) / mass.sum(), atol=1e-6)
    assert np.array_equal(line[11], np.cumsum(first[2]))
