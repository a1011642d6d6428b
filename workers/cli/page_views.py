"""The forms in which `broadsheet segment` shows a page; a new form is a function here and an entry in VIEWS."""

from collections.abc import Callable

import msgspec

from workers.pipeline import PageRecords


def json_line(path: str, records: PageRecords) -> bytes:
    """One line a page: {"path", "article", "teasers", "snippets"}."""
    page = {
        "path": path,
        "article": records.article,
        "teasers": records.teasers,
        "snippets": records.snippets,
    }
    return msgspec.json.encode(page) + b"\n"


VIEWS: dict[str, Callable[[str, PageRecords], bytes]] = {"json": json_line}
"""Name for --format -> (path, records) -> what is written to standard output."""
