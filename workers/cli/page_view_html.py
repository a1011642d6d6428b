"""Pages' blocks coloured by role beside their records: one self-contained HTML document.

What comes from a page is text in it and nothing else: no link leads anywhere, nothing is fetched, and a content
security policy lets only this view's own style and script run, by their hashes.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import chain

from schemas import Placement
from workers.cli.page_view_blocks import blocks
from workers.cli.page_view_look import SHOWN, Look, Shown
from workers.cli.page_view_markup import counted, text
from workers.cli.page_view_records import records_panel


def html_view(looks: Iterable[Look], show: Shown = "all") -> Iterator[bytes]:
    """The document piece by piece, UTF-8. One page is shown at once; several are a list, in which each can be opened.

    show: which blocks are shown at first.
    """
    for piece in _pieces(iter(looks), show):
        yield piece.encode("utf-8", "replace")


def _pieces(looks: Iterator[Look], show: Shown) -> Iterator[str]:
    first = next(looks, None)
    if first is None:
        return
    second = next(looks, None)
    style, script = _own_file("page_view.css"), _own_file("page_view.js")
    title, facts = (_title(first), _facts(first)) if second is None else ("Pages", ["open one to see how it was read"])
    yield _head(title, style, script)
    yield (
        f"<header>\n<div><h1><bdi>{text(title)}</bdi></h1><p>{' · '.join(map(text, facts))}</p></div>\n"
        + _choice("show", "Show", SHOWN, show)
        + _choice("theme", "Colours", ("auto", "light", "dark"), "auto")
        + "</header>\n<main>\n"
    )
    if second is None:
        yield from _sheet(first, "")
    else:
        for number, look in enumerate(chain((first, second), looks), 1):
            yield f"<details class=leaf id=page-{number}>{_summary(look)}\n"
            yield from _sheet(look, f"page-{number}-")
            yield "</details>\n"
    yield f"</main>\n{_FOOTER}<script>{script}</script>\n</body>\n</html>\n"


def _head(title: str, style: str, script: str) -> str:
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        "<meta name=referrer content=no-referrer>\n"
        '<meta name=viewport content="width=device-width, initial-scale=1">\n'
        # Without one, browsers ask the server for /favicon.ico.
        '<link rel=icon href="data:,">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def _own_file(name: str) -> str:
    return (files("workers.cli") / name).read_text("utf-8")


def _hash(words: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()


def _title(look: Look) -> str:
    article = look.records.article
    return (article and article.headline) or look.path


def _facts(look: Look) -> list[str]:
    records = look.records
    return [
        records.url or look.path,
        "HTML" if records.kind == "html" else "flattened text",
        "1 article" if records.article else "no article",
        counted(len(records.teasers), "teaser"),
        counted(len(records.snippets), "snippet"),
        counted(len(look.segmented.blocks), "block"),
    ]


def _choice(name: str, legend: str, values: tuple[str, ...], chosen: str) -> str:
    options = [
        f"<input type=radio name={name} id={name}-{value}{' checked' if value == chosen else ''} autocomplete=off>"
        f"<label for={name}-{value}>{value}</label>"
        for value in values
    ]
    return f"<fieldset><legend>{legend}</legend>{''.join(options)}</fieldset>\n"


def _summary(look: Look) -> str:
    """A page's line in the list of several: what it is and what it shows, by where that stands."""
    records = look.records
    article = records.article
    facts = [
        f"article of {counted(article.word_count, 'word')}" if article else "no article",
        _with_places(counted(len(records.teasers), "teaser"), [teaser.placement for teaser in records.teasers]),
        _with_places(counted(len(records.snippets), "snippet"), [snippet.placement for snippet in records.snippets]),
    ]
    named = "" if _title(look) == look.path else f"<bdi class=path>{text(look.path)}</bdi>"
    told = " · ".join(map(text, facts))
    return f"<summary><bdi class=title>{text(_title(look))}</bdi>{named}<span class=facts>{told}</span></summary>"


def _with_places(count: str, places: list[Placement | None]) -> str:
    """ "5 teasers (3 list, 2 rail)"."""
    told = ", ".join(f"{number} {place or '?'}" for place, number in Counter(places).most_common())
    return f"{count} ({told})" if told else count


def _sheet(look: Look, page: str) -> Iterator[str]:
    """One page: its blocks, and the records beside them."""
    yield "<div class=sheet>\n<div class=page>\n"
    yield from blocks(look, page)
    yield f"</div>\n{records_panel(look, page)}</div>\n"


_FOOTER = (
    "<footer><span class=keys><kbd>j</kbd> <kbd>k</kbd> next and last block, <kbd>n</kbd> <kbd>p</kbd> next and last "
    "promo, <kbd>1</kbd>–<kbd>4</kbd> what is shown, <kbd>d</kbd> dark or light, <kbd>Esc</kbd> closes. "
    "</span>Point at a block, or tap it, to see why it was read so.</footer>\n"
)
