"""Learns the confidence tables from judged records of pages that the model had not seen."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.train.corpora import normal
from workers.segment.assemble import Assembled
from workers.segment.page import Role

_LEAST = 40
"""Records a step of the table rests on, at least."""
_DOUBT = 1.0
"""Standard errors that are taken off each step's share: a table is to promise less than it saw, not more."""
_FEW = 30
"""With fewer records than this there is nothing to learn from; see `table`."""

RIGHT_BODY = 0.9
"""Word F1 from which on an article counts as right."""

Judged = tuple[float, bool, int]
"""A record's score, whether it was right, and the fold of its publisher."""


def table(judged: list[Judged]) -> list[list[float]]:
    """Rows (score, share) with both rising, by isotonic regression (pool adjacent violators) over steps of records.

    Records with the same score are never told apart. With too few records: the score itself, less a fifth.
    """
    if len(judged) < _FEW:
        return [[0.0, 0.0], [1.0, 0.8]]
    ordered = sorted(judged, key=lambda one: one[0])
    size = max(_LEAST, len(ordered) // 30)
    pools: list[tuple[float, float, float]] = []  # sum of scores, right, number
    start = 0
    while start < len(ordered):
        end = min(start + size, len(ordered))
        if len(ordered) - end < size // 2:
            end = len(ordered)
        while end < len(ordered) and ordered[end][0] == ordered[end - 1][0]:
            end += 1
        part = ordered[start:end]
        pools.append((sum(one[0] for one in part), float(sum(one[1] for one in part)), float(len(part))))
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = (pools[-1][0] + last[0], pools[-1][1] + last[1], pools[-1][2] + last[2])
        start = end
    rows = [[0.0, 0.0]]
    for scores, right, number in pools:
        share = (right + 1) / (number + 2)
        careful = max(0.0, share - _DOUBT * float(np.sqrt(share * (1 - share) / number)))
        rows.append([round(scores / number, 4), round(max(careful, rows[-1][1]), 4)])
    rows.append([1.0, rows[-1][1]])
    return rows


def add_judged(
    found: dict[str, list[Judged]],
    assembled: Assembled,
    story_score: float,
    blocks: Iterable[tuple[str, int]],
    fold: int,
    word_f1: Callable[[str, str], float],
) -> None:
    """Judge every article, teaser and snippet of a page. blocks: its texts and the roles that readers gave them."""
    texts: dict[int, list[str]] = defaultdict(list)
    for text, role in blocks:
        texts[role].append(text)
    if assembled.story is not None:
        right = word_f1("\n".join(texts[Role.BODY]), "\n".join(assembled.story.paragraphs)) >= RIGHT_BODY
        found["article"].append((story_score, right, fold))
    for promo in assembled.promos:
        right = any(same(promo.headline, headline) for headline in texts[Role.TEASER_HEADLINE])
        found["teaser"].append((promo.confidence, right, fold))
    for item in assembled.feed_items:
        right = any(same(item.text, text) for text in texts[Role.SNIPPET])
        found["snippet"].append((item.confidence, right, fold))


def cross_validated(judged: list[Judged]) -> list[tuple[float, bool]]:
    """Each record's confidence by the table that the other folds' records make, and whether it was right."""
    result = []
    for fold in sorted({fold for _, _, fold in judged}):
        rows = table([one for one in judged if one[2] != fold])
        scores, shares = [row[0] for row in rows], [row[1] for row in rows]
        result += [(float(np.interp(score, scores, shares)), right) for score, right, of in judged if of == fold]
    return result


def write(tables: Path, records: Path, kind: str, judged: dict[str, list[Judged]]) -> None:
    """Store the tables of one kind of page (html, text) for the product, and the records that they rest on for tests.

    Both files keep what they hold of the other kind.
    """
    rounded = {name: [(round(score, 4), bool(right), fold) for score, right, fold in of] for name, of in judged.items()}
    _store(tables, kind, {name: table(of) for name, of in rounded.items()})
    _store(records, kind, {name: [[s, int(right), fold] for s, right, fold in of] for name, of in rounded.items()})


def _store(path: Path, kind: str, lists: Mapping[str, Sequence[Sequence[float]]]) -> None:
    stored = json.loads(path.read_text("utf-8")) if path.exists() else {}
    stored[kind] = lists
    lines = [
        f' "{one}": {{\n' + ",\n".join(f'  "{name}": {json.dumps(of[name])}' for name in sorted(of)) + "\n }"
        for one, of in sorted(stored.items())
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def same(text: str, other: str, least: float = 0.8) -> bool:
    """Equal after normalisation, or word sets that overlap by `least`: the scorer's rule."""
    a, b = normal(text), normal(other)
    if a == b:
        return bool(a)
    mine, theirs = set(a.split()), set(b.split())
    return len(mine & theirs) >= least * len(mine | theirs) if mine and theirs else False
