"""A page that tries everything stays inert in its view."""

import pytest

from schemas import RawPage
from tests.browser.views import STORY, Show, Watched, visible
from workers.cli.page_view_look import Look, look_at


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
