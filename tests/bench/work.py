"""Work a page, counted instead of timed: the same on every machine and under every load.

    python -m tests.bench.work          what each page costs now, beside what is pinned
    python -m tests.bench.work --pin    pin what it costs now

lines     lines of our own code that run; loops and comprehensions count every turn
calls     calls that our own code makes, into itself, Python's and NumPy's built-ins, the parser
kilobytes the most memory that is held at once: tables of features and a model's answers are most of it
"""

import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import click
import msgspec

from schemas import RawPage
from tests.bench.sizes import front_page, story
from tests.hostile.story import URL, story_text
from tests.hostile.work import lines_run
from workers.pipeline import process_page
from workers.segment import markup_words

PINNED = Path(__file__).with_name("work.json")
_OWN = str(Path(__file__).parents[2] / "workers")

Counts = dict[str, int]

PAGES: dict[str, RawPage] = {
    "story": story(40),
    "front page": front_page(40),
    "flattened story": RawPage(body=b"\n\n".join([story_text()] * 10), url=URL, content_type="text/plain"),
}


def counted(page: RawPage) -> Counts:
    """The work that a page costs a worker that has seen others."""
    process_page(page)  # loads what is loaded once
    counts = {"lines": _fresh(page, lines_run), "calls": _fresh(page, _calls_made)}
    return {**counts, "kilobytes": _fresh(page, _most_held) // 1000}


def pinned() -> dict[str, Counts]:
    """What each page may cost, about."""
    return msgspec.json.decode(PINNED.read_bytes(), type=dict[str, Counts])


def _fresh(page: RawPage, count: Callable[[Callable[[], object]], int]) -> int:
    """A count in which nothing is remembered of the page's own lines and class names."""
    markup_words.forget()
    return count(lambda: process_page(page))


def _calls_made(function: Callable[[], object]) -> int:
    """How many calls the code in workers/ makes."""
    count = 0

    def at_event(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        caller = frame if event == "c_call" else frame.f_back if event == "call" else None
        count += caller is not None and caller.f_code.co_filename.startswith(_OWN)

    before = sys.getprofile()
    sys.setprofile(at_event)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def _most_held(function: Callable[[], object]) -> int:
    """Bytes, of what is allocated during the call."""
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@click.command()
@click.option("--pin", is_flag=True, help="Pin what the pages cost now.")
def main(pin: bool) -> None:
    """Count the work of each page."""
    now = {name: counted(page) for name, page in PAGES.items()}
    known = pinned() if PINNED.exists() else {}
    for name, counts in now.items():
        told = ", ".join(f"{what} {count:,} ({known.get(name, {}).get(what, 0):,})" for what, count in counts.items())
        click.echo(f"{name}: {told}")
    if pin:
        PINNED.write_bytes(msgspec.json.format(msgspec.json.encode(now), indent=1) + b"\n")


if __name__ == "__main__":
    main()
