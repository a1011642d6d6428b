"""The flood guard: a producer that breaks all its pages must not drain a topic into dead letters unnoticed."""

from collections import Counter, deque


class FloodError(Exception):
    """Too many of the latest pages are dead letters; the worker stops before it writes more of them."""

    def __init__(self, dead: int, window: int, commonest: str) -> None:
        super().__init__(
            f"{dead} of the latest {window} pages are dead letters (most often {commonest}), more than "
            "flood_guard_share allows. Look at some with `broadsheet deadletters list`, mend the producer, and start "
            "the worker again; --flood-guard-share 1 lets everything pass."
        )
        self.dead = dead
        self.window = window
        self.commonest = commonest


class FloodGuard:
    """Looks at the latest pages of a worker."""

    def __init__(self, share: float, window: int) -> None:
        """share: the part of the window that may be dead letters; 1 lets everything pass."""
        self._most = int(share * window)
        self._never = share >= 1
        self._reasons: deque[str | None] = deque(maxlen=window)
        self._dead = 0

    def note(self, reason: str | None) -> None:
        """A page has been judged: the reason of its dead letter, or None. Raises FloodError.

        It is raised as soon as the share is exceeded whatever the rest of a window not yet full may bring.
        """
        window = self._reasons.maxlen or 0
        if len(self._reasons) == window and self._reasons[0] is not None:
            self._dead -= 1
        self._reasons.append(reason)
        self._dead += reason is not None
        if self._dead > self._most and not self._never:
            commonest, _ = Counter(reason for reason in self._reasons if reason is not None).most_common(1)[0]
            raise FloodError(self._dead, window, commonest)
