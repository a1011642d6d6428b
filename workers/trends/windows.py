"""Windows of sighting time, in whole seconds since 1970.

Sightings are kept in panes of ten minutes. A tumbling window is one pane; a hopping window of an hour, which begins
every ten minutes, is six. So a sighting is written once, and not once for each of the seven windows that it is in.
"""

from collections.abc import Iterator

PANE_SECONDS = 600
"""Ten minutes: what an editor takes for "now", and as often as a front page is fetched."""

WINDOW_SECONDS = (PANE_SECONDS, 6 * PANE_SECONDS)
"""The tumbling window and the hopping one, which begins with every pane."""

KEPT_SECONDS = WINDOW_SECONDS[-1] + PANE_SECONDS
"""How far before the end of a window that is still open a pane may begin and still be needed: by the hour, or by the
hour before it, for the change in rank."""


def pane_of(milliseconds: int) -> int:
    """The beginning of the pane that a moment is in, which is the end of the last windows that ended before it."""
    return milliseconds // 1000 // PANE_SECONDS * PANE_SECONDS


def panes_in(end: int, seconds: int) -> range:
    """The beginnings of the panes in the window that ends then and is so long."""
    return range(end - seconds, end, PANE_SECONDS)


def ends_of_interest(first_pane: int, last_pane: int, after: int, until: int) -> Iterator[int]:
    """The ends of windows, later than `after` and not later than `until`, that hold any of the panes.

    What lies between sightings that are months apart holds nothing, and is passed over.
    """
    begin = max(first_pane, after) + PANE_SECONDS
    end = min(last_pane + WINDOW_SECONDS[-1], until)
    yield from range(begin, end + 1, PANE_SECONDS)
