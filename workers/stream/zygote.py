"""The process that children are forked from: it has imported the task and its models once, and does nothing else.

A replacement for a dead child is there in milliseconds, and all children share the memory of what was imported. The
standard library's fork server would import the worker's main module in every child, and take a signal that is sent to
the worker's process group for its own.

Run as `python -m workers.stream.zygote FD MODULE:FUNCTION MEMORY_BYTES` by workers.stream.nursery.
"""

import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
from importlib import import_module
from types import FrameType

from workers.stream import child
from workers.stream.frames import CONTROL, ENDED, ENDED_AS, KILL, START, STARTED

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""A child is one thread, since there are as many children as cores; and only a process of one thread may fork."""


def main(arguments: list[str]) -> None:
    """Import the task, then start and bury children until the worker closes the control socket."""
    for name in _ONE_THREAD:
        os.environ[name] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    control = socket.socket(fileno=int(arguments[0]))
    task = load(arguments[1])
    gc.collect()
    gc.freeze()  # collections in children would otherwise write to, and so copy, every shared page
    with contextlib.suppress(ConnectionError):  # the worker was killed
        Zygote(control, task, int(arguments[2])).serve()


def load(name: str) -> child.Task:
    """The function that module:function names. A module's `warm_up()` is called first, to load what loads lazily."""
    module_name, _, function = name.partition(":")
    module = import_module(module_name)
    warm_up = getattr(module, "warm_up", None)
    if warm_up is not None:
        warm_up()
    task: child.Task = getattr(module, function)
    return task


class Zygote:
    """Forks children on command and reports their ends."""

    def __init__(self, control: socket.socket, task: child.Task, memory_bytes: int) -> None:
        self._control = control
        self._task = task
        self._memory_bytes = memory_bytes
        self._children: set[int] = set()
        self._woken, self._wakes = socket.socketpair()
        for end in (self._woken, self._wakes):
            end.setblocking(False)

    def serve(self) -> None:
        """Until the control socket closes."""
        signal.set_wakeup_fd(self._wakes.fileno())
        signal.signal(signal.SIGCHLD, _nothing)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._woken:
                        self._woken.recv(4096)
                        self._bury()
                    elif not self._obey():
                        return

    def _obey(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self._control, CONTROL.size, 2)
        if len(message) < CONTROL.size:
            return False
        command, number = CONTROL.unpack(message)
        if command == START:
            self._start(*descriptors)
        elif command == KILL and number in self._children:
            # Only the parent may kill by number: until it has asked for the status, the number is not used again.
            os.kill(number, signal.SIGKILL)
        return True

    def _start(self, tasks: int, errors: int) -> None:
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (self._control, self._woken, self._wakes):
                end.close()
            child.run(self._task, socket.socket(fileno=tasks), errors, self._memory_bytes, parent)
        self._children.add(process)
        os.close(tasks)
        os.close(errors)
        self._control.sendall(CONTROL.pack(STARTED, process))

    def _bury(self) -> None:
        while self._children:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            self._children.discard(process)
            self._control.sendall(CONTROL.pack(ENDED_AS, process) + CONTROL.pack(ENDED, status))


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """SIGCHLD needs a handler for the wake-up descriptor to be written to."""


if __name__ == "__main__":
    main(sys.argv[1:])
