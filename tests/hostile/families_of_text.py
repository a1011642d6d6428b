"""Bad pages by their words and addresses, and bad flattened text."""

from collections.abc import Iterator
from itertools import cycle, islice

from schemas import RawPage
from tests.hostile.registry import family, text_page
from tests.hostile.story import story_page

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
