"""A partition of `news.pages`: pages go to the pool as they come and are committed in order as they come back."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from workers.errors import BadEnvelope, Bug, PageError, TooLarge
from workers.observe.events import Event, PageProcessed
from workers.stream.budget import Budget
from workers.stream.carrier import Output
from workers.stream.dead_letter import UNREADABLE, Original, announced, dead_letter
from workers.stream.flood import FloodGuard
from workers.stream.headers import coordinates
from workers.stream.page_work import PageDone, PageFailed, PageWork, decode_answer, encode_work
from workers.stream.partition import Parcel, Partition, Scene, Signal
from workers.stream.pool import Pool
from workers.stream.reading import UnreadableRecord, poll
from workers.stream.refusals import Refusals

_READ_MS = 1000

_MOST_AT_ONCE = 4
"""Pages read in one go before the budget is asked again: however large they are, it is overshot by no more."""

_FIRST_GUESS_BYTES = 2**20
"""Of a page's size, before any has been seen: rather too much than too little."""

_HELD_TRANSACTIONS = 2
"""A partition holds the pages of the transaction under way and of the next: one partition cannot take all the room."""

_RECORD_BYTES = 256
"""A record besides its value: what counts against the budget even for empty pages."""

_ENVELOPE_SHARE = 1.5
"""An envelope may be larger than the page in it: base64 takes four bytes for three. What is larger than that is refused
without a look; the core refuses the rest."""


@dataclass(eq=False, slots=True)
class _Page:
    """A page that has been read and not been committed."""

    record: ConsumerRecord
    size: int
    answer: asyncio.Future[bytes]


Report = Callable[[], Event]
"""Makes a page's event at the moment of its commit."""


@dataclass(frozen=True)
class Workshop:
    """What the partitions of a segment worker share besides the scene."""

    pool: Pool
    budget: Budget
    flood: FloodGuard


class SegmentPartition(Partition):
    """Takes the pages of one partition apart."""

    def __init__(
        self,
        scene: Scene,
        workshop: Workshop,
        consumer: AIOKafkaConsumer,
        partition: TopicPartition,
        refusals: Refusals,
        ready: Signal,
    ) -> None:
        super().__init__(scene, consumer, partition, refusals, ready)
        self._workshop = workshop
        self._pages: deque[_Page] = deque()
        self._left = asyncio.Event()
        self._mean_bytes = float(_FIRST_GUESS_BYTES)

    async def run(self, offset: int) -> None:
        self.consumer.seek(self.partition, offset)
        self.started = True
        try:
            await self._read()
        finally:
            for page in self._pages:
                if not page.answer.cancel() and not page.answer.cancelled():
                    page.answer.exception()  # nobody will ask any more
            self._let_go(len(self._pages))

    def first_pending_offset(self) -> int | None:
        return self._pages[0].record.offset if self._pages else None

    def next_ready(self) -> int | None:
        return self._pages[0].record.offset if self._pages and self._pages[0].answer.done() else None

    def ready_size(self) -> tuple[int, int]:
        count = size = 0
        for page in self._pages:
            if not page.answer.done():
                break
            count += 1
            size += page.size
        return count, size

    def take(self, most: int, most_bytes: int) -> Parcel | None:
        batch: list[_Page] = []
        size = 0
        for page in self._pages:
            too_many = len(batch) >= most or (batch and size + page.size > most_bytes)
            if too_many or not page.answer.done() or (most > 1 and self.refusals.alone(page.record.offset)):
                break
            batch.append(page)
            size += page.size
        if not batch:
            return None
        outputs: list[Output] = []
        reports: list[Report] = []
        for page in batch:
            made, report = self._settle(page)
            outputs += made
            reports.append(report)
        offsets = [page.record.offset for page in batch]
        return Parcel(self.partition, offsets, outputs, size, lambda: self._committed(batch, reports))

    def _committed(self, batch: list[_Page], reports: list[Report]) -> list[Event]:
        # A partition that is let go while it commits has given its pages back already.
        if self._pages and self._pages[0] is batch[0]:
            self._let_go(len(batch))
        return [report() for report in reports]

    async def _read(self) -> None:
        settings, budget = self.scene.settings, self._workshop.budget
        while True:
            await budget.room()
            room = _HELD_TRANSACTIONS * settings.batch_pages - len(self._pages)
            if room <= 0:
                self._left.clear()
                await self._left.wait()
                continue
            at_once = max(1, min(room, _MOST_AT_ONCE, int(budget.bytes_left / self._mean_bytes)))
            for record in await poll(self.consumer, self.partition, timeout_ms=_READ_MS, most=at_once):
                self._take(record)

    def _take(self, record: ConsumerRecord) -> None:
        size = len(record.value or b"") + _RECORD_BYTES
        # Moves quickly up and slowly down: what is feared is large pages after small ones.
        self._mean_bytes = max(size, 0.9 * self._mean_bytes + 0.1 * size)
        self._workshop.budget.take(size)
        page = _Page(record, size, self._submit(record))
        self._pages.append(page)
        page.answer.add_done_callback(lambda _: self._done(page))

    def _done(self, page: _Page) -> None:
        # The others wait for their turn: what counts is the first.
        if self._pages and self._pages[0].answer.done() and not page.answer.cancelled():
            self.ready.set()

    def _submit(self, record: ConsumerRecord) -> asyncio.Future[bytes]:
        settings = self.scene.settings
        if isinstance(record, UnreadableRecord):
            return _refused(BadEnvelope("the name of a header is not UTF-8", stage="read"))
        if len(record.value or b"") > _ENVELOPE_SHARE * settings.max_page_bytes:
            detail = f"{len(record.value)} bytes; the limit is {settings.max_page_bytes}"
            return _refused(TooLarge(detail, stage="read"))
        work = PageWork(
            record.topic,
            record.partition,
            record.offset,
            record.timestamp,
            list(record.headers),
            record.value is not None,
            settings.record_format,
            settings.max_compressed_page_bytes,
        )
        return self._workshop.pool.submit(encode_work(work), record.value or b"")

    def _settle(self, page: _Page) -> tuple[list[Output], Report]:
        """What a page becomes: its records, or a dead letter. Raises FloodError."""
        try:
            answer = decode_answer(page.answer.result())
        except PageError as error:
            return self._dead(page, error, None)
        if isinstance(answer, PageFailed):
            return self._dead(page, _rebuilt(answer), answer.url)
        if self.refusals.count(page.record.offset):
            refused = TooLarge("what the page gives is larger than its topic takes", stage="write")
            return self._dead(page, refused, answer.page.url, refusals_of_the_records=1)
        self._workshop.flood.note(None)
        return self._records(answer.page), lambda: self._processed(page, answer.page)

    def _records(self, done: PageDone) -> list[Output]:
        topics = {
            "article": self.scene.settings.topic("articles"),
            "sightings": self.scene.settings.topic("sightings"),
        }
        return [Output(topics[one.kind], one.key, one.value, one.headers) for one in done.records]

    def _processed(self, page: _Page, done: PageDone) -> Event:
        record = page.record
        return PageProcessed(
            source=coordinates(record.topic, record.partition, record.offset),
            url=done.url,
            format=done.format,
            outcome=done.outcome,
            teasers=done.teasers,
            snippets=done.snippets,
            bytes=len(record.value or b""),
            end_to_end_seconds=max(0.0, time.time() - record.timestamp / 1000),
            stages=done.stages,
            site=done.site,
            language=done.language,
        )

    def _dead(
        self, page: _Page, error: PageError, url: str | None, *, refusals_of_the_records: int = 0
    ) -> tuple[list[Output], Report]:
        self._workshop.flood.note(error.reason)
        record = page.record
        missing = UNREADABLE if isinstance(record, UnreadableRecord) else None
        original = Original(
            record.topic, record.partition, record.offset, record.key, record.value, list(record.headers), missing
        )
        cuts = self.refusals.count(record.offset) - refusals_of_the_records
        letter = dead_letter(self.scene.settings.topic("dead-letters"), original, error, cuts=cuts)
        event = announced(original, error, url=url, cuts=cuts)
        return [letter], lambda: event

    def _let_go(self, count: int) -> None:
        size = 0
        for _ in range(count):
            size += self._pages.popleft().size
        self._workshop.budget.give_back(count, size)
        self._left.set()


def _refused(error: PageError) -> asyncio.Future[bytes]:
    """The answer to a page that no child is given."""
    answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
    answer.set_exception(error)
    return answer


_ERRORS: dict[str, type[PageError]] = {kind.reason: kind for kind in PageError.__subclasses__()}


def _rebuilt(failed: PageFailed) -> PageError:
    """The page error that a child has reported."""
    return _ERRORS.get(failed.reason, Bug)(failed.detail, stage=failed.stage)
