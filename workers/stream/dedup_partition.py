"""A partition of `news.sightings`: what is new in its window is published, in the same partition of the public topics.

The window is counted in Kafka timestamps of the sightings, and a published record bears the timestamp of the sighting
that it was published for. So a restart, a replay of the topic and the topic's own retention come to the same result.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from schemas import Snippet, Teaser
from schemas.codec import SCHEMA_NAMES, format_of
from workers.dedup.sightings import STAGE, Promo, read_sightings, unseen
from workers.errors import PageError, TooLarge
from workers.observe.events import PageDeadLettered, SeenSetRebuilt, SightingsDeduplicated
from workers.stream import headers as names
from workers.stream.dead_letter import Original, attempts_so_far, dead_letter
from workers.stream.headers import Header, last_values, text
from workers.stream.memory import Memory, new_memory, refresh
from workers.stream.partition import Partition, Scene
from workers.stream.reading import poll
from workers.stream.refusals import Refusals
from workers.stream.segment_task import PAGE_TIMESTAMP
from workers.stream.transactions import Output

_READ_SECONDS = 1.0

_LINGER_SECONDS = 0.05
"""How long a transaction waits for more sightings: a commit costs as much as a hundred of them."""

_MOST_RECORDS = 256
_AT_ONCE = 32
"""Records taken in one go: some thousand teasers, which is some milliseconds without a look at anything else."""

_MOST_BYTES = 4 * 2**20


class DedupPartition(Partition):
    """Publishes what is new on one partition."""

    def __init__(
        self, scene: Scene, memories: dict[int, Memory], consumer: AIOKafkaConsumer, partition: TopicPartition
    ) -> None:
        """memories: partition -> what is remembered of it, kept while other members may have had the partition."""
        super().__init__(scene, consumer, partition)
        self._memories = memories
        self._memory = memories.setdefault(partition.partition, new_memory(scene.settings))
        self._records: list[ConsumerRecord] = []
        self._refusals = Refusals()
        self._offsets: list[int] = []
        self._dead: list[PageDeadLettered] = []
        self._tally = _Tally()

    async def prepare(self) -> None:
        begun = time.monotonic()
        number = self.partition.partition
        self._memory.forget_undecided()
        count = await refresh(
            self._memory,
            self.scene.settings,
            number,
            lambda: self.scene.health.progress("published ids are being read"),
        )
        self._show_size()
        seconds = time.monotonic() - begun
        self.scene.observer.emit(
            SeenSetRebuilt(number, len(self._memory.teasers), len(self._memory.snippets), count, seconds)
        )

    async def work(self) -> None:
        try:
            while True:
                self._records = await self._next_records()
                outputs = self._decide()
                await self.commit(outputs, self._records[-1].offset + 1, len(self._records))
                self._records = []
        finally:
            self._records = []

    def first_pending_offset(self) -> int | None:
        return self._records[0].offset if self._records else None

    def too_large(self) -> None:
        self._refusals.note(self._offsets, self.scene.settings.topic("dead-letters"))

    async def _next_records(self) -> list[ConsumerRecord]:
        """The sightings of the next transaction, after waiting a little for more."""
        clock = asyncio.get_running_loop().time
        records: list[ConsumerRecord] = []
        size, until = 0, clock() + _READ_SECONDS
        alone = self._refusals.alone(await self.consumer.position(self.partition))
        while True:
            wait_ms = max(0, round((until - clock()) * 1000))
            at_once = 1 if alone else _AT_ONCE
            fresh = await poll(self.consumer, self.partition, timeout_ms=wait_ms, most=at_once)
            if not records:
                until = clock() + (_LINGER_SECONDS if fresh else _READ_SECONDS)
            records += fresh
            # Seen from outside, what has been read is pending from now on.
            self._records = records
            size += sum(len(record.value or b"") for record in fresh)
            full = alone or len(records) >= _MOST_RECORDS or size >= _MOST_BYTES
            if records and (full or clock() >= until):
                return records

    def _decide(self) -> list[Output]:
        """What the sightings give: new teasers and snippets, and dead letters of what are no sightings."""
        outputs: list[Output] = []
        self._offsets = [record.offset for record in self._records]
        self._dead, self._tally = [], _Tally()
        for record in self._records:
            try:
                outputs += self._published(record)
            except PageError as error:
                outputs.append(self._letter(record, error))
        return outputs

    def _published(self, record: ConsumerRecord) -> list[Output]:
        values = last_values(record.headers)
        form = format_of(text(values, names.CONTENT_TYPE))
        refusals = self._refusals.count(record.offset)
        teasers, snippets = read_sightings(record.value, form)
        if refusals:
            raise TooLarge("a teaser or snippet is larger than its topic takes", stage=STAGE)
        outputs: list[Output] = []
        for topic, kind, promos, seen in (
            ("teasers", Teaser, teasers, self._memory.teasers),
            ("snippets", Snippet, snippets, self._memory.snippets),
        ):
            fresh = unseen(promos, seen, record.timestamp // 1000)
            self._memory.undecided += [(seen, promo.identity) for promo in fresh]
            self._tally.note(topic, new=len(fresh), repeated=len(promos) - len(fresh))
            if fresh:
                headers = _headers(values, SCHEMA_NAMES[kind])
                outputs += [self._output(topic, promo, headers, record) for promo in fresh]
        self._tally.page_timestamps.append(_page_timestamp(values, record.timestamp))
        return outputs

    def _output(self, topic: str, promo: Promo, headers: list[Header], record: ConsumerRecord) -> Output:
        return Output(
            self.scene.settings.topic(topic),
            promo.key,
            bytes(promo.record),
            headers,
            partition=record.partition,
            timestamp_ms=record.timestamp,
        )

    def _letter(self, record: ConsumerRecord, error: PageError) -> Output:
        original = Original(
            record.topic, record.partition, record.offset, record.key, record.value, list(record.headers)
        )
        refusals_of_the_records = 1 if isinstance(error, TooLarge) else 0
        cuts = max(0, self._refusals.count(record.offset) - refusals_of_the_records)
        self._dead.append(
            PageDeadLettered(
                source=original.source,
                url=None,
                reason=error.reason,
                stage=error.stage,
                detail=str(error),
                attempts=attempts_so_far(record.headers) + 1,
                bytes=len(record.value or b""),
                cut=cuts > 0,
            )
        )
        return dead_letter(self.scene.settings.topic("dead-letters"), original, error, cuts=cuts)

    def committed(self) -> None:
        self._memory.undecided.clear()
        self._refusals.settled(self._offsets)
        now = time.time()
        tally = self._tally
        self.scene.observer.emit(
            SightingsDeduplicated(
                partition=self.partition.partition,
                new_teasers=tally.new["teasers"],
                repeated_teasers=tally.repeated["teasers"],
                new_snippets=tally.new["snippets"],
                repeated_snippets=tally.repeated["snippets"],
                end_to_end_seconds=[max(0.0, now - at / 1000) for at in tally.page_timestamps],
            )
        )
        for letter in self._dead:
            self.scene.observer.emit(letter)
        self._show_size()

    def _show_size(self) -> None:
        keys = self.scene.observer.metrics.dedup_keys
        keys.labels("teaser").set(sum(len(memory.teasers) for memory in self._memories.values()))
        keys.labels("snippet").set(sum(len(memory.snippets) for memory in self._memories.values()))


@dataclass
class _Tally:
    """What a transaction holds, by topic."""

    new: Counter[str] = field(default_factory=Counter)
    repeated: Counter[str] = field(default_factory=Counter)
    page_timestamps: list[int] = field(default_factory=list)

    def note(self, topic: str, *, new: int, repeated: int) -> None:
        self.new[topic] += new
        self.repeated[topic] += repeated


def _headers(values: dict[str, bytes], schema: str) -> list[Header]:
    """Of what is published: the page's source and trace, the sightings' encoding, the record's own schema."""
    carried = [(name, values[name]) for name in (names.CONTENT_TYPE, names.SOURCE, names.TRACEPARENT) if name in values]
    return [*carried, (names.SCHEMA, schema.encode())]


def _page_timestamp(values: dict[str, bytes], otherwise: int) -> int:
    given = text(values, PAGE_TIMESTAMP)
    return int(given) if given is not None and given.isascii() and given.isdigit() and len(given) < 15 else otherwise
