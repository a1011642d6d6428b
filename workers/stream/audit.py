"""The audit: reads the topics and says whether every page is accounted for exactly once and no id is repeated.

What it can know ends where retention has deleted: pages that are gone are not asked about, and pages older than the
oldest output that is still there are not judged. Offsets of a topic have gaps (transaction markers, aborted records),
so the offsets that have to be accounted for are those of records, not all below the end.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from schemas.codec import format_of
from workers.dedup.seen import SeenSet
from workers.dedup.sightings import Promo, read_sightings
from workers.errors import BadEnvelope
from workers.settings import Settings
from workers.stream import clients, dead_letter
from workers.stream import headers as names
from workers.stream.headers import coordinates, last_values, parse_coordinates, text
from workers.stream.memory import identity_of
from workers.stream.reading import records_between
from workers.stream.topics import require_topics
from workers.trends.reading import STAGE as TRENDS_STAGE

_NAMED = 20
"""Of each kind of fault so many are named; all are counted."""

_DAY_SECONDS = 86_400
_FOR_EVER_SECONDS = 10_000 * _DAY_SECONDS

_AUDITED = ("pages", "articles", "sightings", "teasers", "snippets", "dead-letters")


@dataclass
class Faults:
    """Faults of one kind."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        self.count += 1
        if len(self.examples) < _NAMED:
            self.examples.append(example)


@dataclass
class AuditReport:
    """What the audit has found."""

    pages: int = 0
    """Pages judged."""
    waiting: int = 0
    """Pages that the segment group has not committed yet."""
    too_old: int = 0
    """Pages whose outputs retention may have deleted."""
    sightings: int = 0
    dead_letters: int = 0
    replayed: int = 0
    teasers: int = 0
    snippets: int = 0
    sightings_waiting: int = 0
    """Sightings that the dedup group has not committed yet."""
    promos_too_old: int = 0
    """Sightings of teasers and snippets whose publication retention may have deleted."""
    unaccounted: Faults = field(default_factory=Faults)
    """Pages that have neither sightings nor a dead letter."""
    accounted_twice: Faults = field(default_factory=Faults)
    """Pages that have more than one of them, or two articles."""
    repeated: Faults = field(default_factory=Faults)
    """Teasers and snippets published twice within their window."""
    unpublished: Faults = field(default_factory=Faults)
    """Teasers and snippets that were seen and never published."""

    @property
    def clean(self) -> bool:
        """Nothing is wrong."""
        return not any(
            fault.count for fault in (self.unaccounted, self.accounted_twice, self.repeated, self.unpublished)
        )


class _Accounts:
    """How often each offset of one partition has been accounted for."""

    def __init__(self, begin: int, end: int) -> None:
        self._begin = begin
        self.counts = bytearray(max(0, end - begin))

    def add(self, offset: int) -> None:
        slot = offset - self._begin
        if 0 <= slot < len(self.counts):
            self.counts[slot] = min(255, self.counts[slot] + 1)

    def of(self, offset: int) -> int:
        return self.counts[offset - self._begin]


async def audit(settings: Settings) -> AuditReport:
    """Read all of Broadsheet's topics and compare. Raises TopicsError and KafkaError."""
    await require_topics(settings, _AUDITED)
    report = AuditReport()
    async with _Topics.open(settings) as topics:
        # Committed offsets first: outputs of what is committed by now are there when the outputs are read.
        segmented = await topics.committed("pages", settings.segment_group)
        deduplicated = await topics.committed("sightings", settings.dedup_group)
        records = _Records(settings, topics, report)
        await records.read_published()
        await records.read_accounts(segmented, deduplicated)
        await records.judge_pages(segmented)
    return report


class _Topics:
    """Reads whole topics."""

    def __init__(self, settings: Settings, consumer: AIOKafkaConsumer) -> None:
        self._settings = settings
        self._consumer = consumer

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncIterator["_Topics"]:
        consumer = clients.reader(settings, "audit")
        try:
            await consumer.start()
            yield cls(settings, consumer)
        finally:
            await clients.close(consumer)

    async def ranges(self, name: str) -> dict[TopicPartition, tuple[int, int]]:
        """Partition -> first offset and end offset (of what is committed)."""
        partitions = await clients.partitions_of(self._consumer, self._settings.topic(name))
        begins, ends = await self._consumer.beginning_offsets(partitions), await self._consumer.end_offsets(partitions)
        return {one: (begins[one], ends[one]) for one in partitions}

    async def committed(self, name: str, group: str) -> dict[int, int]:
        """Partition -> the group's committed offset; 0 where there is none."""
        partitions = await clients.partitions_of(self._consumer, self._settings.topic(name))
        return await clients.committed_offsets(self._settings, group, partitions)

    async def records(self, name: str) -> AsyncIterator[list[ConsumerRecord]]:
        """Everything that is on the topic now."""
        ranges = await self.ranges(name)
        self._consumer.assign(list(ranges))
        for partition, (begin, end) in ranges.items():
            async for batch in records_between(self._consumer, partition, begin, end):
                yield batch


class _Records:
    """Puts together what the topics say."""

    def __init__(self, settings: Settings, topics: _Topics, report: AuditReport) -> None:
        self._settings = settings
        self._topics = topics
        self._report = report
        self._published = {kind: SeenSet(_FOR_EVER_SECONDS) for kind in ("teasers", "snippets")}
        self._complete: dict[str, bool] = {}
        """Kind -> nothing has been deleted from its topic yet."""
        self._accounts: dict[int, _Accounts] = {}
        self._articles: dict[int, _Accounts] = {}
        self._horizon_ms = -2  # below every timestamp, that of a record without one (-1) included
        """Pages up to this Kafka timestamp may have had outputs that are gone."""

    async def read_published(self) -> None:
        """What is on news.teasers and news.snippets, and whether anything is there twice."""
        days = {"teasers": self._settings.teaser_window_days, "snippets": self._settings.snippet_window_days}
        for kind, published in self._published.items():
            window = SeenSet(days[kind] * _DAY_SECONDS)
            self._complete[kind] = all(begin == 0 for begin, _ in (await self._topics.ranges(kind)).values())
            async for records in self._topics.records(kind):
                for record in records:
                    identity = identity_of(record.key)
                    if identity is None or record.value is None:
                        continue
                    setattr(self._report, kind, getattr(self._report, kind) + 1)
                    published.add(identity, record.timestamp // 1000)
                    if not window.add(identity, record.timestamp // 1000):
                        self._report.repeated.add(
                            f"{identity.hex()} at {coordinates(record.topic, record.partition, record.offset)}"
                        )

    async def read_accounts(self, segmented: dict[int, int], deduplicated: dict[int, int]) -> None:
        """Which pages have articles, sightings and dead letters; which of what was seen has been published."""
        for partition, (begin, _) in (await self._topics.ranges("pages")).items():
            number = partition.partition
            self._accounts[number] = _Accounts(begin, segmented[number])
            self._articles[number] = _Accounts(begin, segmented[number])
        undeduplicated: set[str] = set()
        async for record in self._with_horizon("dead-letters"):
            values = last_values(record.headers)
            if dead_letter.REPLAYED in values:
                self._report.replayed += 1
                continue
            self._report.dead_letters += 1
            source = text(values, dead_letter.SOURCE)
            self._account(self._accounts, source)
            # What the trends worker cannot read may be as good as any other to the dedup worker.
            if text(values, dead_letter.STAGE) != TRENDS_STAGE:
                undeduplicated.add(source or "")
        async for record in self._with_horizon("sightings"):
            self._report.sightings += 1
            values = last_values(record.headers)
            if dead_letter.REPLAYED_FROM not in values:  # such a one stands for sightings that are there already
                self._account(self._accounts, text(values, names.SOURCE))
            if record.offset >= deduplicated[record.partition]:
                self._report.sightings_waiting += 1
            elif coordinates(record.topic, record.partition, record.offset) not in undeduplicated:
                self._judge_promos(record, text(values, names.CONTENT_TYPE))
        async for records in self._topics.records("articles"):
            for record in records:
                self._account(self._articles, text(last_values(record.headers), names.SOURCE))

    async def judge_pages(self, segmented: dict[int, int]) -> None:
        """Every page that is on the topic has to be accounted for once."""
        async for records in self._topics.records("pages"):
            for record in records:
                if record.offset >= segmented[record.partition]:
                    self._report.waiting += 1
                elif record.timestamp <= self._horizon_ms:
                    self._report.too_old += 1
                else:
                    self._judge_page(record)

    def _judge_page(self, record: ConsumerRecord) -> None:
        self._report.pages += 1
        times = self._accounts[record.partition].of(record.offset)
        place = coordinates(record.topic, record.partition, record.offset)
        if times == 0:
            self._report.unaccounted.add(place)
        elif times > 1:
            self._report.accounted_twice.add(f"{place} ({times} times)")
        elif self._articles[record.partition].of(record.offset) > 1:
            self._report.accounted_twice.add(f"{place} (two articles)")

    async def _with_horizon(self, name: str) -> AsyncIterator[ConsumerRecord]:
        """The topic's records; where something has been deleted, the oldest that is left moves the horizon."""
        begins = {partition.partition: begin for partition, (begin, _) in (await self._topics.ranges(name)).items()}
        met: set[int] = set()
        async for records in self._topics.records(name):
            for record in records:
                if record.partition not in met:
                    met.add(record.partition)
                    if begins[record.partition] > 0:
                        self._horizon_ms = max(self._horizon_ms, record.timestamp)
                yield record

    def _account(self, accounts: dict[int, _Accounts], source: str | None) -> None:
        place = parse_coordinates(source)
        if place is not None and place[0] == self._settings.topic("pages") and place[1] in accounts:
            accounts[place[1]].add(place[2])

    def _judge_promos(self, record: ConsumerRecord, content_type: str | None) -> None:
        try:
            teasers, snippets = read_sightings(record.value, format_of(content_type))
        except BadEnvelope:
            self._report.unpublished.add(
                f"everything in {coordinates(record.topic, record.partition, record.offset)}: no sightings record"
            )
            return
        self._judge_kind("teasers", teasers)
        self._judge_kind("snippets", snippets)

    def _judge_kind(self, kind: str, promos: list[Promo]) -> None:
        for promo in promos:
            if promo.identity in self._published[kind]:
                continue
            if self._complete[kind]:
                self._report.unpublished.add(f"{promo.identity.hex()} of {kind}")
            else:
                self._report.promos_too_old += 1
