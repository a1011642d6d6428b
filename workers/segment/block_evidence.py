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
    "repeats",
    "linked", "own_link", "other_host", "path_parts", "path_shared", "slug_words", "slug_digits", "slug_match",
    "link_fragment", "link_query", "link_repeats",
)  # fmt: skip
# A title is compared with lines that could be one.
_LONGEST_TITLE = 300
_LONGEST_BYLINE = 200
# Characters at the end of an address in which the headline's words may stand.
_SLUG = 160
_DIGITS = re.compile(r"\d{4,}")


def evidence(tree: HtmlTree, context: PageContext, counts: Counts) -> NDArray[np.float32]:
    """n x len(EVIDENCE), in EVIDENCE's order."""
    repeats = Counter(tree.block_text)
    link_repeats = Counter(tree.block_href)
    described, body, names = context.description_text, context.body, context.authors
    lines: dict[str, tuple[float, ...]] = {}
    links: dict[str, tuple[float, ...]] = {}
    rows: list[tuple[float, ...]] = []
    for text, href in zip(tree.block_text, tree.block_href, strict=True):
        length = len(text)
        line = None
        if 8 <= length <= _LONGEST_TITLE:
            line = tokens(text)
        said = lines.get(text)
        if said is None:
            starts = within = by = 0.0
            lowered = text[:_LONGEST_TITLE].lower()
            if length >= 20:
                if described:
                    starts = float(described.startswith(lowered[:40]) or lowered.startswith(described[:40]))
                if body:
                    within = float(lowered[2:42] in body)
            if names and length <= _LONGEST_BYLINE:
                by = float(any(name in lowered for name in names))
            said = lines[text] = (*_compared(line, text, context), starts, within, by, repeats[text])
        if not href:
            rows.append(said + _UNLINKED)
            continue
        known = links.get(href)
        if known is None:
            known = links[href] = _link(href, context)
        match = 0.0
        if line and known[0]:
            slug = href[-_SLUG:].lower()
            match = sum(word in slug for word in line if len(word) > 2) / len(line)
        rows.append((*said, *known, match, float("#" in href), float("?" in href), link_repeats[href]))
    return np.array(rows, dtype=np.float32)


def _compared(line: frozenset[str] | None, text: str, context: PageContext) -> tuple[float, float, float, float]:
    """title_match, title_exact, title_within, description_match of a line that could be a title."""
    if not line:
        return 0.0, 0.0, 0.0, 0.0
    best = 0.0
    for title in context.titles:
        common = len(line & title)
        if common:
            best = max(best, common / (len(line) + len(title) - common))
    common = len(line & context.description)
    description = common / (len(line) + len(context.description) - common) if common else 0.0
    if best < 0.3:
        return best, 0.0, 0.0, description
    folded = fold(text)
    exact = folded in context.title_texts
    return best, float(exact), float(exact or any(folded in title for title in context.title_texts)), description


_UNLINKED = (0.0,) * 11


def _link(href: str, context: PageContext) -> tuple[float, ...]:
    """linked, own_link, other_host, path_parts, path_shared, slug_words, slug_digits of one address."""
    split = split_url(href)
    if split is None or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return _UNLINKED[:7]
    host, path = split
    other = bool(host) and host != context.host and not host.endswith("." + context.host)
    parts = [part for part in path.split("/") if part]
    shared = 0
    for mine, own in zip(parts, context.path_parts, strict=False):
        if mine != own:
            break
        shared += 1
    last = max(parts[-2:], key=len, default="")
    leads_home = not other and len(path) > 1 and path.rstrip("/") in context.own_paths
    slug = last.count("-") + last.count("_")
    digits = _DIGITS.search(path) is not None
    return 1.0, float(leads_home), float(other), float(len(parts)), float(shared), float(slug), float(digits)
