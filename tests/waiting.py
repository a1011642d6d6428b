"""Waiting for something to come true, with a limit."""

import time
from collections.abc import Callable


def until(condition: Callable[[], bool], *, within: float = 60.0, what: str = "what the test waits for") -> None:
    """Return when the condition holds; fail when it does not within so many seconds."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} has not happened within {within:g} s")
        time.sleep(0.1)
