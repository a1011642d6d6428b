"""A page's blocks coloured by role, as wide as the terminal: what the HTML view shows, without the reasons."""

import io
import os
import shutil
import sys

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from workers.cli.page_view_look import Card, Look
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

_LABEL_WIDTH = max(map(len, _LABELS.values())) + len(" 100% ") + len("99 ")
_LEAST_TEXT = 20
"""Columns: in a narrower terminal the label stands above the text instead of beside it."""


def text_view(look: Look) -> bytes:
    """The page for this process's terminal; without colours if there is none, or NO_COLOR is set."""
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return render(look, shutil.get_terminal_size().columns, colours=colours).encode("utf-8", "replace")


def render(look: Look, width: int, *, colours: bool) -> str:
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
    beside = width - _LABEL_WIDTH >= _LEAST_TEXT
    for block, card in zip(look.segmented.blocks, look.cards, strict=True):
        style = _COLOURS[block.role]
        label = _label(block, card)
        text = Text(printable(block.text), style=style)
        if not beside:
            console.print(Text(label, style="reverse" if card else style))
            console.print(text)
            continue
        for number, line in enumerate(text.wrap(console, width - _LABEL_WIDTH)):
            start = label if number == 0 else ""
            line.rstrip()
            console.print(Text(start + " " * (_LABEL_WIDTH - cell_len(start)), style=style) + line, soft_wrap=True)
    return out.getvalue()


def _label(block: Block, card: Card | None) -> str:
    number = f"{card.number:>2} " if card else "   "
    return f"{number}{_LABELS[block.role]} {block.confidence:.0%}"


def _summary(look: Look) -> str:
    records = look.records
    found = ["1 article" if records.article else "no article"]
    for number, what in ((len(records.teasers), "teaser"), (len(records.snippets), "snippet")):
        found.append(f"{number or 'no'} {what}{'' if number == 1 else 's'}")
    return f"{printable(look.path)}: {', '.join(found)}"
