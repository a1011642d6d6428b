"""The demo's traffic: sample pages in, and everything that comes out read as a consumer would, read_committed."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import click
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from workers.cli.demo_samples import Sample, as_record
from workers.cli.demo_tally import Tally
from workers.settings import Settings
from workers.stream.connection import client_options

OUTPUTS = ("articles", "sightings", "teasers", "snippets", "dead-letters")

GENTLE_PAUSE_SECONDS = 0.1
"""Between pages while latency is measured: slow enough that no page waits for another."""

STALLED_SECONDS = 60.0
"""Nothing new for so long: something is broken, and waiting does not mend it."""

Check = Callable[[], None]


class Flow:
    """One demo's producer and consumer."""

    def __init__(self, settings: Settings, samples: list[Sample], tally: Tally, on_change: Check, check: Check) -> None:
        self._settings = settings
        self._samples = samples
        self._tally = tally
        self._on_change = on_change
        """Called after each read, to show progress."""
        self._check = check
        """Called while waiting; raises when a worker has ended."""

    async def run(self, gentle_rounds: int, fast_rounds: int) -> tuple[set[str], set[str]]:
        """Publish every sample so many times, first one by one, then all at once. Returns the pages of each phase."""
        options = client_options(self._settings, "demo")
        consumer = AIOKafkaConsumer(
            *[self._settings.topic(name) for name in OUTPUTS],
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            **options,
        )
        async with consumer, AIOKafkaProducer(**options, compression_type="zstd") as producer:
            reading = asyncio.create_task(self._read(consumer))
            try:
                gentle = await self._publish(producer, gentle_rounds, GENTLE_PAUSE_SECONDS)
                await self._until_complete(reading)
                fast = await self._publish(producer, fast_rounds, 0.0)
                await self._until_complete(reading)
            finally:
                reading.cancel()
                with suppress(asyncio.CancelledError):
                    await reading
        return gentle, fast

    async def _publish(self, producer: AIOKafkaProducer, rounds: int, pause: float) -> set[str]:
        topic = self._settings.topic("pages")
        waiting = []
        for sample in self._samples * rounds:
            value, headers = as_record(sample, datetime.now(UTC).isoformat(timespec="milliseconds"))
            waiting.append((time.monotonic(), await producer.send(topic, value, headers=headers)))
            await asyncio.sleep(pause)
        pages = set()
        for written_at, future in waiting:
            record = await future
            page = f"{topic}:{record.partition}:{record.offset}"
            self._tally.published[page] = written_at
            pages.add(page)
        return pages

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        async for record in consumer:
            kind = record.topic.removeprefix(self._settings.topic_prefix)
            headers = {name: value.decode("utf-8", "replace") for name, value in record.headers if value is not None}
            self._tally.add(kind, record.value, headers, time.monotonic())
            self._on_change()

    async def _until_complete(self, reading: asyncio.Task[None]) -> None:
        seen, since = len(self._tally.done), time.monotonic()
        while not self._tally.complete():
            if reading.done():
                await reading
            self._check()
            if len(self._tally.done) != seen:
                seen, since = len(self._tally.done), time.monotonic()
            elif time.monotonic() - since > STALLED_SECONDS:
                raise click.ClickException(
                    f"Nothing has come out for {STALLED_SECONDS:.0f} s: {seen} of {len(self._tally.published)} pages "
                    "are accounted for. Look into the workers' logs."
                )
            await asyncio.sleep(0.02)
