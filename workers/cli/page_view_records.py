"""The records of a page as HTML: what would be published, beside the blocks that it was made from."""

import msgspec

from schemas import Article, Snippet, Teaser
from workers.cli.page_view_look import Card, Look
from workers.cli.page_view_markup import counted, link_id, text


def records_panel(look: Look, page: str) -> str:
    """Article, teasers and snippets, each with its JSON. page begins every id."""
    records = look.records
    return (
        '<aside class=records aria-label="The records as they would be published">\n<h2>Article</h2>\n'
        + (_article(records.article) if records.article else "<p class=none>The page holds no story of its own.</p>\n")
        + f"<h2>{counted(len(records.teasers), 'teaser').capitalize()}</h2>\n<ol>\n"
        + "".join(_teaser(page, number, teaser) for number, teaser in enumerate(records.teasers, 1))
        + f"</ol>\n<h2>{counted(len(records.snippets), 'snippet').capitalize()}</h2>\n<ol>\n"
        + "".join(_snippet(page, number, snippet) for number, snippet in enumerate(records.snippets, 1))
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
    shown = [f"<dt>{name}</dt><dd dir=auto>{text(value)}</dd>" for name, value in rows.items() if value]
    return f"<dl>{''.join(shown)}</dl>\n{_as_json(article)}\n"


def _teaser(page: str, number: int, teaser: Teaser) -> str:
    facts = [_place(teaser), teaser.kicker, "paid" if teaser.sponsored else None, _cut(teaser.truncated)]
    return _record(page, Card("teaser", number), [teaser.headline, teaser.summary], facts, teaser)


def _snippet(page: str, number: int, snippet: Snippet) -> str:
    facts = [_place(snippet), _cut(snippet.truncated)]
    return _record(page, Card("snippet", number), [snippet.text], facts, snippet)


def _place(record: Teaser | Snippet) -> str:
    return f"{record.placement or '?'}, position {record.position}"


def _cut(truncated: bool) -> str | None:
    return "cut off" if truncated else None


def _record(page: str, card: Card, texts: list[str | None], facts: list[str | None], record: Teaser | Snippet) -> str:
    shown = "".join(f"<p dir=auto>{text(one)}</p>" for one in texts if one)
    told = " · ".join(f"<bdi>{text(fact)}</bdi>" for fact in facts if fact)
    link = f"<p class=facts><bdi>{text(record.url)}</bdi></p>" if record.url else ""
    return (
        f"<li id={link_id(page, card, record=True)} class=of-{card.kind}>"
        f'<a class=number href="#{link_id(page, card)}">{card.number}</a>'
        f"{shown}<p class=facts>{told}</p>{link}{_as_json(record)}</li>\n"
    )


def _as_json(record: Article | Teaser | Snippet) -> str:
    shown = msgspec.json.format(msgspec.json.encode(record), indent=2).decode()
    return f"<details><summary>as published</summary><pre>{text(shown)}</pre></details>"
