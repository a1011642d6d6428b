"""How each block compares with what the page declares about its story, and where its link leads."""

import re
from itertools import chain

import numpy as np

from workers.segment.html_features_base import Groups, Matrix
from workers.segment.html_tree import HtmlTree
from workers.segment.page_context import PageContext, parted, split_url

EVIDENCE = (
    "title_match", "title_exact", "title_within", "description_match", "description_starts", "in_body", "names_author",
    "repeats",
    "linked", "own_link", "other_host", "path_parts", "path_shared", "slug_words", "slug_digits", "slug_match",
    "link_fragment", "link_query", "link_repeats",
)  # fmt: skip
# A title is compared with lines that could be one.
_LONGEST_TITLE = 300
_LONGEST_BYLINE = 200
# More than is compared of a longer text's opening, since letters may change their number in lower case.
_OPENING = 48
# Characters at the end of an address in which the headline's words may stand.
_SLUG = 160
_DIGITS = re.compile(r"\d{4,}")


_COMPARED, _SAID = 4, 7
"""So many of EVIDENCE compare a line with titles and description; so many come from the block's text."""
_LINKED = slice(8, 15)
_REPEATS, _MATCH, _FRAGMENT, _QUERY, _LINK_REPEATS = 7, 15, 16, 17, 18


def fill_evidence(into: Matrix, tree: HtmlTree, context: PageContext, texts: Groups, links: Groups) -> None:
    """Write EVIDENCE's rows (x blocks). texts and links group the blocks with the same text and the same target."""
    into[:] = 0
    into[_REPEATS] = texts.size
    lines: dict[str, _Line] = {}
    targets: dict[str, int] = {}
    target_rows: list[tuple[float, ...]] = [_UNLINKED]
    slugs = [""]
    target_of: list[int] = []
    telling: list[int] = []
    told: list[tuple[float, ...]] = []
    matching: list[int] = []
    matched: list[float] = []
    titles = _Titles(context)
    for at, (text, href) in enumerate(zip(tree.block_text, tree.block_href, strict=True)):
        line = lines.get(text)
        if line is None:
            line = lines[text] = titles.line(text)
        if line[1] is not None:
            telling.append(at)
            told.append(line[1])
        if not href:
            target_of.append(0)
            continue
        number = targets.get(href)
        if number is None:
            number = targets[href] = len(target_rows)
            row = _link(href, context)
            target_rows.append(row)
            slugs.append(href[-_SLUG:].lower() if row[0] else "")
        target_of.append(number)
        slug = slugs[number]
        if slug and line[0]:
            found, words = 0, set(line[0])
            for word in words:
                if len(word) > 2 and word in slug:
                    found += 1
            if found:
                matching.append(at)
                matched.append(found / len(words))
    if told:
        into[:_SAID, telling] = np.array(told, dtype=np.float32).T
    leads = np.array(target_of)
    rows = np.fromiter(chain.from_iterable(target_rows), np.float32, len(_UNLINKED) * len(target_rows))
    rows = rows.reshape(len(target_rows), -1).T.take(leads, axis=1)
    into[_LINKED] = rows[:7]
    into[_MATCH, matching] = matched
    into[_FRAGMENT], into[_QUERY] = rows[7], rows[8]
    into[_LINK_REPEATS] = np.where(leads > 0, links.size, 0)


_Line = tuple[list[str] | None, tuple[float, ...] | None]
"""The words of a line that could be a title, and the first _SAID of EVIDENCE; None where all are 0."""


class _Titles:
    """What the page declares, prepared for comparison with many lines."""

    def __init__(self, context: PageContext) -> None:
        self.context = context
        self.titles = [(title, len(title)) for title in context.titles]
        self.vocabulary = context.description.union(*context.titles)
        self.opening = context.description_text[:1]

    def line(self, text: str) -> _Line:
        """Compare one line with what the page declares."""
        context = self.context
        length = len(text)
        words = None
        compared = _NOTHING
        if length > _LONGEST_TITLE:
            lowered = text[:_OPENING].lower()
        else:
            lowered = text.lower()
            if length >= 8:
                words = parted(lowered)
                if not self.vocabulary.isdisjoint(words):
                    compared = self._compared(frozenset(words), lowered)
        starts = within = by = False
        if length >= 20:
            # Both ways of starting alike need the same first character.
            if self.opening and lowered[0] == self.opening:
                described = context.description_text
                starts = described.startswith(lowered[:40]) or lowered.startswith(described[:40])
            if context.body:
                within = lowered[2:42] in context.body
        if length <= _LONGEST_BYLINE:
            for name in context.authors:
                if name in lowered:
                    by = True
        if compared is _NOTHING and not (starts or within or by):
            return words, None
        return words, (*compared, starts, within, by)

    def _compared(self, line: frozenset[str], lowered: str) -> tuple[float, float, float, float]:
        """title_match, title_exact, title_within, description_match of a line that could be a title."""
        context, size = self.context, len(line)
        shared = line & self.vocabulary
        best = 0.0
        for title, length in self.titles:
            common = len(shared & title)
            if common:
                best = max(best, common / (size + length - common))
        common = len(shared & context.description)
        description = common / (size + len(context.description) - common) if common else 0.0
        if best < 0.3:
            return best, 0.0, 0.0, description
        exact = lowered in context.title_texts
        return best, exact, exact or any(lowered in title for title in context.title_texts), description


_NOTHING = (0.0,) * _COMPARED
_UNLINKED = (0.0,) * 9
_NOWHERE = ("#", "javascript:", "mailto:", "tel:")


def _link(href: str, context: PageContext) -> tuple[float, ...]:
    """linked, own_link, other_host, path_parts, path_shared, slug_words, slug_digits of one address.

    And whether it has a fragment and a query.
    """
    fragment, query = "#" in href, "?" in href
    split = split_url(href)
    if split is None or href.startswith(_NOWHERE):
        return (*_UNLINKED[:7], fragment, query)
    host, path = split
    other = bool(host) and host != context.host and not host.endswith("." + context.host)
    parts = [part for part in path.split("/") if part]
    shared = 0
    for mine, own in zip(parts, context.path_parts, strict=False):
        if mine != own:
            break
        shared += 1
    last = parts[-1] if parts else ""
    if len(parts) > 1 and len(parts[-2]) >= len(last):
        last = parts[-2]
    leads_home = not other and len(path) > 1 and path.rstrip("/") in context.own_paths
    slug = last.count("-") + last.count("_")
    digits = _DIGITS.search(path) is not None
    return 1, leads_home, other, len(parts), shared, slug, digits, fragment, query
