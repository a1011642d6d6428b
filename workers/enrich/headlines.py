"""The headline as a reader sees it, out of four that disagree: printed, JSON-LD, Open Graph, <title>.

The printed one is what the labeller took for the headline; a kicker may be fused to it. The declared ones carry the site's
name, or are written for search engines. Measured on the two corpora that have headlines (131 pages whose truth is what the
publisher declares, 244 whose truth is what is printed; share right, with a perfect labeller):

    printed only                       .756    1.000
    JSON-LD, else printed              .847     .832
    Open Graph, else JSON-LD           .817     .705
    printed unless JSON-LD and Open Graph agree on another
                                       .855     .926
"""

import re
from collections.abc import Iterable

from workers.enrich.claims import Claims
from workers.enrich.ids import normalised
from workers.enrich.text import plain, tidy

_SEPARATOR = re.compile(r"\s+(?:[|\-–—―*•·»:]|::|//)\s+|\s*[|｜]\s*|：|＿|(?<=\S)\s?[|»]\s")
# What may stand between a kicker and the headline that it is fused to.
_JOINT = " :–—-|/·•.,"
# A headline shorter than this is a section name or a fragment; what is cut down to less was no headline with a tail.
SHORTEST = 8


def headline_of(printed: str | None, claims: Claims, names: Iterable[str | None]) -> str | None:
    """The story's headline, without the site's name and without a kicker.

    printed is the segmenter's headline block; names are the site's, as it may append them.
    """
    houses = {key for name in names if name and (key := _squeezed(name))}
    shown = tidy(printed)
    structured = plain(claims.structured_headline)
    graph = plain(claims.graph_headline)
    title = plain(claims.title)
    candidates = [each for each in (shown, structured, graph, title) if each]
    structured, graph, title = (_without_site(each, candidates, houses) for each in (structured, graph, title))
    if shown is None:
        return structured or graph or title
    shown = _without_kicker(shown.strip(" :–—|"), [each for each in (graph, structured) if each])
    if structured and graph and _same(structured, graph):
        return structured
    return shown or structured or graph


def _same(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)


def _without_site(text: str | None, candidates: list[str], houses: set[str]) -> str | None:
    """text without the site's name (or section) that a template appended or put in front."""
    if not text:
        return None
    for other in candidates:
        if SHORTEST <= len(other) < len(text) and text.startswith(other) and _SEPARATOR.match(text, len(other)):
            return other
    pieces = _SEPARATOR.split(text)
    if len(pieces) > 1:
        if _squeezed(pieces[-1]) in houses:
            text = text[: text.rindex(pieces[-1])].rstrip(" |-–—―*•·»:：/")
        elif _squeezed(pieces[0]) in houses:
            text = text[len(pieces[0]) :].lstrip(" |-–—―*•·»:：/")
    return text or None


def _without_kicker(shown: str, declared: list[str]) -> str:
    """The printed headline without a kicker in the same block, if what is left is what the page declares."""
    for other in declared:
        if SHORTEST <= len(other) < len(shown) and shown.endswith(other):
            return other
    return shown


def _squeezed(text: str) -> str:
    """Letters and digits only: "The Daily-Example" and "thedailyexample" are one name."""
    return normalised(text).replace(" ", "")
