"""The product's own audit as a check: what it takes to say that nothing is lost and nothing doubled."""

import asyncio

from workers.settings import Settings
from workers.stream.audit import AuditReport, audit


def everything_is_done(settings: Settings) -> bool:
    """Whether no page and no sightings record waits."""
    report = asyncio.run(audit(settings))
    return not report.waiting and not report.sightings_waiting


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
