"""Whether a worker is alive and ready, judged by what it gets done and not by what it says of itself."""

import time
from collections.abc import Callable

STALL_SECONDS = 60.0
"""Without any progress for so long, with work waiting or no answer about it, a worker counts as stuck. Several times
what a page, a transaction or a rebalance may take."""


class Health:
    """Written by the event loop, read by the threads of the HTTP server; every write is one assignment."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._progress = clock()
        self._what = "starting"
        self._unready = "joining the group"

    def progress(self, what: str) -> None:
        """Something has been done: a transaction committed, part of a state rebuilt, or there is nothing to do."""
        self._what = what
        self._progress = self._clock()

    def ready(self) -> None:
        """Every assigned partition is being processed."""
        self._unready = ""

    def not_ready(self, why: str) -> None:
        """Not (yet) at work."""
        self._unready = why

    def stalled_seconds(self) -> float:
        """Since something has been done last."""
        return self._clock() - self._progress

    def alive(self) -> tuple[bool, str]:
        """For /healthz."""
        seconds = self.stalled_seconds()
        if seconds > STALL_SECONDS:
            return False, f"stuck: nothing done for {seconds:.0f} s; last: {self._what}"
        return True, f"alive: {self._what} {seconds:.0f} s ago"

    def is_ready(self) -> tuple[bool, str]:
        """For /readyz."""
        return (False, self._unready) if self._unready else (True, "ready")
