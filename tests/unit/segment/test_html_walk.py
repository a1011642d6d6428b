"""What the walk makes of markup: blocks, links, pictures, declarations."""

import pytest

from workers.segment.html_tags import TAGS
from workers.segment.html_walk import DEEPEST, walk


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        pytest.param("<p>One</p><p>Two</p>", ["One", "Two"], id="paragraphs"),
        pytest.param("<p>One <b>bold</b> word</p>", ["One bold word"], id="inline elements stay inside"),
        pytest.param("<p>One<br>Two</p>", ["One", "Two"], id="a line break parts"),
        pytest.param("<div>Loose<p>Inner</p>tail</div>", ["Loose", "Inner", "tail"], id="text around a block"),
        pytest.param("<p>See<img alt='A harbour'>there</p>", ["See", "A harbour", "there"], id="alt text is a block"),
        pytest.param("<p>a\n  b\t c</p>", ["a b c"], id="white space is folded"),
        pytest.param("<script>var a</script><style>b{}</style><p>x</p>", ["x"], id="code is not text"),
        pytest.param("<body><noscript><p>hidden</p></noscript><p>x</p>", ["x"], id="noscript is not shown"),
        pytest.param("<title>T</title><p>x</p>", ["x"], id="the title is declared, not shown"),
        pytest.param("<p>आज की ख़बर</p><p dir=rtl>خبر اليوم</p>", ["आज की ख़बर", "خبر اليوم"], id="any script"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_blocks_are_what_a_reader_sees_as_one_piece(html: str, texts: list[str]) -> None:
    assert walk(html).block_text == texts


def test_noscript_is_shown_when_asked_for() -> None:
    assert walk("<body><noscript><p>plain</p></noscript>", with_noscript=True).block_text == ["plain"]


def test_a_card_that_is_one_link_gives_its_target_to_every_block() -> None:
    tree = walk("<a href='/s/1'><h3>Ferry fares rise</h3><p>From May.</p></a><p>after</p>")
    assert tree.block_href == ["/s/1", "/s/1", None]
    assert [TAGS[tree.element_tag[element]] for element in tree.block_element] == ["h3", "p", "p"]


def test_links_inside_a_sentence_are_listed_and_measured() -> None:
    tree = walk("<p>The <a href='/a'>council</a> and the <a href='/b'>port</a> agreed.</p>")
    assert tree.block_links == [("/a", "/b")]
    assert tree.block_link_chars == [len("councilport")]


@pytest.mark.parametrize(
    ("attributes", "source"),
    [
        ("src='/a.jpg'", "/a.jpg"),
        ("src='data:image/gif;base64,R0' data-src='/b.jpg'", "/b.jpg"),
        ("src='/grey.png' data-src='/b.jpg'", "/b.jpg"),
        ("src='/a.jpg' srcset='/c.jpg 400w, /d.jpg 800w'", "/a.jpg"),
        ("srcset='/c.jpg 400w, /d.jpg 800w'", "/c.jpg"),
        ("alt='no address'", None),
    ],
)
def test_pictures_are_found_behind_lazy_loading(attributes: str, source: str | None) -> None:
    (image,) = walk(f"<figure><img {attributes}></figure>").images
    assert image.src == source


def test_a_page_declares_title_language_canonical_meta_and_json_ld() -> None:
    declared = walk(
        "<html lang=nl><head><title>T</title><link rel=canonical href=/c><base href='https://example.org/'>"
        "<meta property='og:title' content='O'><script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>"
        "</head><body><time datetime=2024-05-01>1 mei</time><a rel=author href=/x>Ann</a></body></html>"
    ).declared
    assert (declared.title, declared.lang, declared.canonical, declared.base) == (
        "T",
        "nl",
        "/c",
        "https://example.org/",
    )
    assert declared.meta["og:title"] == ["O"]
    assert declared.json_ld == [{"@type": "NewsArticle"}]
    assert declared.times == [("2024-05-01", "1 mei")]
    assert declared.rel_authors == ["Ann"]


def test_elements_own_contiguous_ranges_of_blocks() -> None:
    tree = walk("<main><section><p>1</p><p>2</p></section><aside><p>3</p></aside></main>")
    ranges = {TAGS[tag]: (tree.element_first[e], tree.element_last[e]) for e, tag in enumerate(tree.element_tag)}
    assert ranges["section"] == (0, 2)
    assert ranges["aside"] == (2, 3)
    assert ranges["main"] == (0, 3)


def test_nesting_costs_no_stack_and_keeps_the_text() -> None:
    tree = walk("<div>" * 50_000 + "deep")
    assert tree.block_text == ["deep"]
    assert max(tree.element_depth) <= DEEPEST
