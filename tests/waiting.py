"""Waiting for something to come true, with a limit."""

import time
from collections.abc import Callable

_FIRST_PAUSE_SECONDS = 0.05
_LONGEST_PAUSE_SECONDS = 0.4


def until(condition: Callable[[], bool], *, within: float = 60.0, what: str = "what the test waits for") -> None:
    """Return when the condition holds; fail when it does not within so many seconds."""
    deadline = time.monotonic() + within
    pause = _FIRST_PAUSE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} has not happened within {within:g} s")
        time.sleep(pause)
        # Looking costs what those need who are waited for.
        pause = min(1.5 * pause, _LONGEST_PAUSE_SECONDS)
