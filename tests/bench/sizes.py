"""Time for each kB of a page, from 10 kB to 5 MB and from 10 to 20,000 blocks: `python -m tests.bench.sizes`.

The pages are our own: a story, and a front page of cards. Every page costs something before its first block, so that
small pages are dearer by the kB; what must not happen is that large ones are dearer than middling ones.
"""

import time
from collections.abc import Callable

from schemas import RawPage
from schemas.codec import encode
from tests.bench.figures import Figure, show
from tests.hostile.story import PARAGRAPHS, URL, story_page
from workers.pipeline import process_page

_KILOBYTES = (10, 100, 1_000, 5_000)
_BLOCKS = (10, 100, 1_000, 5_000, 20_000)
_CARD = (
    '<div class="card"><a href="/city/{number}-ferry-sails"><img src="/i/{number}.jpg" alt=""><h3>Ferry {number} '
    'sails again after repairs</h3></a><p class="summary">The harbour office said on Monday that crossing {number} is '
    "open to traffic.</p><time>5 March 2024</time></div>"
)
_BLOCKS_A_CARD = 3


def figures() -> list[Figure]:
    """Growth: what the largest page costs by the kB, or by the block, as a share of what a middling one does."""
    found = []
    for what, sizes, unit, make in (
        ("story", _KILOBYTES, "kB", story),
        ("front page", _KILOBYTES, "kB", front_page),
        ("front page", _BLOCKS, "blocks", _front_of_blocks),
    ):
        costs = [_seconds(make(size)) / size for size in sizes]
        middling, largest = costs[1], costs[-1]
        told = ", ".join(f"{size:,}: {1e6 * cost:.0f}" for size, cost in zip(sizes, costs, strict=True))
        figure = Figure(
            f"growth: {what}, {sizes[-1]:,} / {sizes[1]:,} {unit}",
            largest / middling,
            at_most=1.25,
            note=f"µs a {unit.removesuffix('s')}: {told}",
        )
        found.append(figure)
    return found


def story(kilobytes: int) -> RawPage:
    """A story of this size."""
    return _repeated(lambda number: f"<p>{PARAGRAPHS[number % len(PARAGRAPHS)]} {number}</p>", 1000 * kilobytes)


def front_page(kilobytes: int) -> RawPage:
    """A page of cards of this size."""
    return _repeated(lambda number: _CARD.format(number=number), 1000 * kilobytes)


def _front_of_blocks(blocks: int) -> RawPage:
    return _page("".join(_CARD.format(number=number) for number in range(max(1, blocks // _BLOCKS_A_CARD))))


def _repeated(piece: Callable[[int], str], size: int) -> RawPage:
    pieces: list[str] = []
    while size > 0:
        pieces.append(piece(len(pieces)))
        size -= len(pieces[-1])
    return _page("".join(pieces))


def _page(inside: str) -> RawPage:
    return RawPage(body=story_page(inside=inside), url=URL, content_type="text/html; charset=utf-8")


def _seconds(page: RawPage) -> float:
    """Processor time, the least of a few runs."""
    best = float("inf")
    for _ in range(3 if len(page.body) > 500_000 else 15):
        begun = time.process_time()
        records = process_page(page)
        for record in (records.sightings(), records.article):
            if record is not None:
                encode(record)
        best = min(best, time.process_time() - begun)
    return best


if __name__ == "__main__":
    show(figures())
