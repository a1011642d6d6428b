"""Labels whose values come from pages, kept to a number that Prometheus can bear."""

UNKNOWN = "unknown"
OTHER = "other"

_LONGEST = 100
"""Characters of a value: host names are shorter; what is longer is somebody's joke."""


class BoundedLabel:
    """The first so many values that come keep their names; all that come later are "other".

    What is frequent comes early: a site with one page in fifty is among the first 200 pages, which 200 names need at
    least, with a probability of 98 %. Counters stay monotonic, which a changing list of the most frequent would not.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: set[str] = set()

    def value(self, value: str | None) -> str:
        """The label's value for what a page said; None is "unknown"."""
        if value is None:
            return UNKNOWN
        if value not in self._known:
            if len(self._known) >= self._most or len(value) > _LONGEST:
                return OTHER
            self._known.add(value)
        return value
