"""A page's blocks coloured by role beside its records: one self-contained HTML document.

What comes from the page is text in it and nothing else: no link leads anywhere, nothing is fetched, and a content
security policy lets only this view's own style and script run, by their hashes.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby

import msgspec

from schemas import Article, Snippet, Teaser
from workers.cli.page_view_look import Card, Look, group_of
from workers.segment.page import Block, Role
from workers.segment.reasons import Reason, Verdict

_NAMES = {
    Role.BODY: "body",
    Role.TEASER_HEADLINE: "teaser",
    Role.TEASER_SUMMARY: "teaser's summary",
    Role.DEK: "standfirst",
}
"""Roles whose name in the code is not the word of the trade."""

# What HTML allows in no text, and what a browser would show as a box.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def html_view(look: Look) -> bytes:
    """The whole document, UTF-8."""
    style, script = _own_file("page_view.css"), _own_file("page_view.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    article = look.records.article
    title = (article and article.headline) or look.path
    parts = [
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n",
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        "<meta name=referrer content=no-referrer>\n",
        '<meta name=viewport content="width=device-width, initial-scale=1">\n',
        # Without one, browsers ask the server for /favicon.ico.
        '<link rel=icon href="data:,">\n',
        f"<title>{_text(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n",
        _header(look, title),
        "<main>\n<div class=page>\n",
        *_page(look),
        "</div>\n",
        _records(look),
        "</main>\n",
        _FOOTER,
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode("utf-8", "replace")


def _text(text: str) -> str:
    return html.escape(_UNFIT.sub(" ", text))


def _own_file(name: str) -> str:
    return (files("workers.cli") / name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _name(role: Role) -> str:
    return _NAMES.get(role) or role.name.lower().replace("_", " ")


def _header(look: Look, title: str) -> str:
    records = look.records
    counts = [
        "1 article" if records.article else "no article",
        _count(len(records.teasers), "teaser"),
        _count(len(records.snippets), "snippet"),
        _count(len(look.segmented.blocks), "block"),
    ]
    facts = [records.url or look.path, "HTML" if records.kind == "html" else "flattened text", *counts]
    return (
        f"<header>\n<div><h1><bdi>{_text(title)}</bdi></h1><p>{' · '.join(map(_text, facts))}</p></div>\n"
        + _choice("show", "Show", ("all", "article", "promos", "chrome"))
        + _choice("theme", "Colours", ("auto", "light", "dark"))
        + "</header>\n"
    )


def _choice(name: str, legend: str, values: tuple[str, ...]) -> str:
    options = [
        f"<input type=radio name={name} id={name}-{value}{' checked' if at == 0 else ''} autocomplete=off>"
        f"<label for={name}-{value}>{value}</label>"
        for at, value in enumerate(values)
    ]
    return f"<fieldset><legend>{legend}</legend>{''.join(options)}</fieldset>\n"


def _page(look: Look) -> Iterator[str]:
    """The blocks in order; those of one card that follow one another in one frame."""
    known: set[Card] = set()
    verdicts: list[Verdict | None] = [*look.verdicts] or [None] * len(look.segmented.blocks)
    rows = zip(range(len(verdicts)), look.segmented.blocks, verdicts, look.cards, strict=True)
    for card, group in groupby(rows, key=lambda row: row[3]):
        blocks = [_block(number, block, verdict, framed=card is not None) for number, block, verdict, _ in group]
        if card is None:
            yield from blocks
            continue
        # A card in two places of the page is one record: the first place is the one that its number leads to.
        anchor = "" if card in known else f" id={card.kind}-{card.number}"
        known.add(card)
        number = f'<a class=number href="#{card.kind}-record-{card.number}">{card.number}</a>'
        yield f'<section{anchor} class="numbered of-{card.kind} of-promo">{"".join(blocks)}{number}</section>\n'


def _block(number: int, block: Block, verdict: Verdict | None, *, framed: bool) -> str:
    kind = block.role.name.lower().replace("_", "-")
    group = "" if framed else f" of-{group_of(block.role)}"
    return (
        f'<div id=block-{number} class="block {kind}{group}" tabindex=-1>'
        f"<span class=role>{_text(_name(block.role))} {block.confidence:.0%}</span>"
        f"<div class=text dir=auto>{_text(block.text)}</div>{_why(block, verdict)}</div>\n"
    )


def _why(block: Block, verdict: Verdict | None) -> str:
    parts = [f"<h3><b>{_text(_name(block.role))}</b> {block.confidence:.0%}"]
    if verdict is not None:
        parts.append(f", next {_text(_name(verdict.rival))} {verdict.rival_probability:.0%}")
    parts.append("</h3>")
    if verdict is not None and block.role is not verdict.judged:
        parts.append(f"<p>Looks like {_text(_name(verdict.judged))}; what stands around it made it this.</p>")
    if verdict is not None:
        parts += [_reasons("The block itself", verdict.alone), _reasons("With what is around it", verdict.context)]
    for label, value in (("Element:", block.tag), ("Leads to", block.href), ("Picture:", block.image)):
        if value:
            parts.append(f"<p>{label} <bdi>{_text(value)}</bdi></p>")
    return f"<div class=why role=note>{''.join(parts)}</div>"


def _reasons(heading: str, reasons: list[Reason]) -> str:
    if not reasons:
        return ""
    items = [f"<li class={'for' if one.push > 0 else 'against'}>{_text(one.says)}</li>" for one in reasons]
    return f"<h4>{heading}</h4><ul>{''.join(items)}</ul>"


def _records(look: Look) -> str:
    records = look.records
    return (
        '<aside class=records aria-label="The records as they would be published">\n<h2>Article</h2>\n'
        + (_article(records.article) if records.article else "<p class=none>The page holds no story of its own.</p>\n")
        + f"<h2>{_count(len(records.teasers), 'teaser').capitalize()}</h2>\n<ol>\n"
        + "".join(_teaser(number, teaser) for number, teaser in enumerate(records.teasers, 1))
        + f"</ol>\n<h2>{_count(len(records.snippets), 'snippet').capitalize()}</h2>\n<ol>\n"
        + "".join(_snippet(number, snippet) for number, snippet in enumerate(records.snippets, 1))
        + "</ol>\n</aside>\n"
    )


def _article(article: Article) -> str:
    rows = {
        "headline": article.headline,
        "standfirst": article.dek,
        "authors": ", ".join(article.authors),
        "published": article.published_at,
        "modified": article.modified_at,
        "section": article.section,
        "site": article.site_name or article.site,
        "language": article.language,
        "words": str(article.word_count),
        "agencies": ", ".join(article.attribution),
        "address": article.canonical_url or article.url,
        "confidence": f"{article.confidence:.0%}",
    }
    shown = [f"<dt>{name}</dt><dd dir=auto>{_text(value)}</dd>" for name, value in rows.items() if value]
    return f"<dl>{''.join(shown)}</dl>\n{_as_json(article)}\n"


def _teaser(number: int, teaser: Teaser) -> str:
    facts = [teaser.placement, teaser.kicker, "paid" if teaser.sponsored else None, _cut(teaser.truncated), teaser.url]
    return _record(Card("teaser", number), [teaser.headline, teaser.summary], facts, teaser)


def _snippet(number: int, snippet: Snippet) -> str:
    return _record(
        Card("snippet", number), [snippet.text], [snippet.placement, _cut(snippet.truncated), snippet.url], snippet
    )


def _cut(truncated: bool) -> str | None:
    return "cut off" if truncated else None


def _record(card: Card, texts: list[str | None], facts: list[str | None], record: Teaser | Snippet) -> str:
    shown = "".join(f"<p dir=auto>{_text(text)}</p>" for text in texts if text)
    told = " · ".join(f"<bdi>{_text(fact)}</bdi>" for fact in facts if fact)
    return (
        f"<li id={card.kind}-record-{card.number} class=of-{card.kind}>"
        f'<a class=number href="#{card.kind}-{card.number}">{card.number}</a>'
        f"{shown}<p class=facts>{told}</p>{_as_json(record)}</li>\n"
    )


def _as_json(record: Article | Teaser | Snippet) -> str:
    shown = msgspec.json.format(msgspec.json.encode(record), indent=2).decode()
    return f"<details><summary>as published</summary><pre>{_text(shown)}</pre></details>"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


_FOOTER = (
    "<footer><span class=keys><kbd>j</kbd> <kbd>k</kbd> next and last block, <kbd>n</kbd> <kbd>p</kbd> next and last "
    "promo, <kbd>1</kbd>–<kbd>4</kbd> what is shown, <kbd>d</kbd> dark or light, <kbd>Esc</kbd> closes. "
    "</span>Point at a block, or tap it, to see why it was read so.</footer>\n"
)
