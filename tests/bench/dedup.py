"""Deduplication: teasers a second, bytes an id, seconds to learn a million again: `python -m tests.bench.dedup`."""

import os
import time

from schemas import Sightings, Teaser
from schemas.codec import encode
from tests.bench.figures import Figure, show
from workers.dedup.seen import SeenSet
from workers.dedup.sightings import read_sightings, unseen

_IDS = 1_000_000
_PAGES = 2_000
_TEASERS_A_PAGE = 30


def figures() -> list[Figure]:
    """Learning what was published, then deciding on pages whose teasers are new, and once more the same."""
    identities = os.urandom(16 * _IDS)
    seen = SeenSet(30 * 86_400)
    begun = time.process_time()
    for start in range(0, _IDS, 2_000):
        seen.learn(identities[16 * start : 16 * (start + 2_000)], [1_700_000_000] * 2_000)
    found = [
        Figure("dedup: 1,000,000 ids rebuilt", time.process_time() - begun, "s", at_most=5),
        Figure("dedup: memory of a remembered id", seen.slot_bytes / len(seen), "bytes", at_most=100),
    ]
    records = [encode(_sightings(page)) for page in range(_PAGES)]
    for what in ("new", "repeated"):
        begun = time.process_time()
        for record in records:
            teasers, _ = read_sightings(record, "json")
            unseen(teasers, seen, 1_700_000_100)
        rate = _PAGES * _TEASERS_A_PAGE / (time.process_time() - begun)
        found.append(Figure(f"dedup: {what} teasers", rate, "/s", at_least=50_000))
    return found


def _sightings(page: int) -> Sightings:
    return Sightings(
        site="bench.example",
        source=f"news.pages:0:{page}",
        teasers=[
            Teaser(
                id=os.urandom(16).hex(),
                site="bench.example",
                headline=f"Another story of page {page}, number {number}",
                summary="What stands under the headline of a teaser, in a sentence or two of the usual length.",
                url=f"https://bench.example/{page}/{number}",
                first_seen_on="https://bench.example/",
            )
            for number in range(_TEASERS_A_PAGE)
        ],
    )


if __name__ == "__main__":
    show(figures())
