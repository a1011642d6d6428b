"""Where links lead, beside the page's own address. Compiled."""

from workers.segment.html_features_base import Matrix
from workers.segment.page_context import PageContext

NAMES = (
    "linked", "own_link", "other_host", "path_parts", "path_shared", "slug_words", "slug_digits", "slug_match",
    "link_fragment", "link_query",
)  # fmt: skip
_LINKED, _OWN_LINK, _OTHER_HOST, _PATH_PARTS, _PATH_SHARED, _SLUG_WORDS, _SLUG_DIGITS = range(7)
SLUG_MATCH = 7
"""The one that depends on the line as well."""
_FRAGMENT, _QUERY = 8, 9
_YEAR = 4
"""Digits in a row from which on an address holds a date or a number of its page."""
_NOWHERE = ("#", "javascript:", "mailto:", "tel:")
_NOWHERE_BEGINS = "#jmt"


class Targets:
    """The page's own address, prepared for comparison with many."""

    def __init__(self, context: PageContext) -> None:
        self.host = context.host
        self.path_parts = context.path_parts
        self.own_paths = context.own_paths
        self.own_lengths = frozenset(map(len, context.own_paths))
        self.begun = ""
        """What the last address that named its host began with."""
        self.begun_is_other = False
        self.others: dict[str, bool] = {}
        """Whether a host is another one."""

    def describe(self, href: str, into: Matrix, start: int, at: int) -> bool:
        """Write where one address leads (NAMES but for SLUG_MATCH) into the rows from `start` on.

        Returns whether it leads anywhere.
        """
        size, end, query, fragment = len(href), len(href), False, False
        for place in range(size):
            letter = href[place]
            if letter == "#":
                fragment = True
                if place < end:
                    end = place
            elif letter == "?":
                query = True
                if place < end:
                    end = place
        into[start + _FRAGMENT, at] = fragment
        into[start + _QUERY, at] = query
        if href[0] in _NOWHERE_BEGINS and href.startswith(_NOWHERE):
            return False
        path = self._path(href, end)
        other = path > 0 and self._is_other(href, path)
        into[start + _LINKED, at] = 1
        into[start + _OTHER_HOST, at] = other
        if not other and end - path > 1:
            last = end
            while last > path and href[last - 1] == "/":
                last -= 1
            if last - path in self.own_lengths:
                into[start + _OWN_LINK, at] = href[path:last] in self.own_paths
        self._parts(href, path, end, into, start, at)
        return True

    def _path(self, href: str, end: int) -> int:
        """Where the path starts: behind the host, or at the start where there is none."""
        slashes = 0
        while slashes < end - 1 and (href[slashes] != "/" or href[slashes + 1] != "/"):
            slashes += 1
        if slashes >= end - 1 or (slashes > 0 and href[slashes - 1] != ":"):
            return 0
        slash = slashes + 2
        while slash < end and href[slash] != "/":
            slash += 1
        return slash

    def _is_other(self, href: str, path: int) -> bool:
        """Is it the address of another host's than the page's, or of one within it?"""
        # Most links of a page are to the same host.
        if path != len(self.begun) or not href.startswith(self.begun):
            begun = href[:path]
            known = self.others.get(begun)
            if known is None:
                host = begun.partition("//")[2].rpartition("@")[2].removeprefix("www.").lower()
                known = bool(host) and host != self.host and not host.endswith("." + self.host)
                self.others[begun] = known
            self.begun = begun
            self.begun_is_other = known
        return self.begun_is_other

    def _parts(self, href: str, begin: int, end: int, into: Matrix, start: int, at: int) -> None:
        """path_parts, path_shared, slug_words, slug_digits of a path."""
        number, shared, digits, row = 0, 0, False, 0
        begun, marks, parts = begin, 0, len(self.path_parts)
        last_marks, last_length, before_marks, before_length = 0, 0, 0, 0
        for place in range(begin, end + 1):
            letter = href[place] if place < end else "/"
            if letter != "/":
                if letter == "-" or letter == "_":
                    marks += 1
                row = row + 1 if "0" <= letter <= "9" or (letter > "\x7f" and letter.isdecimal()) else 0
                if row >= _YEAR:
                    digits = True
                continue
            row = 0
            if place > begun:
                if shared == number and number < parts and href[begun:place] == self.path_parts[number]:
                    shared += 1
                number += 1
                before_marks, before_length = last_marks, last_length
                last_marks, last_length = marks, place - begun
            begun, marks = place + 1, 0
        # The last part counts, or the one before, if that is not shorter.
        slug = before_marks if number > 1 and before_length >= last_length else last_marks
        into[start + _SLUG_WORDS, at] = slug
        into[start + _PATH_PARTS, at] = number
        into[start + _PATH_SHARED, at] = shared
        into[start + _SLUG_DIGITS, at] = digits
