"""Real pages through the whole pipeline, in and out through another implementation of the protocol."""

import json
from collections import Counter
from pathlib import Path

from schemas import Article, Snippet, Teaser
from schemas.codec import decode
from tests.auditing import clean_audit, everything_is_done
from tests.conftest import StartWorker, Topics
from tests.foreign_client import Page, publish, read_committed
from tests.waiting import until


def test_the_labelled_pages_are_each_accounted_for_once(
    topics: Topics, start_worker: StartWorker, eval_folder: Path
) -> None:
    settings = topics(partitions=4, pool_processes=2, page_deadline_seconds=15.0)
    start_worker("segment", settings)
    start_worker("dedup", settings)
    pages: list[Page] = [
        (
            path.name.encode(),
            path.read_bytes(),
            [("url", f"https://labelled.example/{path.stem}".encode()), ("content-encoding", b"gzip")],
        )
        for path in sorted((eval_folder / "gold-html").iterdir())
    ]
    places = publish(settings, pages)
    until(lambda: everything_is_done(settings), within=150)
    sources = [record.header("source") for record in read_committed(settings, "sightings")]
    letters = read_committed(settings, "dead-letters")
    assert letters == []
    assert Counter(sources) == Counter(places)
    articles = [record.header("source") for record in read_committed(settings, "articles")]
    assert max(Counter(articles).values()) == 1
    assert set(articles) <= set(places)
    assert len(articles) > len(places) / 2
    clean_audit(settings, pages=len(places))


def test_the_seed_page_six_times(topics: Topics, start_worker: StartWorker, eval_folder: Path) -> None:
    settings = topics(partitions=3)
    start_worker("segment", settings)
    dedup = start_worker("dedup", settings)
    seed = (eval_folder / "seed" / "page.txt").read_bytes()
    headers = [("content-type", b"text/plain; charset=utf-8"), ("url", b"https://seed.example/story")]
    publish(settings, [(None, seed, headers)] * 6)
    until(lambda: everything_is_done(settings), within=60)
    (article, *copies) = read_committed(settings, "articles")
    assert {copy.key for copy in copies} <= {article.key}
    record = decode(article.value or b"", Article)
    gold = json.loads((eval_folder / "seed" / "gold.json").read_text("utf-8"))
    assert record.headline == gold["headline"]
    assert len(record.body.split("\n\n")) == 9
    teasers = [decode(teaser.value or b"", Teaser) for teaser in read_committed(settings, "teasers")]
    snippets = [decode(snippet.value or b"", Snippet) for snippet in read_committed(settings, "snippets")]
    assert (len(teasers), len(snippets)) == (2, 3)
    metrics = dedup.metrics()
    repeats = sum(metrics[f'broadsheet_dedup_total{{kind="{kind}",result="repeat"}}'] for kind in ("teaser", "snippet"))
    assert repeats == 25
