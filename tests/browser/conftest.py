"""A real headless Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.browser.chromium import launched
from tests.conftest import missing


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
