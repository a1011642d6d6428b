"""Which inputs gave something that its topic refuses as too large, found without asking for any topic's limits.

A transaction that is refused says not which of its inputs it was. So the same inputs are tried one at a time, and those
that are refused alone become dead letters, which are cut when they are refused too.
"""

from collections.abc import Sequence

from workers.stream.dead_letter import DeadLetterRefusedError

_MOST = 4
"""The records, the letter, the letter cut, the letter with next to nothing in it."""


class Refusals:
    """Keeps count for one partition, by input offset."""

    def __init__(self) -> None:
        self._alone_until = -1
        self._counts: dict[int, int] = {}

    def note(self, offsets: Sequence[int], dead_letter_topic: str, *, alone: bool) -> None:
        """A transaction with these inputs was refused; alone: it held nothing but one of them.

        Raises DeadLetterRefusedError when nothing is left to cut.
        """
        if not alone:
            self._alone_until = max(self._alone_until, offsets[-1])
            return
        (offset,) = offsets
        self._counts[offset] = self.count(offset) + 1
        if self._counts[offset] >= _MOST:
            raise DeadLetterRefusedError(
                f"{dead_letter_topic} refuses even a dead letter without its value; raise the topic's "
                "max.message.bytes (`broadsheet topics check` says to what)"
            )

    def alone(self, offset: int) -> bool:
        """Whether the input has to have a transaction of its own."""
        return offset <= self._alone_until

    def count(self, offset: int) -> int:
        """How often what was made of the input alone has been refused."""
        return self._counts.get(offset, 0)

    def settled(self, offsets: Sequence[int]) -> None:
        """The inputs are committed."""
        for offset in offsets:
            self._counts.pop(offset, None)
