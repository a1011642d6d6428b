"""The headline as a reader sees it, out of four that disagree: printed, JSON-LD, Open Graph, <title>.

The printed one is what the labeller took for the headline; a kicker may be fused to it. The declared ones carry the
site's name, or are written for search engines. Measured with a perfect labeller on 131 pages whose truth is what the
publisher declares and on 244 whose truth is the block that is printed (114 pages are in both, and on 27 of these the
two truths differ, so no rule can be right on both):

                                                              declared   printed
    printed only                                                  .756     1.000
    JSON-LD, else printed                                         .847      .832
    Open Graph, else JSON-LD                                      .817      .705
    printed, unless JSON-LD and Open Graph agree on another       .855      .926
    the same, if JSON-LD calls it news; kickers cut off           .870      .918
"""

import re
from collections.abc import Iterable

from workers.enrich.claims import Claims
from workers.enrich.ids import normalised
from workers.enrich.text import plain, tidy

_SEPARATOR = re.compile(r"\s+(?:[|\-–—―*•·»:]|::|//)\s+|\s*[|｜]\s*|：|＿|(?<=\S)\s?[|»]\s")
_EDGES = " |｜＿-–—―*•·»:：/"
# What stands between a headline and the site's name behind it; a colon stands between a kicker and a headline.
_TAIL = re.compile(r"\s+[|\-–—―*•·»/]+\s|\s*[|｜»]\s?|：")
# A headline shorter than this is a section name or a fragment; what is cut down to less was no headline with a tail.
SHORTEST = 8


def headline_of(
    printed: str | None, claims: Claims, names: Iterable[str | None], near: Iterable[str] = ()
) -> str | None:
    """The story's headline, without the site's name and without a kicker.

    printed is the segmenter's headline block, near are the lines around it; names are the site's, as it may append
    them.
    """
    shown = tidy(printed)
    structured = plain(claims.structured_headline)
    if shown is not None and shown == structured:
        return shown
    houses = {key for name in names if name and (key := _squeezed(name))}
    graph = plain(claims.graph_headline)
    title = plain(claims.title)
    candidates = [each for each in (shown, structured, graph, title) if each]
    structured, graph, title = (_without_site(each, candidates, houses) for each in (structured, graph, title))
    if shown is None:
        return structured or graph or title
    declared = [each for each in (graph, structured) if each]
    shown = _behind_kicker(shown, declared, near) or _without_kicker(shown.strip(" :–—|"), declared)
    if claims.is_news and structured and graph and _same(structured, graph):
        return structured
    return shown or structured or graph


def _same(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)


def _without_site(text: str | None, candidates: list[str], houses: set[str]) -> str | None:
    """text without the site's name (or section) that a template appended or put in front."""
    if not text:
        return None
    for other in candidates:
        if SHORTEST <= len(other) < len(text) and text.startswith(other) and _TAIL.match(text, len(other)):
            return other
    pieces = _SEPARATOR.split(text)
    if len(pieces) > 1:
        if _squeezed(pieces[-1]) in houses:
            text = text[: text.rindex(pieces[-1])].rstrip(_EDGES)
        elif _squeezed(pieces[0]) in houses:
            text = text[len(pieces[0]) :].lstrip(_EDGES)
    return text or None


def _without_kicker(shown: str, declared: list[str]) -> str:
    """The printed headline without a kicker in the same block, if what is left is what the page declares.

    A headline that the page declares just as it is printed has no kicker: "Explained: How …" is meant so.
    """
    if shown in declared:
        return shown
    for other in declared:
        if SHORTEST <= len(other) < len(shown) and shown.endswith(other):
            return other
    return shown


def _behind_kicker(shown: str, declared: list[str], near: Iterable[str]) -> str | None:
    """The headline, when what the segmenter took for it is the kicker: declared "shown: headline", printed next to
    it.
    """
    for other in declared:
        rest = other[len(shown) :].lstrip(" :–—-|") if other.startswith(shown) else ""
        if len(rest) >= SHORTEST and rest in near:
            return rest
    return None


def _squeezed(text: str) -> str:
    """Letters and digits only: "The Daily-Example" and "thedailyexample" are one name."""
    return normalised(text).replace(" ", "")
