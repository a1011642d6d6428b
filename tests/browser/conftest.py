"""A real headless Chromium: the machine's own, else the one that playwright has installed."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.conftest import missing

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file's tests; each opens pages in contexts of its own.

    Not one for the session: while playwright is open, its event loop runs in this thread, and no other can.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    # Chromium refuses to run as root inside its sandbox; what it shows here is what we have written.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=path, args=arguments)
        except Error as error:
            missing(f"no Chromium, `make browser` installs one: {error.message.splitlines()[0]}")
        yield opened
        opened.close()
