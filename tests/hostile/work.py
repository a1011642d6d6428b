"""Counted work: how many lines of the project's own code run. It is the same on every machine and under every load."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

_OWN = str(Path(__file__).parents[2] / "workers")


def lines_run(function: Callable[[], object]) -> int:
    """How many lines of workers/ a call runs; loops and comprehensions count every turn."""
    count = 0

    def at_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return at_line

    def at_call(frame: FrameType, event: str, argument: Any) -> Any:
        return at_line if frame.f_code.co_filename.startswith(_OWN) else None

    before = sys.gettrace()
    sys.settrace(at_call)
    try:
        function()
    finally:
        sys.settrace(before)
    return count
