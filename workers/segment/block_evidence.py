"""How each block compares with what the page declares about its story, and where its link leads. Compiled."""

import numpy as np

from workers.segment.html_features_base import Groups, Matrix
from workers.segment.html_tree import HtmlTree
from workers.segment.page_context import PageContext, parted

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
_YEAR = 4
"""Digits in a row from which on an address holds a date or a number of its page."""
_TITLE_MATCH, _TITLE_EXACT, _TITLE_WITHIN, _DESCRIPTION_MATCH, _STARTS, _IN_BODY, _NAMES_AUTHOR, _REPEATS = range(8)
_LINKED, _OWN_LINK, _OTHER_HOST, _PATH_PARTS, _PATH_SHARED, _SLUG_WORDS, _SLUG_DIGITS, _SLUG_MATCH = range(8, 16)
_FRAGMENT, _QUERY, _LINK_REPEATS = range(16, 19)
_NOWHERE = ("#", "javascript:", "mailto:", "tel:")


def fill_evidence(into: Matrix, tree: HtmlTree, context: PageContext, texts: Groups, links: Groups) -> None:
    """Write EVIDENCE's rows (x blocks). texts and links group the blocks with the same text and the same target."""
    _fill(into, tree.block_text, tree.block_href, Declaration(context), Targets(context), texts, links)


def _fill(
    into: Matrix,
    block_text: list[str],
    block_href: list[str | None],
    declaration: "Declaration",
    targets: "Targets",
    texts: Groups,
    links: Groups,
) -> None:
    into[:] = 0
    text_of, copies, link_of, repeats = texts.of, texts.size, links.of, links.size
    # Where each text and each target was seen first; what was found there holds for the others.
    first_text = np.full(texts.number, -1, dtype=np.int64)
    first_link = np.full(links.number, -1, dtype=np.int64)
    words: list[list[str] | None] = [None] * texts.number
    slugs: list[str | None] = [None] * links.number
    for at in range(len(block_text)):
        text = block_text[at]
        group = text_of[at]
        into[_REPEATS, at] = copies[at]
        seen = first_text[group]
        if seen < 0:
            first_text[group] = at
            words[group] = declaration.compare(text, into, at)
        else:
            for row in range(_REPEATS):
                into[row, at] = into[row, seen]
        href = block_href[at]
        if not href:
            continue
        target = link_of[at]
        into[_LINK_REPEATS, at] = repeats[at]
        seen = first_link[target]
        if seen < 0:
            first_link[target] = at
            if targets.describe(href, into, at):
                slugs[target] = href[-_SLUG:].lower()
        else:
            for row in range(_LINKED, _SLUG_MATCH):
                into[row, at] = into[row, seen]
            into[_FRAGMENT, at] = into[_FRAGMENT, seen]
            into[_QUERY, at] = into[_QUERY, seen]
        slug = slugs[target]
        line = words[group]
        if slug is not None and line is not None:
            own = set(line)
            found = 0
            for word in own:
                if len(word) > 2 and word in slug:
                    found += 1
            if found:
                into[_SLUG_MATCH, at] = found / len(own)


_SHORTEST_TITLE = 8
"""Characters."""


class Declaration:
    """What the page declares of its story, prepared for comparison with many lines."""

    def __init__(self, context: PageContext) -> None:
        self.titles = context.titles
        self.title_texts = context.title_texts
        self.authors = context.authors
        self.description = context.description
        self.described = context.description_text
        self.body = context.body
        self.vocabulary = context.description.union(*context.titles)

    def compare(self, text: str, into: Matrix, at: int) -> list[str] | None:
        """Compare one line with what the page declares; the words of one that could be a title."""
        length = len(text)
        words = None
        if length > _LONGEST_TITLE:
            lowered = text[:_OPENING].lower()
        else:
            lowered = text.lower()
            if length >= _SHORTEST_TITLE:
                words = parted(lowered) if _may_be_unspaced(lowered) else lowered.split()
                if not self.vocabulary.isdisjoint(words):
                    self._match(frozenset(words), lowered, into, at)
        if length >= 20:
            described = self.described
            # Both ways of starting alike need the same first character.
            if described and lowered[0] == described[0]:
                into[_STARTS, at] = described.startswith(lowered[:40]) or lowered.startswith(described[:40])
            if self.body:
                into[_IN_BODY, at] = lowered[2:42] in self.body
        if length <= _LONGEST_BYLINE:
            for name in self.authors:
                if name in lowered:
                    into[_NAMES_AUTHOR, at] = 1
        return words

    def _match(self, line: frozenset[str], lowered: str, into: Matrix, at: int) -> None:
        """title_match, title_exact, title_within, description_match of a line that could be a title."""
        size = len(line)
        shared = line & self.vocabulary
        best = 0.0
        for title in self.titles:
            common = len(shared & title)
            if common:
                best = max(best, common / (size + len(title) - common))
        into[_TITLE_MATCH, at] = best
        common = len(shared & self.description)
        if common:
            into[_DESCRIPTION_MATCH, at] = common / (size + len(self.description) - common)
        if best >= 0.3:
            into[_TITLE_EXACT, at] = lowered in self.title_texts
            for title_text in self.title_texts:
                if lowered in title_text:
                    into[_TITLE_WITHIN, at] = 1


class Targets:
    """The page's own address, prepared for comparison with many."""

    def __init__(self, context: PageContext) -> None:
        self.host = context.host
        self.path_parts = context.path_parts
        self.own_paths = context.own_paths
        self.others: dict[str, bool] = {}
        """Whether a host is another one."""

    def describe(self, href: str, into: Matrix, at: int) -> bool:
        """Where one address leads: linked to link_query, but for slug_match. Whether it leads anywhere."""
        size, end, query = len(href), len(href), False
        for place in range(size):
            if href[place] == "#":
                into[_FRAGMENT, at] = 1
                end = min(end, place)
            elif href[place] == "?":
                query = True
                end = min(end, place)
        into[_QUERY, at] = query
        if href.startswith(_NOWHERE):
            return False
        start = self._path(href, end)
        other = start > 0 and self._is_other(href[:start])
        into[_LINKED, at] = 1
        into[_OTHER_HOST, at] = other
        if not other and end - start > 1:
            into[_OWN_LINK, at] = href[start:end].rstrip("/") in self.own_paths
        self._parts(href, start, end, into, at)
        return True

    def _path(self, href: str, end: int) -> int:
        """Where the path starts: behind the host, or at the start where there is none."""
        slashes = href.find("//", 0, end)
        if slashes < 0 or (slashes > 0 and href[slashes - 1] != ":"):
            return 0
        slash = href.find("/", slashes + 2, end)
        return end if slash < 0 else slash

    def _is_other(self, begun: str) -> bool:
        """Is it the address of another host's than the page's, or of one within it?"""
        known = self.others.get(begun)
        if known is None:
            host = begun.partition("//")[2].rpartition("@")[2].removeprefix("www.").lower()
            known = bool(host) and host != self.host and not host.endswith("." + self.host)
            self.others[begun] = known
        return known

    def _parts(self, href: str, start: int, end: int, into: Matrix, at: int) -> None:
        """path_parts, path_shared, slug_words, slug_digits of a path."""
        number, shared, digits, row = 0, 0, False, 0
        begun, marks, parts = start, 0, len(self.path_parts)
        last_marks, last_length = 0, 0
        for place in range(start, end + 1):
            if place < end and href[place] != "/":
                letter = href[place]
                if letter == "-" or letter == "_":
                    marks += 1
                row = row + 1 if letter.isdecimal() else 0
                if row >= _YEAR:
                    digits = True
                continue
            row = 0
            if place > begun:
                if shared == number and number < parts and href[begun:place] == self.path_parts[number]:
                    shared += 1
                number += 1
                # The last part counts, or the one before, if that is not shorter.
                before_marks, before_length = last_marks, last_length
                last_marks, last_length = marks, place - begun
                into[_SLUG_WORDS, at] = before_marks if number > 1 and before_length >= last_length else last_marks
            begun, marks = place + 1, 0
        into[_PATH_PARTS, at] = number
        into[_PATH_SHARED, at] = shared
        into[_SLUG_DIGITS, at] = digits


def _may_be_unspaced(text: str) -> bool:
    """Is there any letter of a script that is written without spaces, which page_context.parted looks for?"""
    for at in range(len(text)):  # noqa: SIM110 # compiled, a loop makes no generator
        if text[at] >= "\u0e00" and not "\u2000" <= text[at] < "\u2e80":
            return True
    return False
