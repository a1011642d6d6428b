"""Bad pages by what they declare: the head, entities, JSON-LD."""

from tests.hostile.registry import family
from tests.hostile.story import story_page

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
