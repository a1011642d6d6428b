"""Dead letters read back: found by reason, site and time, shown, and put onto their topic again.

A replayed letter is marked on the dead-letter topic in the transaction that puts the page back: a replay that is cut
short, or run twice, puts no page back twice.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalOperation, KafkaError

from workers.enrich.links import site_of
from workers.errors import PageError
from workers.settings import Settings
from workers.stream import clients, dead_letter
from workers.stream.envelope import read_page
from workers.stream.failures import worst
from workers.stream.headers import Header, last_values, parse_coordinates, text
from workers.stream.reading import records_between
from workers.stream.topics import require_topics

_TRANSACTION_LETTERS = 100
_TRANSACTION_BYTES = 8 * 2**20
"""Small transactions: what is cut short is little, and readers see the pages soon."""


@dataclass(frozen=True)
class Letter:
    """A dead letter."""

    partition: int
    offset: int
    record: ConsumerRecord
    reason: str
    detail: str
    stage: str
    source: str
    at: str
    attempts: int
    cut: str | None
    """What is missing of the original; None when it is whole."""
    url: str | None
    site: str | None
    replayed: bool
    """It has been put back already."""

    @property
    def place(self) -> str:
        """partition:offset on the dead-letter topic."""
        return f"{self.partition}:{self.offset}"


@dataclass(frozen=True)
class Wanted:
    """Which dead letters are meant; what is not said does not matter."""

    reasons: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    since: datetime | None = None
    """By the letter's Kafka timestamp."""
    until: datetime | None = None
    below_attempts: int | None = None
    places: frozenset[str] = frozenset()
    """partition:offset"""
    replayed_too: bool = False

    def admits(self, letter: Letter) -> bool:
        """Whether the letter is meant."""
        return (
            (self.replayed_too or not letter.replayed)
            and (not self.reasons or letter.reason in self.reasons)
            and (not self.sites or letter.site in self.sites)
            and (not self.places or letter.place in self.places)
            and (self.below_attempts is None or letter.attempts < self.below_attempts)
            and (self.since is None or letter.record.timestamp >= self.since.timestamp() * 1000)
            and (self.until is None or letter.record.timestamp < self.until.timestamp() * 1000)
        )


@dataclass
class Replayed:
    """What a replay has done."""

    put_back: int = 0
    cut: int = 0
    """Left where they are, since part of the original is missing."""
    strange: int = 0
    """Left where they are, since their source is no topic of Broadsheet's."""


async def letters(settings: Settings, wanted: Wanted) -> AsyncIterator[Letter]:
    """The dead letters that are meant, oldest first in each partition; those that come later are not waited for."""
    async with _post(settings) as (consumer, ranges):
        async for letter in _letters(consumer, ranges, wanted):
            yield letter


async def replay(settings: Settings, wanted: Wanted) -> Replayed:
    """Put the originals of the dead letters that are meant back onto their topics, each once.

    Replays of the same segment group exclude each other: the one that starts later fences the other. Letters that are
    written meanwhile are not replayed, so a replay ends, even if all pages fail again.
    """
    topics = frozenset(settings.topic(name) for name in ("pages", "sightings"))
    done = Replayed()
    producer = clients.transactional_producer(settings, f"{settings.segment_group}-replay", "replay")
    try:
        await producer.start()  # before reading, so that all marks of earlier replays are there
        async with _post(settings) as (consumer, ranges):
            batch: list[Letter] = []
            async for letter in _letters(consumer, ranges, wanted):
                if letter.cut is not None:
                    done.cut += 1
                    continue
                if (parse_coordinates(letter.source) or ("",))[0] not in topics:
                    done.strange += 1
                    continue
                batch.append(letter)
                if len(batch) >= _TRANSACTION_LETTERS or _size(batch) >= _TRANSACTION_BYTES:
                    await _put_back(producer, settings, batch)
                    done.put_back += len(batch)
                    batch = []
            if batch:
                await _put_back(producer, settings, batch)
                done.put_back += len(batch)
    finally:
        await clients.close(producer)
    return done


Ranges = dict[TopicPartition, tuple[int, int]]


@asynccontextmanager
async def _post(settings: Settings) -> AsyncIterator[tuple[AIOKafkaConsumer, Ranges]]:
    """A reader of the dead-letter topic, and what there is to read now."""
    await require_topics(settings, ["dead-letters"])
    consumer = clients.reader(settings, "dead-letters")
    try:
        await consumer.start()
        partitions = await clients.partitions_of(consumer, settings.topic("dead-letters"))
        consumer.assign(partitions)
        begins, ends = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        yield consumer, {one: (begins[one], ends[one]) for one in partitions}
    finally:
        await clients.close(consumer)


async def _letters(consumer: AIOKafkaConsumer, ranges: Ranges, wanted: Wanted) -> AsyncIterator[Letter]:
    for partition, (begin, end) in ranges.items():
        # Marks stand in their letter's partition, behind it: two passes, since letters are too many to keep.
        marked = set[int]()
        async for records in records_between(consumer, partition, begin, end):
            marked |= {offset for record in records if (offset := _marked(record)) is not None}
        async for records in records_between(consumer, partition, begin, end):
            for record in records:
                if _marked(record) is None and wanted.admits(letter := _letter(record, record.offset in marked)):
                    yield letter


def _marked(record: ConsumerRecord) -> int | None:
    """The offset of the letter that the record marks as replayed; None for a letter."""
    given = text(last_values(record.headers), dead_letter.REPLAYED)
    return int(given) if given is not None and given.isascii() and given.isdigit() else None


def _letter(record: ConsumerRecord, replayed: bool) -> Letter:
    values = last_values(record.headers)
    url, site = _page_of(record)
    return Letter(
        partition=record.partition,
        offset=record.offset,
        record=record,
        reason=text(values, dead_letter.REASON) or "unknown",
        detail=text(values, dead_letter.DETAIL) or "",
        stage=text(values, dead_letter.STAGE) or "",
        source=text(values, dead_letter.SOURCE) or "",
        at=text(values, dead_letter.AT) or "",
        attempts=dead_letter.attempts_so_far(record.headers),
        cut=text(values, dead_letter.CUT),
        url=url,
        site=site,
        replayed=replayed,
    )


def _page_of(record: ConsumerRecord) -> tuple[str | None, str | None]:
    """URL and site of the page, as far as they can be read."""
    try:
        page = read_page(record.value, _original_headers(record.headers))
    except PageError:
        return None, None
    return page.url, page.site or site_of(page.url)


def _original_headers(headers: Iterable[Header]) -> list[Header]:
    return [(name, value) for name, value in headers if not name.lower().startswith(dead_letter.PREFIX)]


def _size(batch: Sequence[Letter]) -> int:
    return sum(len(letter.record.value or b"") for letter in batch)


async def _put_back(producer: AIOKafkaProducer, settings: Settings, batch: Sequence[Letter]) -> None:
    await producer.begin_transaction()
    try:
        await _send_all(producer, settings, batch)
    except BaseException:
        with contextlib.suppress(KafkaError, IllegalOperation):  # what went wrong first is what counts
            await producer.abort_transaction()
        raise
    await producer.commit_transaction()


async def _send_all(producer: AIOKafkaProducer, settings: Settings, batch: Sequence[Letter]) -> None:
    sent: list[asyncio.Future[Any]] = []
    failures: list[BaseException] = []
    try:
        for letter in batch:
            await _send(producer, settings, letter, sent)
    except (KafkaError, IllegalOperation) as error:
        failures.append(error)  # perhaps only that the transaction has failed; what was sent says why
    answers = await asyncio.gather(*sent, return_exceptions=True)
    failures = [answer for answer in answers if isinstance(answer, BaseException)] + failures
    if failures:
        raise worst(failures)


async def _send(
    producer: AIOKafkaProducer, settings: Settings, letter: Letter, sent: list[asyncio.Future[Any]]
) -> None:
    """The original, and beside the letter that it has been put back; the answers to come go into `sent`."""
    record = letter.record
    place = parse_coordinates(letter.source)
    assert place is not None  # noqa: S101 (the caller has looked)
    headers = [
        *_original_headers(record.headers),
        (dead_letter.ATTEMPTS, str(letter.attempts).encode()),
        (dead_letter.REPLAYED_FROM, letter.place.encode()),
    ]
    # A record has a key or a value; what had neither comes back with an empty value, which means the same.
    value = b"" if record.key is None and record.value is None else record.value
    mark = [(dead_letter.REPLAYED, str(letter.offset).encode())]
    letters = settings.topic("dead-letters")
    sent.append(await producer.send(place[0], value=value, key=record.key, headers=headers))
    sent.append(await producer.send(letters, value=b"", key=record.key, partition=letter.partition, headers=mark))
