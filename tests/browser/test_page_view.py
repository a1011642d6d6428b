"""`broadsheet segment --format html` in a real browser: switches, keys, phones, several pages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.views import Show, Watched, choose, sample, visible
from workers.cli.page_view_look import Look


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
