"""How much a worker holds at once: pages and bytes that have been read and not been committed."""

import asyncio

from workers.observe.metrics import Metrics


class Budget:
    """Shared by all partitions of a worker. Partitions that find no room wait, and are not read from meanwhile."""

    def __init__(self, pages: int, size: int, metrics: Metrics) -> None:
        self._most_pages = pages
        self._most_bytes = size
        self._metrics = metrics
        self._pages = 0
        self._bytes = 0
        self._freed = asyncio.Event()

    @property
    def bytes_left(self) -> int:
        return max(0, self._most_bytes - self._bytes)

    async def room(self) -> None:
        """Wait until there is room for another page. One page always has room, however large it is."""
        while self._pages and (self._pages >= self._most_pages or self._bytes >= self._most_bytes):
            self._freed.clear()
            await self._freed.wait()

    def take(self, size: int) -> None:
        """A page has been read."""
        self._set(self._pages + 1, self._bytes + size)

    def give_back(self, pages: int, size: int) -> None:
        """Pages have been committed, or dropped."""
        self._set(self._pages - pages, self._bytes - size)
        self._freed.set()

    def _set(self, pages: int, size: int) -> None:
        self._pages, self._bytes = pages, size
        self._metrics.in_flight_pages.set(pages)
        self._metrics.in_flight_bytes.set(size)
