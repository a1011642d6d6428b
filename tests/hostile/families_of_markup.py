"""Bad pages by their elements: how deep, how many, how long."""

from tests.hostile.registry import family
from tests.hostile.story import story_page

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
