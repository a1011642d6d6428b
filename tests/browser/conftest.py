"""A real headless Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.chromium import launched
from tests.browser.views import STORY, Show, Watched, sample
from tests.conftest import missing
from workers.cli.page_view_html import html_view
from workers.cli.page_view_look import Look


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file's tests; each opens pages in contexts of its own.

    Not one for the session: while playwright is open, its event loop runs in this thread, and no other can.
    """
    with sync_playwright() as playwright:
        try:
            opened = launched(playwright)
        except Error as error:
            missing(f"no Chromium, `make browser` installs one: {error.message.splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """show(*looks, **context) opens the view of pages in a context of its own."""
    contexts = []

    def open_view(*looks: Look, watch: list[Watched] | None = None, **options: object) -> Page:
        path = tmp_path / "look.html"
        path.write_bytes(b"".join(html_view(looks)))
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if watch is not None:
            watch.append(Watched(page))
        page.goto(path.as_uri())
        return page

    yield open_view
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def ferry() -> Look:
    return sample("harbour-ferry.html", url=STORY)
