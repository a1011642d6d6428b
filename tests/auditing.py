"""The product's own audit as a check: what it takes to say that nothing is lost and nothing doubled."""

import asyncio

from workers.settings import Settings
from workers.stream import clients
from workers.stream.audit import AuditReport, audit
from workers.stream.reading import records_between


def everything_is_done(settings: Settings) -> bool:
    """Whether no page and no sightings record waits."""
    return asyncio.run(_nothing_waits(settings))


async def _nothing_waits(settings: Settings) -> bool:
    """Looks only behind what the groups have committed: an audit reads everything, and this is asked very often."""
    consumer = clients.reader(settings, "waiting")
    try:
        await consumer.start()
        for name, group in (("pages", settings.segment_group), ("sightings", settings.dedup_group)):
            partitions = await clients.partitions_of(consumer, settings.topic(name))
            committed = await clients.committed_offsets(settings, group, partitions)
            ends = await consumer.end_offsets(partitions)
            consumer.assign(partitions)
            for partition in partitions:
                # Offsets behind the last record may be marks of transactions, which nobody commits.
                begin = committed[partition.partition]
                async for records in records_between(consumer, partition, begin, ends[partition]):
                    if records:
                        return False
        return True
    finally:
        await clients.close(consumer)


def audited(settings: Settings, *, pages: int) -> AuditReport:
    """Fails unless so many pages have been judged, and nothing waits."""
    report = asyncio.run(audit(settings))
    assert (report.pages, report.waiting, report.sightings_waiting) == (pages, 0, 0), report
    return report


def clean_audit(settings: Settings, *, pages: int) -> AuditReport:
    """Fails unless so many pages have been judged, and nothing is wrong or waiting."""
    report = audited(settings, pages=pages)
    assert report.clean, report
    return report
