"""Families of bad pages that can be made as large as one likes: family(n) has about n bad things in it.

A page that takes twice as many of them must cost twice the work, and not four times.
"""

from collections.abc import Callable, Iterator
from itertools import cycle, islice

from schemas import RawPage
from tests.hostile.story import URL, story_page

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


# Depth


@family
def nested_divs(n: int) -> bytes:
    return story_page(inside="<div>" * n)


@family
def nested_divs_around_everything(n: int) -> bytes:
    return b"<div>" * n + story_page() + b"</div>" * n


@family
def nested_spans(n: int) -> bytes:
    return story_page(inside="<p>" + "<span>" * n + "deep" + "</span>" * n)


@family
def nested_lists(n: int) -> bytes:
    return story_page(after="<ul><li>item" * n)


@family
def nested_tables(n: int) -> bytes:
    return story_page(after="<table><tr><td>cell" * n)


@family
def nested_quotes(n: int) -> bytes:
    return story_page(inside="<blockquote>quoted" * n)


@family
def nested_links(n: int) -> bytes:
    return story_page(after="<a href='/x'><div>" * n)


@family
def nested_forms_and_selects(n: int) -> bytes:
    return story_page(after="<form><select><option><button>" * n)


@family
def nested_templates(n: int) -> bytes:
    return story_page(after="<template><p>" * n)


@family
def nested_drawings(n: int) -> bytes:
    return story_page(after="<svg><g><foreignObject><math><mtext>" * n)


@family
def nested_frames_and_objects(n: int) -> bytes:
    return story_page(after="<object><noscript><iframe>" * n)


@family
def formatting_left_open(n: int) -> bytes:
    opened = "".join(f"<b class=c{number}>" for number in range(n))
    return story_page(after=opened + "<p>text</p>" * n)


@family
def formatting_misnested(n: int) -> bytes:
    return story_page(after="<b><i><p></b></i>text" * n)


@family
def end_tags_without_begin(n: int) -> bytes:
    return story_page(before="</p></div></table></b></article>" * n)


@family
def table_full_of_strays(n: int) -> bytes:
    return story_page(after="<table>" + "stray <b>text<tr>" * n)


# Width


@family
def attributes(n: int) -> bytes:
    return story_page(attributes=" ".join(f"a{number}='{number}'" for number in range(n)))


@family
def attributes_of_one_name(n: int) -> bytes:
    return story_page(attributes="class='a' " * n)


@family
def class_names(n: int) -> bytes:
    return story_page(attributes="class='" + " ".join(f"related-{number}" for number in range(n)) + "'")


@family
def class_names_on_every_element(n: int) -> bytes:
    return story_page(after="".join(f"<div class='c{number} promo-{number}'>x</div>" for number in range(n)))


@family
def long_attribute(n: int) -> bytes:
    return story_page(inside=f"<img src='/a.jpg' alt='{'word ' * n}' class='{'x' * n}' id='{'-y' * n}'>")


@family
def data_images(n: int) -> bytes:
    return story_page(inside=f"<img src='data:image/png;base64,{'A' * n}'>")


@family
def paragraphs(n: int) -> bytes:
    return story_page(inside="<p>The ferry keeps running until the end of the month.</p>" * n)


@family
def one_long_word(n: int) -> bytes:
    return story_page(inside=f"<p>{'x' * n}</p>")


@family
def one_long_paragraph(n: int) -> bytes:
    return story_page(inside=f"<p>{'word, and another. ' * n}</p>")


@family
def pieces_of_text(n: int) -> bytes:
    return story_page(inside="<p>" + "a<b>b</b> " * n)


@family
def line_breaks(n: int) -> bytes:
    return story_page(inside="<p>" + "line<br><br>" * n)


@family
def list_items(n: int) -> bytes:
    return story_page(after="<ul>" + "".join(f"<li><a href='/s/{i}'>Story number {i} of the day</a>" for i in range(n)))


@family
def cards(n: int) -> bytes:
    card = (
        "<div class='card'><a href='/s/{0}'><img src='/{0}.jpg'><h3>Council votes on plan {0}</h3></a><p>Yes.</p></div>"
    )
    return story_page(after="".join(card.format(number) for number in range(n)))


@family
def the_same_card(n: int) -> bytes:
    return story_page(after="<div class='card'><h3><a href='/s'>Council votes on the new plan</a></h3></div>" * n)


@family
def headings(n: int) -> bytes:
    return story_page(before="".join(f"<h1>Headline number {number}</h1>" for number in range(n)))


@family
def images(n: int) -> bytes:
    return story_page(
        inside="".join(f"<figure><img src='/{i}.jpg'><figcaption>Photo: {i}</figcaption></figure>" for i in range(n))
    )


@family
def empty_elements(n: int) -> bytes:
    return story_page(inside="<p></p><span></span>" * n)


@family
def comments(n: int) -> bytes:
    return story_page(inside="<!-- x -->" * n)


@family
def one_long_comment(n: int) -> bytes:
    return story_page(inside=f"<!-- {'- x ' * n} -->")


@family
def comments_never_closed(n: int) -> str:
    return "<!-- " * n


@family
def scripts(n: int) -> bytes:
    return story_page(head="<script>var a = '</p>';</script>" * n)


@family
def script_never_closed(n: int) -> bytes:
    return story_page(after="<script>" + "<!--<script>" * n)


@family
def styles(n: int) -> bytes:
    return story_page(head="<style>p{}</style>" * n)


@family
def white_space(n: int) -> bytes:
    return story_page(inside=f"<p>a{' ' * n}b</p><p>a{'&nbsp; ' * n}b</p>")


# Head


@family
def long_title(n: int) -> bytes:
    return b"<title>" + b"Bridge | " * n + b"</title>" + story_page()


@family
def metas(n: int) -> bytes:
    return story_page(head="".join(f"<meta name='n{i}' content='c{i}'>" for i in range(n)))


@family
def metas_of_one_name(n: int) -> bytes:
    return story_page(head="<meta property='article:tag' content='harbour'>" * n)


@family
def keywords(n: int) -> bytes:
    return story_page(head=f"<meta name='keywords' content='{'harbour, ' * n}'>")


@family
def author_metas(n: int) -> bytes:
    return story_page(head=f"<meta name='author' content='{'Ann Example and ' * n}'>")


@family
def head_links(n: int) -> bytes:
    return story_page(head="<link rel='alternate canonical' href='/a'>" * n)


@family
def base_elements(n: int) -> bytes:
    return story_page(head="<base href='https://news.example/a/'>" * n)


@family
def times(n: int) -> bytes:
    return story_page(before="<time datetime='2024-03-05T10:00:00Z'>March 5, 2024</time>" * n)


@family
def item_properties(n: int) -> bytes:
    return story_page(before="<span itemprop='author' itemscope><b itemprop='name'>Ann Example</b></span>" * n)


# Entities


@family
def entities(n: int) -> bytes:
    return story_page(inside="<p>" + "&amp;&lt;&CounterClockwiseContourIntegral;" * n)


@family
def entities_that_are_none(n: int) -> bytes:
    return story_page(inside="<p>" + "&notanentity &#; &#x; &#xD800; &#1114112; &#0; &" * n)


@family
def one_long_number_reference(n: int) -> bytes:
    return story_page(inside="<p>&#" + "9" * n + "; &#x" + "f" * n + ";")


# JSON-LD


def json_ld(content: str) -> bytes:
    return story_page(head=f"<script type='application/ld+json'>{content}</script>")


@family
def json_ld_depth(n: int) -> bytes:
    return json_ld('{"a":' * n + "1" + "}" * n)


@family
def json_ld_depth_of_lists(n: int) -> bytes:
    return json_ld("[" * n)


@family
def json_ld_broken_depth(n: int) -> bytes:
    return json_ld('{"@type": "NewsArticle", "author": ' + '[{"name": ' * n)


@family
def json_ld_keys(n: int) -> bytes:
    return json_ld("{" + ",".join(f'"k{number}": {number}' for number in range(n)) + "}")


@family
def json_ld_keys_of_one_name(n: int) -> bytes:
    return json_ld('{"@type": "NewsArticle"' + ', "headline": "Bridge"' * n + "}")


@family
def json_ld_graph(n: int) -> bytes:
    nodes = ",".join(f'{{"@id": "#{i}", "@type": "NewsArticle", "author": {{"@id": "#{i + 1}"}}}}' for i in range(n))
    return json_ld(f'{{"@graph": [{nodes}]}}')


@family
def json_ld_cycle(n: int) -> bytes:
    nodes = ",".join(
        f'{{"@id": "#{i}", "isPartOf": {{"@id": "#{(i + 1) % n}"}}, "author": {{"@id": "#{i}"}}}}' for i in range(n)
    )
    return json_ld(f'{{"@graph": [{{"@type": "NewsArticle", "author": {{"@id": "#0"}}}}, {nodes}]}}')


@family
def json_ld_authors(n: int) -> bytes:
    people = ",".join(f'{{"@type": "Person", "name": "Ann Example {number}"}}' for number in range(n))
    return json_ld(f'{{"@type": "NewsArticle", "author": [{people}]}}')


@family
def json_ld_long_body(n: int) -> bytes:
    return json_ld(f'{{"@type": "NewsArticle", "articleBody": "{"The bridge reopened. " * n}"}}')


@family
def json_ld_long_number(n: int) -> bytes:
    return json_ld(f'{{"@type": "NewsArticle", "wordCount": {"9" * n}, "copyrightYear": 1e{"9" * n}}}')


@family
def json_ld_scripts(n: int) -> bytes:
    return story_page(head='<script type="application/ld+json">{"@type": "NewsArticle"}</script>' * n)


@family
def json_ld_that_is_not_json(n: int) -> bytes:
    return json_ld('{"@type": "NewsArticle", "headline": "' + 'He said "yes", and "no", ' * n + '"}')


@family
def json_ld_quotes(n: int) -> bytes:
    return json_ld('"' * n)


@family
def json_ld_escapes(n: int) -> bytes:
    return json_ld('{"@type": "NewsArticle", "headline": "' + "\\ud800\\u0000\\q" * n + '"}')


@family
def script_state(n: int) -> bytes:
    paragraphs = ",".join(f'{{"type": "paragraph", "text": "Paragraph number {i} of the story."}}' for i in range(n))
    return (
        f'<script id="__NEXT_DATA__" type="application/json">{{"story": {{"body": [{paragraphs}]}}}}</script>'.encode()
    )


# Addresses


@family
def long_addresses(n: int) -> bytes:
    return story_page(
        after=f"<a href='/{'a' * n}'>Council votes on the plan</a><a href='{'../' * n}x'>Ferry sails on</a>"
    )


@family
def queries(n: int) -> bytes:
    return story_page(after=f"<a href='/s?{'&'.join(f'utm_{i}={i}' for i in range(n))}'>Council votes on plan</a>")


@family
def links_in_the_story(n: int) -> bytes:
    return story_page(inside="<p>" + "".join(f"<a href='/s/{number}'>word</a> " for number in range(n)))


# Words


@family
def combining_marks(n: int) -> bytes:
    return story_page(inside="<p>Z" + "\u0301\u0316" * n)


@family
def joined_emoji(n: int) -> bytes:
    return story_page(inside="<p>" + "👩\u200d" * n)


@family
def text_without_spaces(n: int) -> bytes:
    return story_page(inside="<p>" + "橋は月曜日に開通した。" * n)


@family
def direction_marks(n: int) -> bytes:
    return story_page(inside="<p>" + "\u202e\u2066a" * n)


@family
def openings_without_end(n: int) -> bytes:
    return story_page(inside="<p>" + "(" * n + "</p><p>" + "“" * n + "</p><p>" + "[" * n)


@family
def names_and_dates(n: int) -> bytes:
    return story_page(before="<p class='byline'>By " + "Ann Example and Bob Sample, 5 March 2024 10:00 by " * n)


@family
def captions_with_credits(n: int) -> bytes:
    return story_page(inside="<figure><img src='/a.jpg'><figcaption>" + "Photo: AP / Reuters via Getty Images (" * n)


@family
def digits_and_dashes(n: int) -> bytes:
    return story_page(before="<time>" + "2024-03-05 " * n + "</time><p>" + "1-" * n + "</p>")


@family
def dots(n: int) -> bytes:
    return story_page(after="<div class='card'><h3>Bridge" + "…" * n + "." * n + "</h3></div>")


# Flattened text


def alternating(lines: list[str], n: int) -> Iterator[str]:
    return islice(cycle(lines), n)


@family
def text_lines(n: int) -> RawPage:
    return text_page("\n".join(f"This is line number {number} of the page." for number in range(n)))


@family
def text_of_one_line(n: int) -> RawPage:
    return text_page("word and word. " * n)


@family
def text_of_one_word(n: int) -> RawPage:
    return text_page("x" * n)


@family
def text_of_blank_lines(n: int) -> RawPage:
    return text_page("a" + "\n \t\r\n" * n + "b")


@family
def text_of_one_line_repeated(n: int) -> RawPage:
    # No sentence: whether enough of them make a story may change with their number, and the work with it.
    return text_page("Show more\n" * n)


@family
def text_of_clock_times(n: int) -> RawPage:
    return text_page("News Feed\n" + "".join(alternating(["2:38 AM\n", "The bridge reopened on Monday.\n"], n)))


@family
def text_of_pairs(n: int) -> RawPage:
    return text_page(
        "".join(f"Council votes on plan {i}\nThe council voted on plan {i} on Monday…\n\n" for i in range(n))
    )


@family
def text_of_bullets(n: int) -> RawPage:
    return text_page("• item\n- item\n* item\n" * n)


@family
def text_hard_wrapped(n: int) -> RawPage:
    return text_page("the harbour bridge reopened to traffic on Monday\n" * n)


@family
def text_of_line_ends(n: int) -> RawPage:
    return text_page("a\rb\x0bc\x0cd\x85e\u2028f\u2029" * n)


@family
def text_of_prompts(n: int) -> RawPage:
    return text_page("Read more: Council votes on the plan\n2 min read\nArticle image\nShow more\n" * n)


@family
def text_of_brackets(n: int) -> RawPage:
    return text_page("(Photo by Ann Example/Agency via " * n)
