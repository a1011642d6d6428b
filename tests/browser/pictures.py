"""`python -m tests.browser.pictures`: take the README's pictures anew, from the sample pages and today's models."""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from examples.front_page import draw, stays_on
from tests.browser.chromium import launched
from tests.browser.views import STORY, sample
from tests.conftest import REPOSITORY
from tests.front_page_crawls import FRONT, crawls_of_a_front_page
from workers.cli.page_view_html import html_view

DOCS = REPOSITORY / "docs"


def take_look(out: Path) -> None:
    """The view of a page in a browser, with the reasons for its first teaser open."""
    look = sample("harbour-ferry.html", url=STORY)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        document = Path(folder) / "look.html"
        document.write_bytes(b"".join(html_view([look])))
        browser = launched(playwright)
        page = browser.new_page(viewport={"width": 1160, "height": 640}, color_scheme="light")
        page.goto(document.as_uri())
        card = page.locator("#teaser-1")
        # A little of the story above it, and room for the reasons below.
        card.evaluate("card => window.scrollTo(0, card.offsetTop - 200)")
        card.locator(".block").first.evaluate("block => block.focus({ preventScroll: true })")
        page.screenshot(path=out)
        browser.close()


def shrink(picture: Path) -> None:
    """A palette is enough for text on few colours, and makes a third of it."""
    with Image.open(picture) as opened:
        small = opened.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(picture, optimize=True)


def main() -> int:
    """Write docs/look.png and docs/front-page.png."""
    look, front_page = DOCS / "look.png", DOCS / "front-page.png"
    take_look(look)
    draw(FRONT, stays_on(FRONT, crawls_of_a_front_page()), str(front_page))
    for picture in (look, front_page):
        shrink(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
