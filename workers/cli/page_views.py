"""The forms in which `broadsheet segment` shows pages; a new form is a function here and an entry in VIEWS."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from workers.cli.page_view_look import Look, Shown


class View(NamedTuple):
    """One of the forms."""

    show: Callable[[Iterable[Look], Shown], Iterator[bytes]]
    """What is written to standard output, piece by piece: no more than a page or two is held at once."""
    help: str
    explains: bool = False
    """It tells why, which takes a second look at the page."""
    chooses: bool = True
    """It can leave out what is not to be shown."""


def json_lines(looks: Iterable[Look], _: Shown) -> Iterator[bytes]:
    """One line a page: {"path", "article", "teasers", "snippets"}."""
    for look in looks:
        page = {
            "path": look.path,
            "article": look.records.article,
            "teasers": look.records.teasers,
            "snippets": look.records.snippets,
        }
        yield msgspec.json.encode(page) + b"\n"


def document(looks: Iterable[Look], show: Shown) -> Iterator[bytes]:
    """One self-contained HTML page; of several pages a list, in which each can be opened."""
    from workers.cli.page_view_html import html_view

    return html_view(looks, show)


def terminal(looks: Iterable[Look], show: Shown) -> Iterator[bytes]:
    """Coloured lines, as wide as the terminal."""
    from workers.cli.page_view_text import text_view

    return text_view(looks, show)


VIEWS: dict[str, View] = {
    "json": View(json_lines, "one line a page with path, article, teasers and snippets", chooses=False),
    "html": View(
        document,
        "the blocks coloured by role, with the records and why, in one document to open in a browser",
        explains=True,
    ),
    "text": View(terminal, "the blocks for the terminal, and where each teaser stands and leads"),
}
"""Name for --format -> how pages are shown."""
