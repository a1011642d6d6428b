"""A child process: takes tasks off its socket one at a time, under a memory limit, and answers each in turn.

The memory limit is RLIMIT_DATA, counted from what the process holds when it starts. Against watching the resident
size from outside it has the advantage that it is exact: a page that asks for a gigabyte in one go is refused at that
moment, and not found out a tenth of a second and some gigabytes later. Against RLIMIT_AS it does not count what is
reserved and never written (thread stacks, allocator arenas, mapped model files).
"""

import ctypes
import faulthandler
import gc
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from workers.stream.frames import ANSWER, LENGTH, Kind

Task = Callable[[bytearray], bytes]

_PR_SET_PDEATHSIG = 1

_PAGE_BYTES = resource.getpagesize()

_COLLECTED_AFTER = 50_000
"""New objects between two collections. Python's 700 looks through a page again and again while nothing in it is garbage
yet: 3 % of a usual page's time, a fifth of a large one's. Of 44 measured pages none left anything that only a
collection frees.
"""

_STATUS_BYTES = 256
"""More than seven numbers take."""

_NICENESS = 5
"""Children yield to the worker's own process: it sends heartbeats and commits, they have work for every core."""

_GROWN_SHARE = 0.5
"""A child that still holds more than this share of its limit after a task leaves, before a page pays for its size."""

_DRAINED_AT_ONCE = 65_536
"""Bytes of unwanted tasks that a leaving child reads in one go: little, since its memory may be all but used up."""


class WorkerGoneError(Exception):
    """The worker has closed the socket: there is nothing more to do."""


def run(task: Task, tasks: socket.socket, errors: int, memory_bytes: int, parent: int) -> None:
    """Live as a child: never returns, ends the process."""
    die_with(parent)
    for number in (signal.SIGINT, signal.SIGTERM):
        # Sent to the whole group at a terminal or by a supervisor; when children end is the worker's business.
        signal.signal(number, signal.SIG_IGN)
    os.dup2(errors, sys.stderr.fileno())
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICENESS)
    gc.set_threshold(_COLLECTED_AFTER)
    memory = Memory()
    ceiling = memory.held_bytes() + memory_bytes
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, ceiling))
    grown = ceiling - int(memory_bytes * (1 - _GROWN_SHARE))
    try:
        tasks.sendall(ANSWER.pack(Kind.READY, 0))
        while _one_task(task, tasks, memory, grown):
            pass
        _leave(tasks)
    except (WorkerGoneError, ConnectionError):
        pass
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def die_with(parent: int) -> None:
    """Be killed when the parent ends, however it ends. Linux only; elsewhere the closed socket ends an idle child."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(0)


class Memory:
    """What this process holds, asked after every task: the file stays open, which is several times cheaper."""

    def __init__(self) -> None:
        try:
            self._status = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._status = -1

    def held_bytes(self) -> int:
        """Private writable memory, as RLIMIT_DATA counts it (Linux); 0 where it cannot be read."""
        if self._status < 0:
            return 0
        return int(os.pread(self._status, _STATUS_BYTES, 0).split()[5]) * _PAGE_BYTES


def _one_task(task: Task, tasks: socket.socket, memory: Memory, grown: int) -> bool:
    try:
        kind, answer = Kind.DONE, task(_receive(tasks))
    except MemoryError:
        kind, answer = Kind.OUT_OF_MEMORY, b""
    except (WorkerGoneError, ConnectionError):
        raise
    except BaseException as error:
        kind, answer = Kind.FAILED, describe(error).encode("utf-8", "replace")
    if kind is Kind.OUT_OF_MEMORY:
        gc.collect()
    elif memory.held_bytes() > grown:
        kind = Kind.LAST if kind is Kind.DONE else kind
    tasks.sendall(ANSWER.pack(kind, len(answer)))
    tasks.sendall(answer)
    return kind in (Kind.DONE, Kind.FAILED)


def _leave(tasks: socket.socket) -> None:
    """Say that no answer comes any more, and read on until the worker has closed its end.

    It may be writing the next task meanwhile: a socket closed under its hands fails that write, and the failed write
    throws the last answer away unread.
    """
    tasks.shutdown(socket.SHUT_WR)
    while tasks.recv(_DRAINED_AT_ONCE):
        pass


def describe(error: BaseException) -> str:
    """The exception, and where in our code it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {str(error)[:500]}{where}"


def _receive(tasks: socket.socket) -> bytearray:
    header = _exactly(tasks, LENGTH.size)
    return _exactly(tasks, LENGTH.unpack(header)[0])


def _exactly(tasks: socket.socket, length: int) -> bytearray:
    data = bytearray(length)
    view, filled = memoryview(data), 0
    while filled < length:
        read = tasks.recv_into(view[filled:])
        if not read:
            raise WorkerGoneError
        filled += read
    return data
