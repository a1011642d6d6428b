"""A broker that a test may kill."""

import os
import signal
import time
from pathlib import Path

from workers.broker.broker import free_port, start, status, stop
from workers.broker.configuration import BrokerOptions


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
        while status(self._options.data) is not None:
            time.sleep(0.05)

    def stop(self) -> None:
        stop(self._options.data)
