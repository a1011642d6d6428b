"""A running pipeline that faults are done to: workers, pages that keep coming, and what must have come out."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from schemas import Article, Snippet, Teaser
from schemas.codec import decode
from tests.auditing import audited, everything_is_done
from tests.chaos.own_broker import OwnBroker
from tests.foreign_client import Page, publish, read_committed
from tests.odd_workers import start_odd_worker_process
from tests.waiting import until
from tests.workers_as_processes import WorkerProcess
from workers.settings import Settings

SITES = 23
SHARED_TEASERS = 60
"""Teasers that many pages of a site show: what a dedup worker has to remember over every fault."""

DONE_SECONDS = 240.0
"""A group needs a session timeout or two to notice the dead, and the machine has few cores."""

Deed = Callable[[int], str]
"""Page number -> a line that makes the page do something."""


@dataclass(frozen=True)
class Outcome:
    """What has become of a flow."""

    pages: int
    lost: int
    """Pages that neither came out nor are dead letters; records that pages should have given and nobody has."""
    twice: int
    """Pages that are accounted for twice; records that are there twice."""
    seed: int


class Flow:
    """Two segment and two dedup workers, and a crawler that publishes until it is told to stop."""

    def __init__(self, settings: Settings, folder: Path, seed: int, *, pages: int, seconds: float, pace: float) -> None:
        """So many pages are published over about so many seconds; more, if the faults take longer.

        pace: the pauses between faults are so many times what the faults say.
        """
        self.settings = settings
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311 (chaos is to be repeated, not to be secret)
        self.workers: dict[str, WorkerProcess] = {}
        self.deed: Deed = lambda _: ""
        self.faults = 0
        """How often something was done to the pipeline."""
        self.broker: OwnBroker | None = None
        self._pace = pace
        self._folder = folder
        self._least_pages = pages
        self._pause = seconds / pages
        self._published = 0
        self._stop = threading.Event()
        self._failure: BaseException | None = None
        self._crawler = threading.Thread(target=self._crawl, name="crawler")

    @property
    def published(self) -> int:
        return self._published

    def start(self) -> None:
        """Start everything, wait until it runs."""
        for kind in ("segment", "dedup"):
            for number in (1, 2):
                self.start_worker(f"{kind}-{number}", wait=False)
        for worker in self.workers.values():
            worker.wait_until_ready(60)
        self._crawler.start()

    def start_worker(self, name: str, *, wait: bool = True) -> None:
        """Start a worker; its kind is the name up to the dash."""
        worker = start_odd_worker_process(name.partition("-")[0], self.settings, self._folder / f"{name}.log")
        self.workers[name] = worker
        if wait:
            worker.wait_until_ready(90)

    def names(self, kind: str) -> list[str]:
        return [name for name in self.workers if name.startswith(kind)]

    def pause(self, least: float, most: float) -> None:
        """Let the pipeline work for a random time."""
        time.sleep(self._pace * self.random.uniform(least, most))

    def finish(self) -> Outcome:
        """Stop publishing, wait until all is done, compare. Raises what went wrong besides losses and repeats."""
        self._stop.set()
        self._crawler.join()
        if self._failure is not None:
            raise self._failure
        for name, worker in self.workers.items():
            assert worker.process.poll() is None, f"{name} has ended by itself:\n{worker.last_words()}"
        until(lambda: everything_is_done(self.settings), within=DONE_SECONDS, what="the end of all work")
        outcome = self._compare()
        if not outcome.lost and not outcome.twice:
            self._state_is_right()
        for worker in self.workers.values():
            until(lambda worker=worker: worker.get("/healthz")[0] == 200, within=30)  # type: ignore[misc]
        return outcome

    def close(self) -> None:
        """End what runs."""
        self._stop.set()
        if self._crawler.is_alive():
            self._crawler.join()
        for worker in self.workers.values():
            worker.kill()

    def _crawl(self) -> None:
        try:
            while not self._stop.is_set() or self._published < self._least_pages:
                batch = [self._page(self._published + number) for number in range(10)]
                publish(self.settings, batch)
                self._published += len(batch)
                if not self._stop.is_set():
                    time.sleep(10 * self._pause)
        except BaseException as error:  # the main thread raises it
            self._failure = error

    def _page(self, number: int) -> Page:
        lines = [f"article: {number}", f"teaser: own {number}", f"teaser: shared {number % SHARED_TEASERS}"]
        text = "\n".join([*lines, f"snippet: brief {number % 7}", self.deed(number)])
        site = f"site{number % SITES}.example"
        headers = [("url", f"https://{site}/{number}".encode()), ("site", site.encode())]
        return str(number).encode(), text.encode(), headers

    def _compare(self) -> Outcome:
        """What the audit says, and what another client reads beside what the pages showed."""
        report = audited(self.settings, pages=self._published)
        lost = report.unaccounted.count + report.unpublished.count
        twice = report.accounted_twice.count + report.repeated.count
        if lost or twice:
            return Outcome(report.pages, lost, twice, self.seed)
        there, expected = self._there(), self._expected()
        assert set(there) <= expected, "records that no page shows"
        return Outcome(report.pages, len(expected - set(there)), there.total() - len(there), self.seed)

    def _expected(self) -> set[tuple[str, str, str]]:
        """Kind, site and words of what has to be there, besides what dead letters have kept back."""
        dead = {int(letter.key or b"0") for letter in read_committed(self.settings, "dead-letters")}
        expected = set()
        for number in set(range(self._published)) - dead:
            site = f"site{number % SITES}.example"
            expected |= {("article", site, str(number)), ("snippet", site, f"brief {number % 7}")}
            expected |= {("teaser", site, words) for words in (f"own {number}", f"shared {number % SHARED_TEASERS}")}
        return expected

    def _there(self) -> Counter[tuple[str, str, str]]:
        there: Counter[tuple[str, str, str]] = Counter()
        for record in read_committed(self.settings, "articles"):
            article = decode(record.value or b"", Article)
            there["article", article.site or "", article.headline or ""] += 1
        for record in read_committed(self.settings, "teasers"):
            teaser = decode(record.value or b"", Teaser)
            there["teaser", teaser.site or "", teaser.headline] += 1
        for record in read_committed(self.settings, "snippets"):
            snippet = decode(record.value or b"", Snippet)
            there["snippet", snippet.site or "", snippet.text] += 1
        return there

    def _state_is_right(self) -> None:
        """What the workers remember: showing everything once more publishes nothing."""
        before = len(read_committed(self.settings, "teasers")), len(read_committed(self.settings, "snippets"))
        shown = [self._page(number) for number in range(0, self._published, 5)]
        publish(self.settings, [(key, (value or b"").partition(b"\ndo:")[0], headers) for key, value, headers in shown])
        until(lambda: everything_is_done(self.settings), within=DONE_SECONDS, what="the end of the repeats")
        after = len(read_committed(self.settings, "teasers")), len(read_committed(self.settings, "snippets"))
        revived = 2 * len(read_committed(self.settings, "dead-letters"))
        assert before[1] == after[1]
        assert before[0] <= after[0] <= before[0] + revived
