"""What a story is filed under, and by whom: section, keywords, the publication's name."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from workers.enrich.claims import Claims
from workers.enrich.ids import normalised
from workers.enrich.text import plain

LONGEST_SECTION = 60
LONGEST_KEYWORD = 80
MOST_KEYWORDS = 50
_KEYWORD_SEPARATOR = re.compile(r"\s*[,;|、，；]\s*")
_FRONT = frozenset(["home", "homepage", "start", "startseite", "index", "front page", "accueil", "inicio", "início"])


def section_of(claims: Claims, site_name: str | None, near: Iterable[str] = (), url: str | None = None) -> str | None:
    """The section that the story stands in; None when the page names none.

    Where none is declared, a line by the headline (near) counts if it stands in the page's address too.
    """
    for claimed in claims.sections:
        section = plain(claimed)
        if not section or len(section) > LONGEST_SECTION or "://" in section or section.isdecimal():
            continue
        if section.casefold() not in _FRONT and section != site_name:
            return section
    folders = {normalised(folder) for folder in unquote(urlsplit(url).path).split("/")[:-1] if folder} if url else set()
    return next((line for line in near if len(line) <= LONGEST_SECTION and normalised(line) in folders), None)


def keywords_of(claims: Claims) -> list[str]:
    """Keywords of the first source that has any, each once."""
    for source in claims.keywords:
        keywords: dict[str, str] = {}
        for text in source:
            tidied = plain(text) or ""
            # A list of keywords was split already; a lone string holds them all.
            parts = _KEYWORD_SEPARATOR.split(tidied) if len(source) == 1 or len(tidied) > LONGEST_KEYWORD else [tidied]
            for part in parts:
                if part and len(part) <= LONGEST_KEYWORD:
                    keywords.setdefault(normalised(part), part)
        if keywords:
            return list(keywords.values())[:MOST_KEYWORDS]
    return []


def site_name_of(claims: Claims) -> str | None:
    """The publication's name as the page gives it."""
    for claimed in claims.site_names:
        name = plain(claimed)
        if name and "://" not in name and len(name) <= LONGEST_KEYWORD:
            return name
    return None
