"""A partition of `news.sightings`: what is new in its window is published, in the same partition of the public topics.

The window is counted in Kafka timestamps of the sightings, and a published record bears the timestamp of the sighting
that it was published for. So a restart, a replay of the topic and the topic's own retention come to the same result.
"""

import asyncio
import time
from collections import Counter, deque
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from schemas import Snippet, Teaser
from schemas.codec import SCHEMA_NAMES, format_of
from workers.dedup.sightings import STAGE, Promo, read_sightings, unseen
from workers.errors import PageError, TooLarge
from workers.observe.events import Event, SeenSetRebuilt, SightingsDeduplicated
from workers.stream import headers as names
from workers.stream.carrier import Output
from workers.stream.dead_letter import Original, announced, dead_letter
from workers.stream.headers import Header, last_values, text
from workers.stream.memory import Memory, new_memory, refresh
from workers.stream.partition import Parcel, Partition, Scene, Signal
from workers.stream.reading import poll
from workers.stream.refusals import Refusals

_READ_MS = 1000

_AT_ONCE = 64
"""Records taken in one go: some thousand teasers, which is some milliseconds without a look at anything else."""

_MOST_RECORDS = 512
_MOST_BYTES = 8 * 2**20
"""What a partition holds: the next transaction's while one is under way."""


class DedupPartition(Partition):
    """Publishes what is new on one partition."""

    def __init__(
        self,
        scene: Scene,
        memories: dict[int, Memory],
        consumer: AIOKafkaConsumer,
        partition: TopicPartition,
        refusals: Refusals,
        ready: Signal,
    ) -> None:
        """memories: partition -> what is remembered of it, kept while other members may have had the partition."""
        super().__init__(scene, consumer, partition, refusals, ready)
        self._memories = memories
        self._memory = memories.setdefault(partition.partition, new_memory(scene.settings))
        self._records: deque[ConsumerRecord] = deque()
        self._bytes = 0
        self._left = asyncio.Event()

    async def run(self, offset: int) -> None:
        await self._remember()
        self.consumer.seek(self.partition, offset)
        self.started = True
        try:
            await self._read()
        finally:
            self._records.clear()

    def first_pending_offset(self) -> int | None:
        return self._records[0].offset if self._records else None

    def next_ready(self) -> int | None:
        return self.first_pending_offset()

    def ready_size(self) -> tuple[int, int]:
        return len(self._records), self._bytes

    def take(self, most: int, most_bytes: int) -> Parcel | None:
        """Decides what is new: what is taken has to be committed, or the partition made anew."""
        batch: list[ConsumerRecord] = []
        size = 0
        for record in self._records:
            too_many = len(batch) >= most or (batch and size + _size(record) > most_bytes)
            if too_many or (most > 1 and self.refusals.alone(record.offset)):
                break
            batch.append(record)
            size += _size(record)
        if not batch:
            return None
        tally = _Tally()
        outputs: list[Output] = []
        for record in batch:
            try:
                outputs += self._published(record, tally)
            except PageError as error:
                outputs.append(self._letter(record, error, tally))
        offsets = [record.offset for record in batch]
        return Parcel(self.partition, offsets, outputs, size, lambda: self._committed(batch, tally))

    def _committed(self, batch: list[ConsumerRecord], tally: "_Tally") -> list[Event]:
        self._memory.undecided.clear()
        if self._records and self._records[0] is batch[0]:
            for _ in batch:
                self._bytes -= _size(self._records.popleft())
            self._left.set()
        self._show_size()
        now = time.time()
        decided = SightingsDeduplicated(
            partition=self.partition.partition,
            new_teasers=tally.new["teasers"],
            repeated_teasers=tally.repeated["teasers"],
            new_snippets=tally.new["snippets"],
            repeated_snippets=tally.repeated["snippets"],
            end_to_end_seconds=[max(0.0, now - at / 1000) for at in tally.page_timestamps],
        )
        return [decided, *tally.dead]

    async def _remember(self) -> None:
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
        seconds = round(time.monotonic() - begun, 3)
        self.scene.observer.emit(
            SeenSetRebuilt(number, len(self._memory.teasers), len(self._memory.snippets), count, seconds)
        )

    async def _read(self) -> None:
        while True:
            if len(self._records) >= _MOST_RECORDS or self._bytes >= _MOST_BYTES:
                self._left.clear()
                await self._left.wait()
                continue
            records = await poll(self.consumer, self.partition, timeout_ms=_READ_MS, most=_AT_ONCE)
            if records:
                self._records += records
                self._bytes += sum(map(_size, records))
                self.ready.set()

    def _published(self, record: ConsumerRecord, tally: "_Tally") -> list[Output]:
        values = last_values(record.headers)
        form = format_of(text(values, names.CONTENT_TYPE))
        refusals = self.refusals.count(record.offset)
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
            tally.note(topic, new=len(fresh), repeated=len(promos) - len(fresh))
            if fresh:
                headers = _headers(values, SCHEMA_NAMES[kind])
                outputs += [self._output(topic, promo, headers, record) for promo in fresh]
        tally.page_timestamps.append(names.page_timestamp(values, record.timestamp))
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

    def _letter(self, record: ConsumerRecord, error: PageError, tally: "_Tally") -> Output:
        original = Original(
            record.topic, record.partition, record.offset, record.key, record.value, list(record.headers)
        )
        refusals_of_the_records = 1 if isinstance(error, TooLarge) else 0
        cuts = max(0, self.refusals.count(record.offset) - refusals_of_the_records)
        tally.dead.append(announced(original, error, cuts=cuts))
        return dead_letter(self.scene.settings.topic("dead-letters"), original, error, cuts=cuts)

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
    dead: list[Event] = field(default_factory=list)

    def note(self, topic: str, *, new: int, repeated: int) -> None:
        self.new[topic] += new
        self.repeated[topic] += repeated


def _size(record: ConsumerRecord) -> int:
    return len(record.value or b"")


def _headers(values: dict[str, bytes], schema: str) -> list[Header]:
    """Of what is published: the page's source and trace, the sightings' encoding, the record's own schema."""
    carried = [(name, values[name]) for name in (names.CONTENT_TYPE, names.SOURCE, names.TRACEPARENT) if name in values]
    return [*carried, (names.SCHEMA, schema.encode())]
