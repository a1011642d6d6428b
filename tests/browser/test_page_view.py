"""`broadsheet segment --format html` in a real browser: switches, keys, phones; and a page that tries everything."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from schemas import RawPage
from tests.conftest import REPOSITORY
from workers.cli.page_view_html import html_view
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


def sample(name: str, url: str | None = None) -> Look:
    return look_at(RawPage(body=(SAMPLES / name).read_bytes(), url=url), name, explain=True)


@pytest.fixture(scope="module")
def ferry() -> Look:
    return sample("harbour-ferry.html", url=STORY)


def visible(page: Page, selector: str) -> int:
    found = page.evaluate("s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length", selector)
    return int(found)


def choose(page: Page, label: str) -> None:
    page.locator("header label", has_text=re.compile(f"^{label}$")).click()


def test_the_switches_show_only_what_they_say(show: Show, ferry: Look) -> None:
    page = show(ferry)
    everything = visible(page, ".block")
    assert everything == len(ferry.segmented.blocks)
    assert len(ferry.records.teasers) == visible(page, ".numbered .teaser-headline") > 3
    choose(page, "article")
    article = visible(page, ".block")
    assert visible(page, ".body") > 3
    assert visible(page, ".numbered") == visible(page, ".chrome") == 0
    choose(page, "promos")
    promos = visible(page, ".block")
    assert visible(page, ".numbered") > 3
    assert visible(page, ".body") == visible(page, ".chrome") == 0
    choose(page, "chrome")
    assert visible(page, ".chrome") == everything - article - promos
    assert visible(page, ".body") == visible(page, ".numbered") == 0
    choose(page, "all")
    assert visible(page, ".block") == everything


def test_pointing_at_a_block_shows_role_confidence_and_why(show: Show, ferry: Look) -> None:
    page = show(ferry)
    block = page.locator(".body").first
    why = block.locator(".why")
    expect(why).to_be_hidden()
    block.hover()
    expect(why).to_be_visible()
    assert re.match(r"body \d+%, next ", why.inner_text())
    assert why.locator("li.for").count() > 0


def test_the_keyboard_does_all_that_the_pointer_does(show: Show, ferry: Look) -> None:
    page = show(ferry)
    focused = page.locator(".block:focus")
    page.keyboard.press("j")
    expect(focused).to_have_attribute("id", "block-0")
    page.keyboard.press("n")
    expect(focused).to_contain_text(ferry.records.teasers[0].headline)
    expect(focused.locator(".why")).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(focused).to_have_count(1)
    page.keyboard.press("2")
    assert visible(page, ".chrome") == 0
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(focused).to_have_count(0)
    # Without the script: Tab to the radio buttons, arrows among them.
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#show-article")).to_be_checked()


def test_a_record_and_its_card_lead_to_each_other(show: Show, ferry: Look) -> None:
    page = show(ferry)
    page.locator("#teaser-record-2 .number").click()
    assert page.url.endswith("#teaser-2")
    expect(page.locator("#teaser-2")).to_contain_text(ferry.records.teasers[1].headline)
    expect(page.locator("#teaser-2")).to_be_in_viewport()
    page.locator("#teaser-record-1 summary").click()
    expect(page.locator("#teaser-record-1 pre")).to_contain_text(f'"headline": "{ferry.records.teasers[0].headline}"')


@pytest.mark.parametrize(("scheme", "choice", "is_dark"), [
    ("light", "auto", False), ("dark", "auto", True), ("light", "dark", True), ("dark", "light", False),
])  # fmt: skip
def test_dark_and_light_follow_the_system_or_the_reader(
    show: Show, ferry: Look, scheme: str, choice: str, is_dark: bool
) -> None:
    page = show(ferry, color_scheme=scheme)
    choose(page, choice)
    red = page.evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
    assert (red < 128) is is_dark


def test_a_phone_scrolls_in_one_direction_only_and_a_tap_tells_why(show: Show, ferry: Look) -> None:
    page = show(ferry, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    block = page.locator(".body").nth(1)
    block.tap()
    expect(block.locator(".why")).to_be_in_viewport()


def test_several_pages_are_a_list_in_which_each_can_be_opened(show: Show, ferry: Look) -> None:
    front = sample("harbour-front.html", url="https://harbourpost.example/")
    watch: list[Watched] = []
    page = show(front, ferry, watch=watch)
    leaves = page.locator(".leaf > summary")
    assert leaves.count() == 2
    expect(leaves.first).to_contain_text(
        f"no article · {(count := len(front.records.teasers))} teasers ({count} list) · no snippets"
    )
    expect(leaves.last).to_contain_text("Night ferry to Skerrow returns")
    assert visible(page, ".block") == 0
    leaves.last.click()
    assert visible(page, ".block") == len(ferry.segmented.blocks)
    # The same numbers stand on both pages: each leads to its own.
    page.locator("#page-2-teaser-record-2 .number").click()
    expect(page.locator("#page-2-teaser-2")).to_be_in_viewport()
    choose(page, "promos")
    assert visible(page, ".chrome") == 0
    page.keyboard.press("n")
    expect(page.locator(".block:focus")).to_have_count(1)
    leaves.first.click()
    first = page.locator("#page-1-teaser-record-1")
    expect(first).to_contain_text("list, position 0")
    expect(first).to_contain_text(front.records.teasers[0].url or "")
    assert len(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")) == page.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
    )
    assert watch[0].said == []


def test_a_list_of_pages_fits_a_phone(show: Show, ferry: Look) -> None:
    page = show(ferry, ferry, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.locator("summary").first.tap()
    assert visible(page, ".block") == len(ferry.segmented.blocks)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", ["valley-wire.txt", "sahil-garden.html", "harbour-front.html", "cookie-wall.html"])
def test_text_pages_other_scripts_and_pages_without_a_story_are_shown(show: Show, name: str) -> None:
    look = sample(name)
    watch: list[Watched] = []
    page = show(look, watch=watch)
    assert visible(page, ".block") == len(look.segmented.blocks) > 0
    numbers = page.locator(".page .number").all_inner_texts()
    assert len(numbers) >= len(look.records.teasers) + len(look.records.snippets)
    assert watch[0].said == []


def test_only_the_view_itself_is_loaded_and_nothing_complains(show: Show, ferry: Look) -> None:
    watch: list[Watched] = []
    page = show(ferry, watch=watch)
    page.keyboard.press("n")
    assert [url.split(":")[0] for url in watch[0].requests if not url.startswith("data:")] == ["file"]
    assert watch[0].said == []


ATTACKS = [
    "<script>window.broken = 1; fetch('http://127.0.0.1:9/s')</script>",
    "</div></section></main><script>window.broken = 1</script>",
    "</style><style>@import url(http://127.0.0.1:9/c); body { display: none }</style>",
    "<img src=http://127.0.0.1:9/i onerror='window.broken = 1'>",
    '"><svg onload="window.broken = 1"><a xlink:href="javascript:window.broken=1">x</a></svg>',
    "'><iframe srcdoc='<script>parent.broken = 1</script>'></iframe>",
    "<base href=http://127.0.0.1:9/><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/r'>",
    "<!--</title><textarea><plaintext>",
    "<form action=http://127.0.0.1:9/f><button autofocus onfocus='window.broken = 1'>b</button></form>",
    "\u202egnp.exe \x1b]0;owned\x07 \ufdd0 &lt;script&gt;window.broken=1&lt;/script&gt; ${broken} {{broken}}",
]


def hostile_page(attack: str) -> bytes:
    """A story whose every part is the attack: as markup, as text, as attribute, as address, as JSON-LD."""
    told = attack.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    story = "The harbour board said on Monday that the ferry will sail again in June, after eleven years of silence. "
    return f"""<!doctype html><html lang=en><title>{told}</title>
<meta property="og:title" content="{told}"><link rel=canonical href="https://daily.example/{told}">
<article><h1>{told} returns</h1><p class=byline>By <a rel=author href="{told}">{told}</a></p>
<figure><img src="javascript:{told}" alt="{told}"><figcaption>{told} Photo: {told}</figcaption></figure>
{"".join(f"<p>{number} {story * 2}{told}</p>" for number in range(6))}
<aside class=related><h2>Read more</h2>
<a href="javascript:window.broken=1//{told}"><h3>The other story of the harbour {told}</h3></a>
<p>{told} What the islanders said about it, and why…</p></aside></article>{attack}</html>""".encode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_page_stays_text(show: Show, attack: str) -> None:
    page_bytes = hostile_page(attack)
    look = look_at(RawPage(body=page_bytes, url=STORY, content_type="text/html"), f"{attack}.html", explain=True)
    assert look.segmented.blocks
    watch: list[Watched] = []
    page = show(look, watch=watch)
    page.locator(".block").first.hover()
    page.locator(".block").first.click()
    page.keyboard.press("j")
    assert page.evaluate("window.broken") is None
    assert [url for url in watch[0].requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in watch[0].requests if url.startswith("file:")]) == 1
    assert watch[0].said == []
    assert page.locator("script").count() == page.locator("style").count() == 1
    assert page.locator("img, svg, iframe, base, form, object, embed, [onload], [onerror], [onfocus]").count() == 0
    assert page.evaluate("[...document.links].every(a => a.getAttribute('href').startsWith('#'))")
    assert visible(page, ".block") == len(look.segmented.blocks)


def test_flattened_text_that_is_markup_stays_text(show: Show) -> None:
    text = "\n\n".join([*ATTACKS, "The harbour board said on Monday that the ferry will sail again in June, at last."])
    look = look_at(RawPage(body=text.encode(), content_type="text/plain"), "-", explain=True)
    watch: list[Watched] = []
    page = show(look, watch=watch)
    assert page.evaluate("window.broken") is None
    assert visible(page, ".block") == len(look.segmented.blocks) >= len(ATTACKS)
    assert watch[0].said == []


def test_the_policy_itself_stops_what_would_slip_through(show: Show, ferry: Look) -> None:
    page = show(ferry)
    page.evaluate(
        """() => {
          const add = (name, attributes, text) => {
            const element = Object.assign(document.createElement(name), attributes);
            if (text) element.textContent = text;
            document.body.append(element);
          };
          window.stopped = [];
          document.addEventListener("securitypolicyviolation",
            (event) => window.stopped.push(event.effectiveDirective));
          add("script", {}, "window.broken = 1");
          add("img", { src: "http://127.0.0.1:9/i" });
          add("iframe", { src: "http://127.0.0.1:9/f" });
          add("link", { rel: "stylesheet", href: "http://127.0.0.1:9/c" });
        }"""
    )
    page.wait_for_function("window.stopped.length >= 4")
    assert page.evaluate("window.broken") is None
    assert set(page.evaluate("window.stopped")) == {"script-src-elem", "img-src", "frame-src", "style-src-elem"}
