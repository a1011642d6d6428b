"""The labelled pages: where they are, which publisher they belong to, and the role of every block."""

import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from tests.train.readings import FILE as READINGS
from tests.train.readings import Reading, block_digest, readings
from workers.segment.page import Role

FOLDS = 5
UNKNOWN = -1
"""Not body, but nobody said what it is (corpora that label only the body)."""
UNSURE = -2
"""Too short to tell whether it belongs to the body: left out of training."""
_LEAST_AGREED = 0.5
"""F1 between the blocks of the body as we read it and as the corpus gives it."""

ROLE_NAMES = {
    "": Role.CHROME,
    "body": Role.BODY,
    "teaser-headline": Role.TEASER_HEADLINE,
    "teaser-summary": Role.TEASER_SUMMARY,
    "caption": Role.CAPTION,
    "byline": Role.BYLINE,
    "headline": Role.HEADLINE,
    "dek": Role.DEK,
    "snippet": Role.SNIPPET,
}


@dataclass(slots=True)
class LabelledPage:
    """One page of a corpus. `roles` comes from the labels, `body` is the gold text of the story."""

    corpus: str
    id: str
    url: str | None
    publisher: str
    html: bytes
    body: str
    gold: dict[str, object] = field(default_factory=dict)
    """The whole record of the corpus."""
    reading: Reading | None = None
    """What we read the blocks of a page to be whose corpus says its body only."""


def publisher(url: str | None, name: str) -> str:
    """The registrable domain, roughly: what pages of one publisher share, so that no fold sees both sides.

    A page without a URL goes by its name, the date cut off.
    """
    if not url:
        return re.sub(r"_\d{4}_\d\d_\d\d$|^wcxb-dev__", "", name)
    labels = urlsplit(url).netloc.lower().split(":")[0].split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if short else -2 :])


def fold_of(name: str, folds: int) -> int:
    """The fold of a publisher: fixed by its name, so that every run and machine splits alike."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % folds


def hash_of(name: str) -> int:
    """A number fixed by the name (Python's own hash differs from run to run)."""
    return int.from_bytes(name.encode()[-7:], "big")


def load(corpora: Path) -> Iterator[LabelledPage]:
    """Pages with labelled blocks first, then those with a body only, each page once a corpus."""
    for corpus in ("gold", "body-fundus", "body-wcxb"):
        with (corpora / f"{corpus}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                html = gzip.decompress((corpora / f"{corpus}-html" / f"{record['id']}.html.gz").read_bytes())
                body = record["body"] if isinstance(record["body"], str) else "\n".join(record["body"])
                name = publisher(record["url"], record["id"])
                reading = readings().get((corpus, record["id"]))
                yield LabelledPage(corpus, record["id"], record["url"], name, html, body, record, reading)


def digest(corpora: Path) -> str:
    """SHA-256 over the corpora's index files and our readings of their pages: what a model was trained on."""
    total = hashlib.sha256()
    for corpus in ("gold", "body-fundus", "body-wcxb"):
        total.update((corpora / f"{corpus}.jsonl").read_bytes())
    total.update(READINGS.read_bytes())
    return total.hexdigest()


def roles_of(page: LabelledPage, texts: list[str]) -> NDArray[np.int64]:
    """The role of each block; UNKNOWN and UNSURE where the corpus does not say."""
    if page.corpus == "gold":
        return _aligned(page.gold["blocks"], texts)  # type: ignore[arg-type]
    by_body = _by_body(page.body, texts)
    if page.reading is None:
        return by_body
    read = _as_read(page.reading, texts)
    return by_body if _disagree(read == Role.BODY, by_body == Role.BODY) else read


def _as_read(reading: Reading, texts: list[str]) -> NDArray[np.int64]:
    """The reading's roles for the blocks whose words it knows."""
    result = np.full(len(texts), UNSURE, dtype=np.int64)
    ours = [block_digest(normal(text)) for text in texts]
    matcher = SequenceMatcher(None, reading.digests, ours, autojunk=False)
    for first, own, size in matcher.get_matching_blocks():
        result[own : own + size] = reading.roles[first : first + size]
    return result


def _disagree(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> bool:
    """Two readers, two stories: neither is more right than the other, and pages are scored by the corpus."""
    both = int((one & other).sum())
    return 2 * both < _LEAST_AGREED * int(one.sum() + other.sum())


def _aligned(gold: list[list[str]], texts: list[str]) -> NDArray[np.int64]:
    """Labels of the gold's blocks carried over to ours, in order; a block cut otherwise takes what covers its words."""
    result = np.full(len(texts), UNSURE, dtype=np.int64)
    theirs = [normal(text) for text, _ in gold]
    ours = [normal(text) for text in texts]
    for kind, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if kind == "equal":
            for i, j in zip(range(a, b), range(c, d), strict=True):
                result[j] = ROLE_NAMES[gold[i][1]]
        elif kind == "replace":
            for j in range(c, d):
                covering = [i for i in range(a, b) if theirs[i] in ours[j] or ours[j] in theirs[i]]
                if covering:
                    best = max(covering, key=lambda i: min(len(theirs[i]), len(ours[j])))
                    result[j] = ROLE_NAMES[gold[best][1]]
    return result


def _by_body(body: str, texts: list[str]) -> NDArray[np.int64]:
    """BODY where the gold body holds the block's words; short lines only among blocks that surely are body."""
    lines = {normal(line) for line in body.split("\n")}
    whole = normal(body)
    grams = Counter(_grams(whole))
    result = np.full(len(texts), UNKNOWN, dtype=np.int64)
    sure = np.zeros(len(texts), dtype=bool)
    for j, text in enumerate(texts):
        ours = normal(text)
        if not ours:
            continue
        if len(ours) >= 25:
            own = _grams(ours)
            share = sum(gram in grams for gram in own) / max(1, len(own))
            if ours in whole or share >= 0.8:
                result[j], sure[j] = Role.BODY, True
            elif share >= 0.3:
                result[j] = UNSURE
        elif ours in lines or ours in whole:
            result[j] = UNSURE
    # Short lines (sub-headings, list items) are body where they stand among blocks that surely are.
    where = np.flatnonzero(sure)
    if len(where):
        for j in np.flatnonzero(result == UNSURE).tolist():
            ours = normal(texts[j])
            if len(ours) < 25 and where[0] < j < where[-1] and ours in lines:
                near = sure[max(0, j - 2) : j + 3].any()
                result[j] = Role.BODY if near else UNSURE
    return result


def _grams(text: str) -> list[str]:
    """Overlapping runs of 12 characters: work in every script and survive a changed space or quote."""
    squeezed = text.replace(" ", "")
    return [squeezed[i : i + 12] for i in range(max(1, len(squeezed) - 11))]


def normal(text: str) -> str:
    """Case-folded words, punctuation gone."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
