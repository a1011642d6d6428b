"""Addresses that need no work, told by their characters. Compiled.

Nine links of ten need none: plain absolute ones stay, plain ones from the root get the page's scheme and host. A
pattern says the same, at five times the cost.
"""

_SAFE = bytes(code < 128 and (chr(code).isalnum() or chr(code) in "_~!$&'()*+,;=:@%-") for code in range(256))
_LONGEST_LABEL, _MOST_LABELS = 40, 5
_SHORTEST_END, _LONGEST_END = 2, 24
"""Letters of a host's last label."""
_PATH, _QUERY, _FRAGMENT = 0, 1, 2


def is_plain_absolute(href: str) -> bool:
    """Whether resolving an address would leave it as it is: http(s), a lower-case host, a path from the root."""
    if href.startswith("https://"):
        start = 8
    elif href.startswith("http://"):
        start = 7
    else:
        return False
    dots, length, letters = 0, 0, True
    for at in range(start, len(href)):
        letter = href[at]
        if "a" <= letter <= "z":
            length += 1
        elif letter == "-" or "0" <= letter <= "9":
            length += 1
            letters = False
        elif letter == "." and 0 < length <= _LONGEST_LABEL:
            dots += 1
            length, letters = 0, True
        else:
            is_host = letters and 1 <= dots <= _MOST_LABELS and _SHORTEST_END <= length <= _LONGEST_END
            return is_host and letter == "/" and _is_plain(href, at, 0)
    return False


def is_plain_from_root(href: str) -> bool:
    """Whether an address is a path from the root that resolving would only put behind a scheme and a host."""
    return len(href) > 1 and href[0] == "/" and href[1] not in "/.?#" and _is_plain(href, 0, 1)


def _is_plain(href: str, start: int, shortest_query: int) -> bool:
    """Whether path, query and fragment hold what may stand in them, and nothing like "//" or "/." to look at."""
    part, begun, before = _PATH, 0, " "
    size = len(href)
    for at in range(start, size):
        letter = href[at]
        if letter == "/" or letter == ".":
            if part == _PATH and before == "/":
                return False
        elif letter == "?":
            if part == _PATH:
                part, begun = _QUERY, at + 1
        elif letter == "#":
            if part == _FRAGMENT or (part == _QUERY and at - begun < shortest_query):
                return False
            part = _FRAGMENT
        elif letter >= "\x80" or not _SAFE[ord(letter)]:
            return False
        before = letter
    return before != "#" and (part != _QUERY or size - begun >= shortest_query)
