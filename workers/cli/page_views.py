"""The forms in which `broadsheet segment` shows a page; a new form is a function here and an entry in VIEWS."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from workers.cli.page_view_look import Look


class View(NamedTuple):
    """One of the forms."""

    show: Callable[[Look], bytes]
    """What is written to standard output."""
    help: str
    explains: bool = False
    """It tells why, which takes a second look at the page."""
    one_page: bool = False
    """It is a document of its own: two of them do not fit into one output."""


def json_line(look: Look) -> bytes:
    """One line a page: {"path", "article", "teasers", "snippets"}."""
    page = {
        "path": look.path,
        "article": look.records.article,
        "teasers": look.records.teasers,
        "snippets": look.records.snippets,
    }
    return msgspec.json.encode(page) + b"\n"


def document(look: Look) -> bytes:
    """A self-contained HTML page."""
    from workers.cli.page_view_html import html_view

    return html_view(look)


def terminal(look: Look) -> bytes:
    """Coloured lines, as wide as the terminal."""
    from workers.cli.page_view_text import text_view

    return text_view(look)


VIEWS: dict[str, View] = {
    "json": View(json_line, "one line a page with path, article, teasers and snippets"),
    "html": View(
        document, "one page's blocks coloured by role, with the records and why, to open in a browser", True, True
    ),
    "text": View(terminal, "the same for the terminal"),
}
"""Name for --format -> how the page is shown."""
