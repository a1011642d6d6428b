"""Deduplication: teasers a second, bytes an id, seconds to learn a million again: `python -m tests.bench.dedup`."""

import os
import time

from schemas import Sightings, Teaser
from schemas.codec import encode
from workers.dedup.seen import SeenSet
from workers.dedup.sightings import read_sightings, unseen

_IDS = 1_000_000
_PAGES = 2_000
_TEASERS_A_PAGE = 30


def main() -> None:
    """Print a line for each."""
    identities = os.urandom(16 * _IDS)
    seen = SeenSet(30 * 86_400)
    begun = time.process_time()
    for start in range(0, _IDS, 2_000):
        seen.learn(identities[16 * start : 16 * (start + 2_000)], [1_700_000_000] * 2_000)
    spent = time.process_time() - begun
    print(f"learning {_IDS:,} ids again: {spent:.2f} s, {seen.slot_bytes / len(seen):.0f} bytes an id")  # noqa: T201
    records = [encode(_sightings(page)) for page in range(_PAGES)]
    for what in ("new", "repeated"):
        begun = time.process_time()
        for record in records:
            teasers, _ = read_sightings(record, "json")
            unseen(teasers, seen, 1_700_000_100)
        spent = time.process_time() - begun
        print(f"deciding on {what} teasers: {_PAGES * _TEASERS_A_PAGE / spent:,.0f} a second")  # noqa: T201


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
    main()
