"""Pages' blocks coloured by role, as wide as the terminal: what the HTML view shows, without the reasons."""

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from schemas import Snippet, Teaser
from workers.cli.page_view_look import Card, Look, Shown, is_shown
from workers.cli.printable import printable
from workers.segment.page import Block, Role

_COLOURS = {
    Role.HEADLINE: "bold bright_blue",
    Role.DEK: "cyan",
    Role.BYLINE: "cyan",
    Role.BODY: "green",
    Role.CAPTION: "magenta",
    Role.CREDIT: "magenta",
    Role.TEASER_HEADLINE: "bold yellow",
    Role.TEASER_SUMMARY: "yellow",
    Role.KICKER: "yellow",
    Role.SNIPPET: "bright_magenta",
    Role.CHROME: "bright_black",
}

_LABELS = {
    Role.HEADLINE: "headline",
    Role.DEK: "standfirst",
    Role.BYLINE: "byline",
    Role.BODY: "body",
    Role.CAPTION: "caption",
    Role.CREDIT: "credit",
    Role.TEASER_HEADLINE: "teaser",
    Role.TEASER_SUMMARY: "summary",
    Role.KICKER: "kicker",
    Role.SNIPPET: "snippet",
    Role.CHROME: "chrome",
}

_NUMBER = "   "
"""Room for a card's number."""

_LABEL_WIDTH = len(_NUMBER) + max(map(len, _LABELS.values())) + len(" 100% ")
_LEAST_TEXT = 20
"""Columns: in a narrower terminal the label stands above the text instead of beside it."""


def text_view(looks: Iterable[Look], show: Shown = "all") -> Iterator[bytes]:
    """The pages for this process's terminal; without colours if there is none, or NO_COLOR is set."""
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for number, look in enumerate(looks):
        if number:
            yield b"\n"
        yield render(look, shutil.get_terminal_size().columns, colours=colours, show=show).encode("utf-8", "replace")


def render(look: Look, width: int, *, colours: bool, show: Shown = "all") -> str:
    """The page in lines of at most `width` columns (the width of letters counted: a Han character takes two)."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 2),
        force_terminal=colours,
        color_system="standard" if colours else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    console.print(Text(_summary(look), style="bold"))
    for block, card in zip(look.segmented.blocks, look.cards, strict=True):
        if not is_shown(block.role, show):
            continue
        _print(console, _label(block, card), printable(block.text), _COLOURS[block.role])
        if card is not None and block.role in (Role.TEASER_HEADLINE, Role.SNIPPET):
            _print_place(console, look, card)
    return out.getvalue()


def _print(console: Console, label: str, words: str, style: str) -> None:
    text = Text(words, style=style)
    if console.width - _LABEL_WIDTH < _LEAST_TEXT:
        console.print(Text(label, style=style))
        console.print(text)
        return
    for number, line in enumerate(text.wrap(console, console.width - _LABEL_WIDTH)):
        start = label if number == 0 else ""
        line.rstrip()
        console.print(Text(start + " " * (_LABEL_WIDTH - cell_len(start)), style=style) + line, soft_wrap=True)


def _print_place(console: Console, look: Look, card: Card) -> None:
    """Where a teaser or snippet stands, and where it leads: links begin far to the left, so that most stay whole."""
    records: Sequence[Teaser | Snippet] = look.records.teasers if card.kind == "teaser" else look.records.snippets
    record = records[card.number - 1]
    place, link = f"{record.placement or '?'}, position {record.position}", printable(record.url or "")
    indent = _NUMBER if console.width > _LEAST_TEXT else ""
    fits = len(indent) + len(place) + 2 + cell_len(link) <= console.width
    for line in [f"{place}  {link}".rstrip()] if fits or not link else [place, link]:
        for part in Text(line, style="dim").wrap(console, console.width - len(indent)):
            console.print(Text(indent) + part, soft_wrap=True)


def _label(block: Block, card: Card | None) -> str:
    number = f"{card.number:>2} " if card else _NUMBER
    return f"{number}{_LABELS[block.role]} {block.confidence:.0%}"


def _summary(look: Look) -> str:
    records = look.records
    found = ["1 article" if records.article else "no article"]
    for number, what in ((len(records.teasers), "teaser"), (len(records.snippets), "snippet")):
        found.append(f"{number or 'no'} {what}{'' if number == 1 else 's'}")
    return f"{printable(look.path)}: {', '.join(found)}"
