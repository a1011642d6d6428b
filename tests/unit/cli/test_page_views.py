"""The views of `broadsheet segment`: what a terminal shows, and that no page whatever breaks a view."""

import os
import pty
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from schemas import RawPage
from tests.conftest import REPOSITORY
from tests.hostile.families import FAMILIES
from workers.cli.page_view_html import html_view
from workers.cli.page_view_look import Card, Look, cards_of, look_at
from workers.cli.page_view_text import render
from workers.cli.segment import segment
from workers.segment.page import Block, Declared, FeedItem, Promo, Role, Segmented

SAMPLES = REPOSITORY / "workers" / "cli" / "samples"
PAGES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in {".html", ".txt"})


def sample(name: str) -> Look:
    return look_at(RawPage(body=(SAMPLES / name).read_bytes()), name)


@pytest.mark.parametrize("name", PAGES)
def test_every_record_has_a_card_on_the_page(name: str) -> None:
    look = sample(name)
    for kind, records in (("teaser", look.records.teasers), ("snippet", look.records.snippets)):
        shown = {card.number for card in look.cards if card is not None and card.kind == kind}
        assert shown == set(range(1, len(records) + 1))


def test_label_and_summary_stand_in_the_card_of_the_promo_that_shows_them() -> None:
    told = [
        ("Transport", Role.KICKER),
        ("Yard hires apprentices", Role.TEASER_HEADLINE),
        ("Forty of them.", Role.TEASER_SUMMARY),
        ("A line of the feed.", Role.SNIPPET),
        ("School keeps its teacher", Role.TEASER_HEADLINE),
        ("Share", Role.CHROME),
        ("She is the last.", Role.TEASER_SUMMARY),
    ]
    blocks = [Block(text, role=role) for text, role in told]
    promos = [
        Promo("Yard hires apprentices", summary="Forty of them.", kicker="Transport"),
        Promo("School keeps its teacher", summary="She is the last."),
    ]
    segmented = Segmented("html", blocks, Declared(), None, promos, [FeedItem("A line of the feed.")])
    first, second, line = Card("teaser", 1), Card("teaser", 2), Card("snippet", 1)
    assert cards_of(segmented) == [first, first, first, line, second, None, second]


@pytest.mark.parametrize("width", [2, 20, 40, 80, 200])
@pytest.mark.parametrize("name", ["harbour-ferry.html", "minato-library.html", "sahil-garden.html", "valley-wire.txt"])
def test_no_line_is_wider_than_the_terminal_and_no_letter_is_lost(name: str, width: int) -> None:
    look = sample(name)
    shown = render(look, width, colours=False)
    assert max(map(cell_len, shown.splitlines())) <= width
    if width >= 40:
        letters = re.sub(r"\s", "", shown)
        for block in look.segmented.blocks:
            assert all(word in letters for word in block.text.split() if len(word) < 12 and cell_len(word) == len(word))


def test_colours_come_with_a_terminal_only_and_not_against_the_readers_wish() -> None:
    look = sample("harbour-ferry.html")
    assert "\x1b[" in render(look, 80, colours=True)
    assert "\x1b" not in render(look, 80, colours=False)
    colourful, plain = shown_in_terminal(), shown_in_terminal(NO_COLOR="1")
    assert b"\x1b[" in colourful
    assert b"\x1b" not in plain
    assert b"Eastquay yard" in plain
    piped = CliRunner().invoke(
        segment, [str(SAMPLES / "harbour-ferry.html"), "--format", "text"], standalone_mode=False
    )
    assert "\x1b" not in piped.output


def shown_in_terminal(**variables: str) -> bytes:
    """What the command writes when its standard output is a terminal."""
    ours, its = pty.openpty()
    code = "from workers.cli.main import main; main()"
    command = [sys.executable, "-c", code, "segment", str(SAMPLES / "harbour-ferry.html"), "--format", "text"]
    environment = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
    environment |= {"TERM": "xterm-256color", **variables}
    with subprocess.Popen(command, stdout=its, cwd=REPOSITORY, env=environment) as process:
        os.close(its)
        read = b""
        # A terminal whose writer has gone is an error on Linux and an end of file elsewhere.
        try:
            while found := os.read(ours, 65536):
                read += found
        except OSError:
            pass
        assert process.wait(60) == 0
    os.close(ours)
    return read


def test_a_page_cannot_drive_the_terminal() -> None:
    told = "The board \x1b]0;owned\x07said \x1b[2J\x9b31mon \u202eMonday [bold]that [/bold]the ferry :smile: will sail."
    shown = render(look_at(RawPage(body=told.encode(), content_type="text/plain"), "\x1b[2Ja.txt"), 80, colours=True)
    assert "[bold]that" in shown
    assert ":smile:" in shown
    # Only colours are left.
    assert not re.search(r"[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202e]|\x1b(?!\[[\d;]*m)", shown)


class Tags(HTMLParser):
    """The elements of a document, by its names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


_OWN_TAGS = """
html head meta link title style body header div h1 bdi p fieldset legend input label main span h3 b h4 ul li section a
aside h2 dl dt dd details summary pre ol footer kbd script
"""


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_family_of_bad_pages_is_shown_in_every_view(family: str) -> None:
    look = look_at(FAMILIES[family](30), "page.html", explain=True)
    assert render(look, 80, colours=True)
    tags = Tags()
    tags.feed(b"".join(html_view([look, look])).decode())
    assert tags.found <= set(_OWN_TAGS.split())
    assert not {name for name in tags.attributes if name.startswith("on") or name in {"src", "srcset", "action"}}


def test_one_document_holds_all_pages_of_a_folder() -> None:
    done = CliRunner().invoke(segment, [str(SAMPLES), "--content-type", "text/html", "--format", "html"])
    assert done.output.count("<!doctype html>") == 1
    assert done.output.count("<details class=leaf") == len(list(SAMPLES.glob("*.*")))


def test_what_is_shown_first_can_be_chosen() -> None:
    document = b"".join(html_view([sample("harbour-ferry.html")], "promos")).decode()
    assert "id=show-promos checked" in document
    assert "id=show-all checked" not in document
    look = sample("harbour-ferry.html")
    for show, kept, left_out in (
        ("promos", "Storm barrier closes", "Privacy"),
        ("article", "Tickets go on sale", "Storm barrier closes"),
        ("chrome", "Privacy", "Tickets go on sale"),
    ):
        shown = render(look, 80, colours=False, show=show)  # type: ignore[arg-type] # the words of SHOWN
        assert kept in shown
        assert left_out not in shown


def test_the_terminal_tells_where_a_teaser_stands_and_leads() -> None:
    look = look_at(
        RawPage(body=(SAMPLES / "harbour-front.html").read_bytes(), url="https://harbourpost.example/"), "front"
    )
    lines = render(look, 200, colours=False, show="promos").splitlines()
    at = next(number for number, line in enumerate(lines) if "Storm barrier closes" in line)
    assert lines[at + 1].split() == [
        "list,",
        "position",
        "1",
        "https://harbourpost.example/weather/storm-barrier-tested",
    ]
