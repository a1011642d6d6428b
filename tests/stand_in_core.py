"""A core that does what the page says: tests of the pipeline must know what comes out, and need pages that break it.

To be imported in a child only (by its name, tests/stand_in_task.py): it takes the real core's place in its process.
A page is lines of text: `article: HEADLINE`, `teaser: HEADLINE`, `snippet: TEXT`, `do: segfault` (and other deeds).
"""

import ctypes
import os
import time

from schemas import Article, RawPage, Snippet, Teaser
from workers.enrich.ids import article_id, snippet_id, teaser_id
from workers.errors import UnsupportedType
from workers.pipeline import PageRecords
from workers.stream import segment_task
from workers.stream.segment_task import segment_page

__all__ = ["segment_page"]


def obedient_core(
    page: RawPage, *, source: str | None = None, seen_at: str | None = None, segmented_at: str | None = None
) -> PageRecords:
    """What process_page is to the worker."""
    records = PageRecords(
        article=None,
        teasers=[],
        snippets=[],
        kind="text",
        site=page.site,
        language="en",
        url=page.url,
        seen_at=page.fetched_at or seen_at,
        source=source,
    )
    for line in page.body.decode("utf-8", "replace").splitlines():
        word, _, rest = line.partition(": ")
        if word == "article":
            identity = article_id(page.site, page.url, rest)
            records.article = Article(
                id=identity, site=page.site, headline=rest, body="A story.", source=source, confidence=1.0, url=page.url
            )
        elif word == "long-article":
            records.article = Article(
                id=article_id(page.site, page.url, "long"),
                site=page.site,
                headline="Long",
                # Random, or compression would make it small enough for any topic.
                body=os.urandom(int(rest)).hex(),
                source=source,
                confidence=1.0,
            )
        elif word == "teaser":
            records.teasers.append(
                Teaser(
                    id=teaser_id(page.site, rest),
                    site=page.site,
                    headline=rest,
                    first_seen_at=records.seen_at,
                    first_seen_on=page.url,
                )
            )
        elif word == "snippet":
            records.snippets.append(Snippet(id=snippet_id(page.site, rest), site=page.site, text=rest))
        elif word == "do":
            _do(rest)
    return records


def _do(deed: str) -> None:
    name, _, amount = deed.partition(" ")
    if name == "segfault":
        ctypes.string_at(0)
    elif name == "hang":
        while True:
            pass
    elif name == "sleep":
        time.sleep(float(amount))
    elif name == "eat":
        hoard = []
        while True:
            hoard.append(bytearray(2**24))
    elif name == "refuse":
        raise UnsupportedType("the page says that it is none")
    elif name == "raise":
        raise LookupError("no such thing")


vars(segment_task).update(process_page=obedient_core, warm_up=lambda: None)
