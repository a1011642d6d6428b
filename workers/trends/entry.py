"""What is known of one teaser of one site in one pane, and how several panes make a window."""

from collections.abc import Iterable, Sequence

import msgspec

from workers.trends.pages import distinct_pages, with_page
from workers.trends.reading import Shown, prominence


class Entry(msgspec.Struct, array_like=True, gc=False):
    """A teaser in a pane. array_like: it is written to the changelog, where names would be most of the bytes."""

    offset: int
    """Of the last sightings record that is counted here: what is read again after a fault is not counted again."""
    sightings: int
    pages: bytes
    """Sketch of the distinct pages."""
    first: int
    last: int
    """Milliseconds since 1970."""
    headline: str
    url: str | None
    placement: str | None
    position: int | None


def first_entry(shown: Sequence[Shown], page: str, milliseconds: int, offset: int) -> Entry:
    """A teaser that is new in its pane: as many sightings as the page has places for it."""
    best = min(shown, key=_place)
    return Entry(
        offset=offset,
        sightings=len(shown),
        pages=with_page(b"", page),
        first=milliseconds,
        last=milliseconds,
        headline=best.headline,
        url=best.url,
        placement=best.placement,
        position=best.position,
    )


def count(entry: Entry, shown: Sequence[Shown], page: str, milliseconds: int, offset: int) -> bool:
    """Count a page's sightings of the teaser; False when this record, or a later one, has been counted before.

    The records of a partition come in the order of their offsets, so that is all there is to know.
    """
    if offset <= entry.offset:
        return False
    best = min(shown, key=_place)
    entry.offset = offset
    entry.sightings += len(shown)
    entry.pages = with_page(entry.pages, page)
    entry.first = min(entry.first, milliseconds)
    if milliseconds >= entry.last:
        entry.last = milliseconds
        entry.headline = best.headline
        entry.url = best.url or entry.url
    if _place(best) < _place(entry):
        entry.placement, entry.position = best.placement, best.position
    return True


class Total(msgspec.Struct, frozen=True):
    """A teaser in a window."""

    identity: bytes
    sightings: int
    pages: int
    first: int
    last: int
    headline: str
    url: str | None
    placement: str | None
    position: int | None

    def order(self) -> tuple[int, int, int, int, int, bytes]:
        """By sightings, then pages, then where it stands, then since when; the id decides what is left."""
        return (-self.sightings, -self.pages, *_place(self), self.first, self.identity)


def total(identity: bytes, entries: Iterable[Entry]) -> Total:
    """A teaser's entries in the panes of a window together. There has to be one."""
    found = list(entries)
    newest = max(found, key=lambda entry: entry.last)
    best = min(found, key=_place)
    return Total(
        identity=identity,
        sightings=sum(entry.sightings for entry in found),
        pages=distinct_pages(entry.pages for entry in found),
        first=min(entry.first for entry in found),
        last=newest.last,
        headline=newest.headline,
        url=newest.url,
        placement=best.placement,
        position=best.position,
    )


_NO_POSITION = 2**31


def _place(one: Shown | Entry | Total) -> tuple[int, int]:
    """The smaller the better."""
    return prominence(one.placement), _NO_POSITION if one.position is None else one.position
