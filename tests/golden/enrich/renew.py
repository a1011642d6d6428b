"""Write the expected records anew: python -m tests.golden.enrich.renew. Read the difference before you keep it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from schemas import Article, Snippet, Teaser
from workers.enrich.records import enrich
from workers.segment.decode import Decoded
from workers.segment.page import Segmented

FOLDER = Path(__file__).parent


@dataclass
class Case:
    """A page as segmentation hands it over."""

    page: Decoded
    segmented: Segmented


@dataclass
class Expected:
    """What a consumer gets of it."""

    article: Article | None
    teasers: list[Teaser]
    snippets: list[Snippet]


def pages() -> Iterator[Path]:
    yield from sorted(FOLDER.glob("*.page.json"))


def expected_of(page: Path) -> Path:
    return page.with_name(page.name.replace(".page.", ".records."))


def records_of(page: Path) -> bytes:
    case = msgspec.json.decode(page.read_bytes(), type=Case)
    records = enrich(case.segmented, case.page, source="news.pages:0:7", segmented_at="2024-03-07T00:00:00Z")
    made = Expected(records.article, records.teasers, records.snippets)
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


if __name__ == "__main__":
    for each in pages():
        expected_of(each).write_bytes(records_of(each))
