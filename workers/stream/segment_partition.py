"""A partition of `news.pages`: pages go to the pool as they come and are committed in order as they come back."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from workers.errors import BadEnvelope, Bug, PageError, TooLarge
from workers.observe.events import Event, PageDeadLettered, PageProcessed
from workers.stream.budget import Budget
from workers.stream.dead_letter import Original, attempts_so_far, dead_letter
from workers.stream.flood import FloodGuard
from workers.stream.headers import coordinates
from workers.stream.partition import Partition, Scene, together
from workers.stream.pool import Pool
from workers.stream.reading import UnreadableRecord, poll
from workers.stream.refusals import Refusals
from workers.stream.segment_task import PageDone, PageFailed, PageWork, decode_answer, encode_work
from workers.stream.transactions import Output

_READ_MS = 1000

_READ_AT_ONCE_BYTES = 2**20
"""About so much is read before the budget is asked again: a partition overshoots it by no more, or by one page."""

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

    def __init__(self, scene: Scene, workshop: Workshop, consumer: AIOKafkaConsumer, partition: TopicPartition) -> None:
        super().__init__(scene, consumer, partition)
        self._workshop = workshop
        self._pages: deque[_Page] = deque()
        self._arrived = asyncio.Event()
        self._left = asyncio.Event()
        self._mean_bytes = float(_READ_AT_ONCE_BYTES)
        self._batch: list[_Page] = []
        self._reports: list[Report] = []
        self._refusals = Refusals()

    async def prepare(self) -> None:
        """What was read before is read again."""

    async def work(self) -> None:
        try:
            await together(self._read(), self._write())
        finally:
            for page in self._pages:
                if not page.answer.cancel() and not page.answer.cancelled():
                    page.answer.exception()  # nobody will ask any more
            self._let_go(len(self._pages))

    def first_pending_offset(self) -> int | None:
        return self._pages[0].record.offset if self._pages else None

    def too_large(self) -> None:
        offsets = [page.record.offset for page in self._batch]
        self._refusals.note(offsets, self.scene.settings.topic("dead-letters"))

    async def _read(self) -> None:
        settings, budget = self.scene.settings, self._workshop.budget
        while True:
            await budget.room()
            room = _HELD_TRANSACTIONS * settings.batch_pages - len(self._pages)
            if room <= 0:
                self._left.clear()
                await self._left.wait()
                continue
            at_once = max(1, min(room, int(min(_READ_AT_ONCE_BYTES, budget.bytes_left) / self._mean_bytes)))
            for record in await poll(self.consumer, self.partition, timeout_ms=_READ_MS, most=at_once):
                self._take(record)

    def _take(self, record: ConsumerRecord) -> None:
        size = len(record.value or b"") + _RECORD_BYTES
        # Moves quickly up and slowly down: what is feared is large pages after small ones.
        self._mean_bytes = max(size, 0.9 * self._mean_bytes + 0.1 * size)
        self._workshop.budget.take(size)
        self._pages.append(_Page(record, size, self._submit(record)))
        self._arrived.set()

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
            record.value,
            settings.record_format,
            settings.max_compressed_page_bytes,
        )
        return self._workshop.pool.submit(encode_work(work))

    async def _write(self) -> None:
        while True:
            self._batch = await self._next_batch()
            outputs: list[Output] = []
            self._reports = []
            for page in self._batch:
                made, report = self._settle(page)
                outputs += made
                self._reports.append(report)
            await self.commit(outputs, self._batch[-1].record.offset + 1, len(self._batch))

    async def _next_batch(self) -> list[_Page]:
        """The pages of the next transaction: as many as are done, in order, after waiting a little for more."""
        clock = asyncio.get_running_loop().time
        most, most_bytes = self.scene.settings.batch_pages, self.scene.settings.batch_bytes
        until: float | None = None
        while True:
            batch: list[_Page] = []
            size = 0
            for page in self._pages:
                if not page.answer.done() or len(batch) >= most or (batch and size + page.size > most_bytes):
                    break
                batch.append(page)
                size += page.size
                if self._refusals.alone(page.record.offset):
                    break
            if batch:
                full = len(batch) >= most or size >= most_bytes or self._refusals.alone(batch[0].record.offset)
                until = until if until is not None else clock() + self.scene.settings.batch_linger_seconds
                if full or clock() >= until:
                    return batch
            await self._something_happens(len(batch), None if until is None else until - clock())

    async def _something_happens(self, done: int, seconds: float | None) -> None:
        """Wait until the first page that is not done is, or one arrives; not longer than the time given."""
        if len(self._pages) > done:
            await asyncio.wait([self._pages[done].answer], timeout=seconds)
            return
        self._arrived.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        except TimeoutError:
            return

    def _settle(self, page: _Page) -> tuple[list[Output], Report]:
        """What a page becomes: its records, or a dead letter. Raises FloodError."""
        try:
            answer = decode_answer(page.answer.result())
        except PageError as error:
            return self._dead(page, error, None)
        if isinstance(answer, PageFailed):
            return self._dead(page, _rebuilt(answer), answer.url)
        if self._refusals.count(page.record.offset):
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
        )

    def _dead(
        self, page: _Page, error: PageError, url: str | None, *, refusals_of_the_records: int = 0
    ) -> tuple[list[Output], Report]:
        self._workshop.flood.note(error.reason)
        record = page.record
        missing = "the record cannot be read; it is at its source" if isinstance(record, UnreadableRecord) else None
        original = Original(
            record.topic, record.partition, record.offset, record.key, record.value, list(record.headers), missing
        )
        cuts = self._refusals.count(record.offset) - refusals_of_the_records
        letter = dead_letter(self.scene.settings.topic("dead-letters"), original, error, cuts=cuts)
        event = PageDeadLettered(
            source=original.source,
            url=url,
            reason=error.reason,
            stage=error.stage,
            detail=str(error),
            attempts=attempts_so_far(record.headers) + 1,
            bytes=len(record.value or b""),
            cut=cuts > 0 or missing is not None,
        )
        return [letter], lambda: event

    def committed(self) -> None:
        for report in self._reports:
            self.scene.observer.emit(report())
        self._refusals.settled([page.record.offset for page in self._batch])
        # A partition that is let go while it commits has given its pages back already.
        if self._pages and self._pages[0] is self._batch[0]:
            self._let_go(len(self._batch))

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
