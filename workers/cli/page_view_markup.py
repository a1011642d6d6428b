"""What the parts of the HTML view share: text of pages made safe, counts, and the names that links lead to."""

import html
import re

from workers.cli.page_view_look import Card

# What HTML allows in no text, and what a browser would show as a box.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def text(words: str) -> str:
    """The words as HTML text or attribute value: they can be nothing else there."""
    return html.escape(_UNFIT.sub(" ", words))


def counted(number: int, what: str) -> str:
    """ "no teasers", "1 teaser", "2 teasers"."""
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def link_id(page: str, card: Card, *, record: bool = False) -> str:
    """The id of a card among the blocks, or of its record; page tells the pages of one document apart."""
    return f"{page}{card.kind}{'-record' if record else ''}-{card.number}"
