"""Log lines: one JSON object a line, ours and those of libraries alike."""

import logging
import sys
from typing import TextIO

import structlog

_NOISY = ("aiokafka", "asyncio")
"""Libraries that report what happens to connections; below a warning that is of no use to an operator."""


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
