"""Text from pages, made fit for a terminal: it must neither drive the terminal nor reorder what stands beside it."""

import re

# Control characters (escape sequences begin with one), line and paragraph separators, bidirectional controls, and
# surrogates, which no terminal encoding can hold.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def printable(text: str) -> str:
    """The text in one line, with a space for every run of characters that a terminal would act on."""
    return _UNFIT.sub(" ", text).strip()
