"""How each block compares with what the page declares about its story, and where its link leads."""

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from workers.segment.characters import Counts
from workers.segment.html_tree import HtmlTree
from workers.segment.page_context import PageContext, fold, split_url, tokens

EVIDENCE = (
    "title_match", "title_exact", "title_within", "description_match", "description_starts", "in_body", "names_author",
    "repeats", "linked", "own_link", "other_host", "path_parts", "path_shared", "slug_words", "slug_digits", "slug_match",
    "link_fragment", "link_query", "link_repeats",
)  # fmt: skip
# A title is compared with lines that could be one.
_LONGEST_TITLE = 300
_DIGITS = re.compile(r"\d{4,}")


def evidence(tree: HtmlTree, context: PageContext, counts: Counts) -> NDArray[np.float32]:
    """n x len(EVIDENCE), in EVIDENCE's order."""
    rows = np.zeros((len(tree.block_text), len(EVIDENCE)), dtype=np.float32)
    repeats = Counter(tree.block_text)
    link_repeats = Counter(href for href in tree.block_href if href)
    described = context.description_text
    links: dict[str, tuple[float, ...]] = {}
    for row, (text, href) in enumerate(zip(tree.block_text, tree.block_href, strict=True)):
        length = len(text)
        line = None
        if 8 <= length <= _LONGEST_TITLE:
            line = tokens(text)
            if context.titles and line:
                rows[row, 0], rows[row, 1], rows[row, 2] = _title(text, line, context)
            if described and line:
                rows[row, 3] = len(line & context.description) / len(line | context.description)
        if length >= 20:
            lowered = text.lower()
            if described:
                rows[row, 4] = described.startswith(lowered[:40]) or lowered.startswith(described[:40])
            if context.body:
                rows[row, 5] = lowered[2:42] in context.body
        if context.authors and length <= 200:
            lowered = text.lower()
            rows[row, 6] = any(name in lowered for name in context.authors)
        rows[row, 7] = repeats[text]
        if href:
            known = links.get(href)
            if known is None:
                known = links[href] = _link(href, context)
            rows[row, 8:15] = known
            if line and known[0]:
                slug = tokens(href[-120:])
                rows[row, 15] = len(line & slug) / len(line)
            rows[row, 16] = href.startswith("#") or "#" in href
            rows[row, 17] = "?" in href
            rows[row, 18] = link_repeats[href]
    return rows


def _title(text: str, line: frozenset[str], context: PageContext) -> tuple[float, bool, bool]:
    best = max(len(line & title) / len(line | title) for title in context.titles)
    if best < 0.3:
        return best, False, False
    folded = fold(text)
    exact = folded in context.title_texts
    return best, exact, exact or any(folded in title for title in context.title_texts)


def _link(href: str, context: PageContext) -> tuple[float, ...]:
    """linked, own_link, other_host, path_parts, path_shared, slug_words, slug_digits of one address."""
    split = split_url(href)
    if split is None or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    host, path = split
    other = bool(host) and host != context.host and not host.endswith("." + context.host)
    parts = [part for part in path.split("/") if part]
    shared = 0
    for mine, own in zip(parts, context.path_parts, strict=False):
        if mine != own:
            break
        shared += 1
    last = max(parts[-2:], key=len, default="")
    own = not other and len(path) > 1 and path.rstrip("/") in context.own_paths
    slug = last.count("-") + last.count("_")
    return (
        1.0,
        float(own),
        float(other),
        float(len(parts)),
        float(shared),
        float(slug),
        float(bool(_DIGITS.search(path))),
    )
