"""Where families of bad pages register themselves: family(n) is a page with about n bad things in it."""

from collections.abc import Callable

from schemas import RawPage
from tests.hostile.story import URL

Family = Callable[[int], RawPage]

FAMILIES: dict[str, Family] = {}


def family(make: Callable[[int], bytes | str | RawPage]) -> Family:
    """Register a function that makes HTML for n as a family under its own name."""

    def page(n: int) -> RawPage:
        made = make(n)
        if isinstance(made, RawPage):
            return made
        body = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
        return RawPage(body=body, url=URL, content_type="text/html; charset=utf-8")

    FAMILIES[make.__name__] = page
    return page


def text_page(text: str) -> RawPage:
    return RawPage(body=text.encode("utf-8", "surrogatepass"), url=URL, content_type="text/plain; charset=utf-8")
