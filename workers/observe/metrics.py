"""Every metric of the workers, in one place. Names and labels are part of the contract."""

import platform
from importlib.metadata import version
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from workers.errors import PageError
from workers.observe.bounded import BoundedLabel

_SECONDS_OF_A_STAGE = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_SECONDS_END_TO_END = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86400)
"""From one page on an idle pipeline to a day's backlog."""
_PAGE_BYTES = tuple(1000 * 2**power for power in range(16))
"""1 kB to 33 MB: from a flattened brief to the size limit."""
_MOST_SITES = 200
_MOST_LANGUAGES = 60
"""Of one worker. Two counters a site make some hundreds of series, which Prometheus bears from each of many workers."""


class Metrics:
    """The metrics of one worker process, in a registry of their own (no process-global state: tests make many)."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry if registry is not None else CollectorRegistry()
        self.pages = Counter(
            "broadsheet_pages",
            "Pages whose outputs are committed. Outcomes: article, no_article, empty, dead_letter.",
            ["format", "outcome"],
            registry=self.registry,
        )
        self.records = Counter(
            "broadsheet_records",
            "Records committed, by kind: article, sightings, teaser, snippet, trends, dead_letter.",
            ["kind"],
            registry=self.registry,
        )
        self.known_languages = BoundedLabel(_MOST_LANGUAGES)
        self.articles = Counter(
            "broadsheet_articles", "Articles committed, by language.", ["language"], registry=self.registry
        )
        self.known_sites = BoundedLabel(_MOST_SITES)
        self.site_pages = Counter(
            "broadsheet_site_pages",
            "Pages committed without a dead letter, of the first sites that the worker met; the others are other.",
            ["site"],
            registry=self.registry,
        )
        self.site_teasers = Counter(
            "broadsheet_site_teasers",
            "Teasers sighted, repeats included, of the same sites.",
            ["site"],
            registry=self.registry,
        )
        self.page_bytes = Histogram(
            "broadsheet_page_bytes",
            "Size of pages as they stand on the topic, in bytes.",
            buckets=_PAGE_BYTES,
            registry=self.registry,
        )
        self.stage_seconds = Histogram(
            "broadsheet_stage_seconds",
            "Time that a page (or a transaction: stage commit) spends in a stage.",
            ["stage"],
            buckets=_SECONDS_OF_A_STAGE,
            registry=self.registry,
        )
        self.end_to_end_seconds = Histogram(
            "broadsheet_end_to_end_seconds",
            "From a page's Kafka timestamp to the commit of this worker's output of it.",
            buckets=_SECONDS_END_TO_END,
            registry=self.registry,
        )
        self.dead_letters = Counter(
            "broadsheet_dead_letters", "Dead letters committed, by reason.", ["reason"], registry=self.registry
        )
        self.dedup = Counter(
            "broadsheet_dedup",
            "Sightings of teasers and snippets: new ones are published, repeats are not.",
            ["kind", "result"],
            registry=self.registry,
        )
        self.dedup_keys = Gauge(
            "broadsheet_dedup_keys", "Ids that are remembered, by kind.", ["kind"], registry=self.registry
        )
        self.trends_sightings = Counter(
            "broadsheet_trends_sightings",
            "Sightings of teasers by what became of them: counted, repeat, late, overflow, no_site.",
            ["result"],
            registry=self.registry,
        )
        self.trends_entries = Gauge(
            "broadsheet_trends_entries",
            "Teasers of a site in ten minutes that are held for open windows.",
            registry=self.registry,
        )
        self.trends_behind_seconds = Gauge(
            "broadsheet_trends_behind_seconds",
            "From the latest sighting that was counted, of any partition, to now.",
            registry=self.registry,
        )
        self.transactions = Counter(
            "broadsheet_transactions",
            "Transactions by how they ended: commit, abort, fenced. A trends worker has none; its commits are counted.",
            ["result"],
            registry=self.registry,
        )
        self.consumer_lag = Gauge(
            "broadsheet_consumer_lag",
            "Records of the partition that are not committed yet.",
            ["topic", "partition"],
            registry=self.registry,
        )
        self.pool_busy_ratio = Gauge(
            "broadsheet_pool_busy_ratio", "Share of the child processes that are at a page.", registry=self.registry
        )
        self.child_deaths = Counter(
            "broadsheet_child_deaths", "Child processes that ended at a page, by why.", ["why"], registry=self.registry
        )
        self.in_flight_pages = Gauge(
            "broadsheet_in_flight_pages", "Pages read and not committed.", registry=self.registry
        )
        self.in_flight_bytes = Gauge(
            "broadsheet_in_flight_bytes", "Bytes of the pages read and not committed.", registry=self.registry
        )
        self.rebalances = Counter(
            "broadsheet_rebalances", "Times that partitions were assigned to this worker.", registry=self.registry
        )
        self.build_info = Info("broadsheet_build", "The release that runs.", registry=self.registry)
        self.build_info.info({"version": version("broadsheet"), "python": platform.python_version()})
        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        """Show every counter whose labels are known before it counts for the first time.

        Prometheus sees an increase only between two samples: a counter that begins at 1 has not increased, and the
        first dead letter or fenced transaction would raise no alert.
        """
        for page_format, outcome in product(("html", "text"), ("article", "no_article", "empty")):
            self.pages.labels(page_format, outcome)
        self.pages.labels("unknown", "dead_letter")
        for kind in ("article", "sightings", "teaser", "snippet", "trends", "dead_letter"):
            self.records.labels(kind)
        for error in PageError.__subclasses__():
            self.dead_letters.labels(error.reason)
        for kind, result in product(("teaser", "snippet"), ("new", "repeat")):
            self.dedup.labels(kind, result)
        for result in ("counted", "repeat", "late", "overflow", "no_site"):
            self.trends_sightings.labels(result)
        for result in ("commit", "abort", "fenced"):
            self.transactions.labels(result)
