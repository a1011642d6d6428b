"""Every event that a worker reports, in one place. One event writes the log line and moves its counters.

An event's name in the log is its class's name in snake case; its fields are the log line's fields.
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import ClassVar, Literal

from structlog.typing import FilteringBoundLogger

from workers.observe.metrics import Metrics

Level = Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""

    level: ClassVar[Level] = "info"

    def count(self, metrics: Metrics) -> None:
        """Move the counters that go with the event."""


# The life of a worker


@dataclass(frozen=True, slots=True)
class WorkerStarted(Event):
    kind: str
    version: str
    topics: list[str]
    group: str


@dataclass(frozen=True, slots=True)
class HttpListening(Event):
    """Where /metrics, /healthz and /readyz are."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class StopRequested(Event):
    signal: str


@dataclass(frozen=True, slots=True)
class WorkerStopped(Event):
    exit_code: int
    seconds: float


@dataclass(frozen=True, slots=True)
class WorkerFailed(Event):
    """The worker gives up: what is wrong cannot mend itself."""

    level: ClassVar[Level] = "error"
    problem: str


@dataclass(frozen=True, slots=True)
class MembershipRestarted(Event):
    """Something went wrong with Kafka; the worker leaves the group, waits and joins it anew."""

    level: ClassVar[Level] = "warning"
    problem: str
    wait_seconds: float


# Partitions and transactions


@dataclass(frozen=True, slots=True)
class PartitionsAssigned(Event):
    partitions: list[int]

    def count(self, metrics: Metrics) -> None:
        metrics.rebalances.inc()


@dataclass(frozen=True, slots=True)
class PartitionsRevoked(Event):
    partitions: list[int]


@dataclass(frozen=True, slots=True)
class PartitionStarted(Event):
    """The predecessor is fenced, the position is known, reading begins."""

    topic: str
    partition: int
    offset: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PositionMoved(Event):
    """What was committed is not there: retention has deleted unprocessed records, or the topic was made anew."""

    level: ClassVar[Level] = "error"
    topic: str
    partition: int
    committed: int
    begins_at: int


@dataclass(frozen=True, slots=True)
class WorkRetried(Event):
    """A transaction or a request failed; the work starts over from what is committed."""

    level: ClassVar[Level] = "warning"
    problem: str
    wait_seconds: float


@dataclass(frozen=True, slots=True)
class TransactionCommitted(Event):
    level: ClassVar[Level] = "debug"
    inputs: int
    outputs: int
    seconds: float

    def count(self, metrics: Metrics) -> None:
        metrics.transactions.labels("commit").inc()
        metrics.stage_seconds.labels("commit").observe(self.seconds)


@dataclass(frozen=True, slots=True)
class TransactionAborted(Event):
    level: ClassVar[Level] = "warning"
    inputs: int
    problem: str

    def count(self, metrics: Metrics) -> None:
        metrics.transactions.labels("abort").inc()


@dataclass(frozen=True, slots=True)
class TransactionFenced(Event):
    """Another worker has taken the partitions over; nothing of ours reached a reader."""

    level: ClassVar[Level] = "warning"
    inputs: int

    def count(self, metrics: Metrics) -> None:
        metrics.transactions.labels("fenced").inc()


# Pages


@dataclass(frozen=True, slots=True)
class PageProcessed(Event):
    """A page's outputs are committed."""

    level: ClassVar[Level] = "debug"
    source: str
    url: str | None
    format: str
    outcome: str
    teasers: int
    snippets: int
    bytes: int
    end_to_end_seconds: float
    stages: dict[str, float]
    site: str | None = None
    language: str | None = None

    def count(self, metrics: Metrics) -> None:
        metrics.pages.labels(self.format, self.outcome).inc()
        metrics.records.labels("sightings").inc()
        if self.outcome == "article":
            metrics.records.labels("article").inc()
            metrics.articles.labels(metrics.known_languages.value(self.language)).inc()
        site = metrics.known_sites.value(self.site)
        metrics.site_pages.labels(site).inc()
        metrics.site_teasers.labels(site).inc(self.teasers)
        metrics.page_bytes.observe(self.bytes)
        metrics.end_to_end_seconds.observe(self.end_to_end_seconds)
        for stage, seconds in self.stages.items():
            metrics.stage_seconds.labels(stage).observe(seconds)


@dataclass(frozen=True, slots=True)
class PageDeadLettered(Event):
    """A dead letter is committed."""

    level: ClassVar[Level] = "warning"
    source: str
    url: str | None
    reason: str
    stage: str
    detail: str
    attempts: int
    bytes: int
    cut: bool
    """The value was too large even for the dead-letter topic and has been cut."""

    def count(self, metrics: Metrics) -> None:
        metrics.pages.labels("unknown", "dead_letter").inc()
        metrics.dead_letters.labels(self.reason).inc()
        metrics.records.labels("dead_letter").inc()
        metrics.page_bytes.observe(self.bytes)


@dataclass(frozen=True, slots=True)
class ChildDied(Event):
    level: ClassVar[Level] = "warning"
    process: int
    why: str
    last_words: str

    def count(self, metrics: Metrics) -> None:
        metrics.child_deaths.labels(self.why.partition(" (")[0]).inc()


@dataclass(frozen=True, slots=True)
class FloodGuardTripped(Event):
    level: ClassVar[Level] = "error"
    dead_letters: int
    pages: int
    commonest_reason: str
    advice: str


# Deduplication


@dataclass(frozen=True, slots=True)
class SeenSetRebuilt(Event):
    partition: int
    teasers: int
    snippets: int
    records: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SightingsDeduplicated(Event):
    """What a committed transaction has decided."""

    level: ClassVar[Level] = "debug"
    partition: int
    new_teasers: int
    repeated_teasers: int
    new_snippets: int
    repeated_snippets: int
    end_to_end_seconds: list[float]
    """Of each page."""

    def count(self, metrics: Metrics) -> None:
        metrics.dedup.labels("teaser", "new").inc(self.new_teasers)
        metrics.dedup.labels("teaser", "repeat").inc(self.repeated_teasers)
        metrics.dedup.labels("snippet", "new").inc(self.new_snippets)
        metrics.dedup.labels("snippet", "repeat").inc(self.repeated_snippets)
        metrics.records.labels("teaser").inc(self.new_teasers)
        metrics.records.labels("snippet").inc(self.new_snippets)
        for seconds in self.end_to_end_seconds:
            metrics.end_to_end_seconds.observe(seconds)


# Trends


@dataclass(frozen=True, slots=True)
class ViewListening(Event):
    """Where /sites/<site>/trends is."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class TrendsRecovered(Event):
    """What a partition's open windows hold has been read back."""

    partition: int
    entries: int
    applied: int
    """The offset of the last sightings record that is counted; -1: none is."""


@dataclass(frozen=True, slots=True)
class TrendsStateUnreadable(Event):
    """A record of the state cannot be read: what it counted is missing from open windows."""

    level: ClassVar[Level] = "error"
    source: str
    problem: str


@dataclass(frozen=True, slots=True)
class TrendsCommitted(Event):
    """Sightings of a partition have been counted, and what follows from them has been written."""

    level: ClassVar[Level] = "debug"
    partition: int
    records: int
    sightings: dict[str, int]
    """What became of them -> how many."""
    windows: int
    """Published."""
    seconds: float
    end_to_end_seconds: list[float]
    """Of each page."""

    def count(self, metrics: Metrics) -> None:
        metrics.transactions.labels("commit").inc()
        metrics.stage_seconds.labels("commit").observe(self.seconds)
        metrics.records.labels("trends").inc(self.windows)
        for result, count in self.sightings.items():
            metrics.trends_sightings.labels(result).inc(count)
        for seconds in self.end_to_end_seconds:
            metrics.end_to_end_seconds.observe(seconds)


_LEVELS: dict[Level, int] = {"debug": 10, "info": 20, "warning": 30, "error": 40}


@dataclass(frozen=True, slots=True)
class Observer:
    """Where events go."""

    metrics: Metrics
    log: FilteringBoundLogger

    def emit(self, event: Event) -> None:
        """Write the event's log line and move its counters."""
        event.count(self.metrics)
        level = _LEVELS[event.level]
        if self.log.is_enabled_for(level):
            self.log.log(
                level, name_of(type(event).__name__), **{one.name: getattr(event, one.name) for one in fields(event)}
            )


@cache
def name_of(kind: str) -> str:
    """PageDeadLettered -> page_dead_lettered."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
