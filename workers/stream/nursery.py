"""The worker's side of the zygote: starts it, has children forked, learns how they ended."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
import tempfile
from collections import deque
from dataclasses import dataclass, field
from typing import BinaryIO

from workers.stream.frames import CONTROL, ENDED, ENDED_AS, KILL, START, STARTED

_SOCKET_BYTES = 2**20
"""Of a page or an answer that a socket holds, so that a child need not wait for the rest of its next page until the
worker's event loop comes round; the kernel may allow less (Linux by default 416 kB, twice its usual buffer)."""

START_SECONDS = 60.0
"""Importing the models takes a second; a loaded machine many times that."""

_END_SECONDS = 2.0

_SHOWN_BYTES = 4096
"""How much of what a dying child wrote is kept: the stack that faulthandler prints stands at the end."""


class ChildrenCannotStartError(Exception):
    """The zygote ends before it has started a child: the installation is broken, and no page can be processed."""


@dataclass
class Child:
    """A child process as the worker sees it."""

    process: int
    tasks: socket.socket
    errors: BinaryIO
    ended: asyncio.Future[int | None]
    """Its exit code (negative: the signal), or None when the zygote went first and nobody knows."""

    def last_words(self) -> str:
        """The end of what the child wrote to its standard error."""
        size = self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, size - _SHOWN_BYTES))
        return self.errors.read().decode("utf-8", "replace").strip()

    def close(self) -> None:
        """Let go of what the worker holds of the child."""
        self.tasks.close()
        self.errors.close()


@dataclass
class Nursery:
    """One zygote and its children."""

    task: str
    memory_bytes: int
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _zygote: asyncio.subprocess.Process | None = None
    _control: socket.socket | None = None
    _received: bytearray = field(default_factory=bytearray)
    _starting: deque[asyncio.Future[int]] = field(default_factory=deque)
    _alive: dict[int, asyncio.Future[int | None]] = field(default_factory=dict)
    _ending: int = 0

    async def _open(self) -> None:
        """Start the zygote. It is in a session of its own, so that no signal to the worker's group reaches it."""
        control, theirs = socket.socketpair()
        with theirs:
            self._zygote = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "workers.stream.zygote",
                str(theirs.fileno()),
                self.task,
                str(self.memory_bytes),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        control.setblocking(False)
        self._control = control
        asyncio.get_running_loop().add_reader(control.fileno(), self._read)

    async def start_child(self) -> Child:
        """Have a child forked. Raises ChildrenCannotStartError."""
        async with self._opening:
            if self._control is None:
                await self._open()
        ours, theirs = socket.socketpair()
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BYTES)
        errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the child)
        started: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._starting.append(started)
        try:
            with theirs:
                assert self._control is not None  # noqa: S101 (opened above)
                socket.send_fds(self._control, [CONTROL.pack(START, 0)], [theirs.fileno(), errors.fileno()])
            async with asyncio.timeout(START_SECONDS):
                process = await started
        except (OSError, TimeoutError) as error:
            ours.close()
            errors.close()
            raise ChildrenCannotStartError(f"no child process starts ({error}); the log above says why") from error
        return Child(process, ours, errors, self._alive[process])

    def kill(self, process: int) -> None:
        """Kill a child; its end is reported like any other."""
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.send(CONTROL.pack(KILL, process))

    async def close(self) -> None:
        """End the zygote, and with it whatever children are left."""
        self._lost()
        if self._zygote is None:
            return
        try:
            async with asyncio.timeout(_END_SECONDS):
                await self._zygote.wait()
        except TimeoutError:
            self._zygote.send_signal(signal.SIGKILL)
            await self._zygote.wait()
        self._zygote = None

    def _read(self) -> None:
        assert self._control is not None  # noqa: S101 (the reader is removed with the socket)
        try:
            data = self._control.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._lost()
            return
        self._received += data
        while len(self._received) >= CONTROL.size:
            report, number = CONTROL.unpack_from(self._received)
            del self._received[: CONTROL.size]
            self._note(report, number)

    def _note(self, report: bytes, number: int) -> None:
        if report == STARTED:
            self._alive[number] = asyncio.get_running_loop().create_future()
            started = self._starting.popleft()
            if not started.done():
                started.set_result(number)
        elif report == ENDED_AS:
            self._ending = number
        elif report == ENDED:
            ended = self._alive.pop(self._ending, None)
            if ended is not None and not ended.done():
                ended.set_result(os.waitstatus_to_exitcode(number))

    def _lost(self) -> None:
        """The zygote is gone, or to go: nobody will report any more."""
        if self._control is None:
            return
        asyncio.get_running_loop().remove_reader(self._control.fileno())
        self._control.close()
        self._control = None
        self._received.clear()
        for started in self._starting:
            if not started.done():
                started.set_exception(ConnectionResetError("the zygote ended"))
        self._starting.clear()
        for ended in self._alive.values():
            if not ended.done():
                ended.set_result(None)
        self._alive.clear()
