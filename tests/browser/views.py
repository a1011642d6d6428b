"""Views of sample pages, and what a browser shows of them."""

import re
from collections.abc import Callable

from playwright.sync_api import Dialog, Page

from schemas import RawPage
from tests.conftest import REPOSITORY
from workers.cli.page_view_look import Look, look_at

SAMPLES = REPOSITORY / "workers" / "cli" / "samples"
STORY = "https://harbourpost.example/transport/night-ferry-skerrow-returns"

Show = Callable[..., Page]


class Watched:
    """What a page has asked for and said."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()


def sample(name: str, url: str | None = None) -> Look:
    return look_at(RawPage(body=(SAMPLES / name).read_bytes(), url=url), name, explain=True)


def visible(page: Page, selector: str) -> int:
    found = page.evaluate("s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length", selector)
    return int(found)


def choose(page: Page, label: str) -> None:
    page.locator("header label", has_text=re.compile(f"^{label}$")).click()
