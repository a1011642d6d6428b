"""The worker's end of a child's socket: cuts the stream of answers into answers."""

import asyncio
from collections.abc import Callable

from workers.stream.frames import ANSWER, Kind


class Link(asyncio.Protocol):
    """Tells of each answer, and of the end."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._lost = False
        self._on_answer: Callable[[Kind, bytes], None] | None = None
        self._on_end: Callable[[], None] | None = None

    def connect(self, on_answer: Callable[[Kind, bytes], None], on_end: Callable[[], None]) -> None:
        """Say who is told. What has come before is told now."""
        self._on_answer, self._on_end = on_answer, on_end
        self.data_received(b"")
        if self._lost:
            on_end()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._on_answer is None:
            return
        while len(self._received) >= ANSWER.size:
            kind, length = ANSWER.unpack_from(self._received)
            end = ANSWER.size + length
            if len(self._received) < end:
                return
            answer = bytes(memoryview(self._received)[ANSWER.size : end])
            del self._received[:end]
            self._on_answer(Kind(kind), answer)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = True
        if self._on_end is not None:
            self._on_end()
