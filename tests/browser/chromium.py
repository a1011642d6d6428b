"""The Chromium that tests and pictures are made with: the machine's own, else the one that playwright has installed."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def launched(playwright: Playwright) -> Browser:
    """A headless Chromium. Raises playwright's Error when there is none."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    # Chromium refuses to run as root inside its sandbox; what it shows here is what we have written.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=arguments)
