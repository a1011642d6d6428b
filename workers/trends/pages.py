"""How many distinct pages, in a few bytes: HyperLogLog sketches, which can be merged and count no page twice.

From Apache DataSketches, whose sketches hold the hashes themselves while they are few: a teaser on one page takes 12
bytes, and the number is exact up to some 700 pages. Of its two kinds for counting, CPC is smaller beyond that, but not
exact below it, and most teasers are on a handful of pages.
"""

from collections.abc import Iterable

from datasketches import hll_sketch, hll_union, tgt_hll_type

_LOG_REGISTERS = 13
"""8,192 registers of half a byte: 4 kB for a teaser on any number of pages, with a standard error of 1.2 %."""


def with_page(sketch: bytes, page: str) -> bytes:
    """The sketch with one more page in it; b"" is the sketch of no page."""
    found = hll_sketch.deserialize(sketch) if sketch else hll_sketch(_LOG_REGISTERS, tgt_hll_type.HLL_4)
    found.update(page)
    return bytes(found.serialize_compact())


def distinct_pages(sketches: Iterable[bytes]) -> int:
    """How many distinct pages the sketches have seen together."""
    together = hll_union(_LOG_REGISTERS)
    for sketch in sketches:
        if sketch:
            together.update(hll_sketch.deserialize(sketch))
    estimate: float = together.get_estimate()
    return round(estimate)
