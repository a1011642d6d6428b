"""Write pages to the pages' topic in the raw form, each one acknowledged by every in-sync replica before it counts."""

import asyncio
from collections.abc import Sequence
from types import TracebackType

from aiokafka import AIOKafkaProducer, errors

from schemas import RawPage
from workers.settings import Settings
from workers.stream.connection import client_options
from workers.stream.headers import CONTENT_TYPE

_BATCH_BYTES = 256 * 2**10
"""Pages written together: large enough to compress well. A larger page goes alone."""

_LINGER_MILLISECONDS = 5
"""A batch waits so long for more pages; nobody waits for a single one."""

_NO_CLIENT_LIMIT = 2**31 - 1
"""What is too large is for the topic to say; a client's own limit would refuse what compresses well."""

_TOO_LARGE = (errors.MessageSizeTooLargeError, errors.RecordListTooLargeError)

_REFUSED = (
    *_TOO_LARGE,
    # A refused batch leaves a gap in an idempotent producer's numbers, and what comes after is refused for the gap.
    errors.OutOfOrderSequenceNumber,
    errors.UnknownProducerId,
)
"""The broker has answered, and has not written it."""


class PagePublisher:
    """Writes pages; an async context manager. Make it inside the running event loop.

    Connection failures that outlast the client's retries raise aiokafka.errors.KafkaError: then nobody knows of the
    pages under way, and who sends them again may write some twice.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._topic = settings.topic("pages")
        self._producer: AIOKafkaProducer | None = None

    async def __aenter__(self) -> "PagePublisher":
        await self._start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def send(self, pages: Sequence[RawPage]) -> dict[int, str]:
        """Write pages and wait until they are acknowledged; returns index -> reason of those the topic refuses."""
        futures = [await self._enqueue(page) for page in pages]
        unsettled = []
        for index, result in enumerate(await asyncio.gather(*futures, return_exceptions=True)):
            if isinstance(result, _REFUSED):
                unsettled.append(index)
            elif isinstance(result, BaseException):
                raise result
        return await self._one_by_one(pages, unsettled) if unsettled else {}

    async def _one_by_one(self, pages: Sequence[RawPage], indexes: Sequence[int]) -> dict[int, str]:
        """What was refused in company is tried alone: only one of a batch may have been too large."""
        refused = {}
        await self._restart()
        for index in indexes:
            try:
                await (await self._enqueue(pages[index]))
            except _TOO_LARGE:
                refused[index] = f"{len(pages[index].body)} bytes are more than {self._topic} takes in one record"
                await self._restart()
        return refused

    async def _enqueue(self, page: RawPage) -> asyncio.Future[object]:
        assert self._producer is not None, "send pages inside `async with`"  # noqa: S101 (the caller's slip)
        future: asyncio.Future[object] = await self._producer.send(
            self._topic, page.body, key=key_of(page), headers=headers_of(page)
        )
        return future

    async def _restart(self) -> None:
        await self._stop()
        await self._start()

    async def _start(self) -> None:
        compression = self._settings.kafka_compression
        producer = AIOKafkaProducer(
            **client_options(self._settings, "publish"),
            enable_idempotence=True,
            acks="all",
            compression_type=None if compression == "none" else compression,
            max_batch_size=_BATCH_BYTES,
            max_request_size=_NO_CLIENT_LIMIT,
            linger_ms=_LINGER_MILLISECONDS,
        )
        self._producer = producer
        try:
            await producer.start()
        except errors.ClusterAuthorizationFailedError:
            # Kafka gives a number to who may write to any topic; who may write to none is told about the cluster.
            await self._stop()
            raise errors.TopicAuthorizationFailedError(self._topic) from None
        except BaseException:
            await self._stop()
            raise

    async def _stop(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await producer.stop()


def key_of(page: RawPage) -> bytes | None:
    """The record's key: the address, so that a page's crawls stay in order; None where it is unknown."""
    return page.url.encode("utf-8", "replace") if page.url else None


def headers_of(page: RawPage) -> list[tuple[str, bytes]]:
    """The record's headers in the raw form; what is unknown has none."""
    values = {
        "url": page.url,
        CONTENT_TYPE: page.content_type,
        "content-encoding": page.content_encoding,
        "fetched-at": page.fetched_at,
        "http-status": str(page.http_status) if page.http_status is not None else None,
        "site": page.site,
    }
    return [(name, value.encode("utf-8", "replace")) for name, value in values.items() if value]
