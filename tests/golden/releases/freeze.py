"""Keep a release's records and schemas, so that later releases are held to them.

`python -m tests.golden.releases.freeze 0.1` is run once, when a release is made; what it wrote is never written again.
"""

import sys
from pathlib import Path

import msgspec

from schemas import RawPage, Sightings, Trends
from schemas.codec import encode, encode_page
from schemas.generate import documents
from schemas.json_schema import RECORDS
from tests.golden.enrich.renew import Expected, expected_of, pages
from workers.trends.reading import read_sighted
from workers.trends.state import State

FOLDER = Path(__file__).parent


def records() -> dict[str, list[msgspec.Raw]]:
    """Record name -> what this release writes of the golden pages, as JSON."""
    made: dict[str, list[msgspec.Raw]] = {name: [] for name in RECORDS}
    for page in pages():
        of = msgspec.json.decode(expected_of(page).read_bytes(), type=Expected)
        if of.article is not None:
            made["article"].append(msgspec.Raw(encode(of.article)))
        made["teaser"] += [msgspec.Raw(encode(teaser)) for teaser in of.teasers]
        made["snippet"] += [msgspec.Raw(encode(snippet)) for snippet in of.snippets]
        sightings = Sightings(site="daily.example", source="news.pages:0:7", teasers=of.teasers, snippets=of.snippets)
        made["sightings"].append(msgspec.Raw(encode(sightings)))
        made["trends"] += [msgspec.Raw(encode(window)) for window in _trends(encode(sightings))]
    envelopes = (
        RawPage(body=b"<h1>A quiet day</h1>", url="https://daily.example/quiet", content_type="text/html"),
        RawPage(body=b"\xff\xfe", fetched_at="2025-03-05T08:00:00+00:00", http_status=200, site="daily.example"),
    )
    made["raw-page"] += [msgspec.Raw(encode_page(page)) for page in envelopes]
    return made


def _trends(sightings: bytes) -> list[Trends]:
    """The windows of a site that was seen once, and an hour later once more."""
    state = State(lateness_seconds=0)
    for offset, at in enumerate((0, 3_600_000)):
        state.add(offset, read_sighted(sightings, "json", 1_741_161_600_000 + at, f"news.sightings:0:{offset}"))
    return [*state.closing()][:2] + state.current("daily.example")


def main() -> None:
    """Write a folder for the release. Raises FileExistsError if it is there."""
    folder = FOLDER / sys.argv[1]
    folder.mkdir()
    (folder / "records.json").write_bytes(msgspec.json.format(msgspec.json.encode(records()), indent=1) + b"\n")
    for name, content in documents().items():
        if name.endswith(".schema.json"):
            (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
