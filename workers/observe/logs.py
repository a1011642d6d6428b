"""Log lines: one JSON object a line, ours and those of libraries alike."""

import logging
import sys
from typing import TextIO

import structlog

_NOISY = ("aiokafka", "asyncio", "faust", "mode", "workers")
"""Libraries that report what happens to connections and to themselves; below a warning that is of no use to an
operator. Faust's classes report under the names of the modules of ours that derive from them."""

_QUIET_SECONDS = 10.0
"""How long a library's message is not repeated: clients of a broker that is down say so many times a second."""


def open_log(level: str, worker_id: str, stream: TextIO | None = None) -> structlog.typing.FilteringBoundLogger:
    """Send every log line of the process to the stream (standard output) as JSON, and give the worker's logger."""
    target = stream if stream is not None else sys.stdout
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    render = structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        foreign_pre_chain=[
            lambda _logger, _method, fields: {**fields, "worker": worker_id},
            structlog.stdlib.add_logger_name,
            *shared,
        ],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    handler.addFilter(_NotAgain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.PrintLogger(target),
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        worker=worker_id,
    )
    return logger


class _NotAgain(logging.Filter):
    """Lets each kind of message of a library through once in a while."""

    def __init__(self) -> None:
        super().__init__()
        self._quiet_until: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind = (record.name, str(record.msg))
        if record.created < self._quiet_until.get(kind, 0):
            return False
        self._quiet_until[kind] = record.created + _QUIET_SECONDS
        return True
