"""A broker that a test may kill."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.waiting import until
from workers.broker.broker import free_port, start, status
from workers.broker.configuration import BrokerOptions
from workers.cli.folders import cache_folder


class OwnBroker:
    """A broker beside the session's."""

    def __init__(self, data: Path, cache: Path, *, short_lived: bool = True) -> None:
        self._options = BrokerOptions(data=data, cache=cache, port=free_port(), short_lived=short_lived)

    @property
    def address(self) -> str:
        return self._options.address

    @property
    def pid(self) -> int:
        running = status(self._options.data)
        assert running is not None
        return running.pid

    def start(self) -> None:
        """Start it, or start it again with the records that it has. Raises BrokerError."""
        start(self._options)

    def kill(self) -> None:
        """kill -9."""
        os.kill(self.pid, signal.SIGKILL)
        until(lambda: status(self._options.data) is None, what="the end of the broker")

    def stop(self) -> None:
        """End it, if it runs; nothing on it is needed any more."""
        if status(self._options.data) is not None:
            self.kill()


@contextmanager
def running_broker(name: str, *, short_lived: bool = True) -> Iterator[tuple[OwnBroker, Path]]:
    """A broker, and a folder for what else is made; both are gone in the end. Raises BrokerError."""
    with tempfile.TemporaryDirectory(prefix=f"broadsheet-{name}-") as folder:
        broker = OwnBroker(Path(folder) / "broker", cache_folder(), short_lived=short_lived)
        broker.start()
        try:
            yield broker, Path(folder)
        finally:
            broker.stop()
