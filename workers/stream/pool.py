"""A pool of child processes that take pages apart, one task at a time each, under a deadline and a memory limit.

A child that dies, hangs or runs out of memory costs the task that it was working on and nothing else: tasks that were
queued for it go to other children, and each task is answered exactly once. Children work through their queue in
order, so the first unanswered task of a dead child is the one that killed it.
"""

import asyncio
import signal
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from workers.errors import Bug, Crashed, OutOfMemory, PageError, TimedOut
from workers.stream.frames import LENGTH, Kind
from workers.stream.link import Link
from workers.stream.nursery import Child, ChildrenCannotStartError, Nursery

STAGE = "pool"

QUEUED_TASKS = 2
"""A child has its next task already when it finishes one. More would only let tasks wait behind a slow one."""

QUEUED_BYTES = 4 * 2**20
"""Bytes under way to one child; a larger task is sent to a child that has nothing else."""

_TICKS_A_DEADLINE = 20
_LONGEST_TICK_SECONDS = 0.1

_STILLBORN_IN_A_ROW = 5
"""After so many children that die before they are sent anything there is no point in starting another."""

_SMOOTHING = 0.02
"""Of the mean time of a task: it follows the latest fifty or so."""

_MEMORY_WORDS = ("memory allocation of", "bad_alloc", "MemoryError", "Cannot allocate memory")
"""What libraries in Rust, C++, Python and C print when an allocation fails and they can only abort."""


class Watcher(Protocol):
    """Who wants to know what happens to children."""

    def child_died(self, process: int, why: str, last_words: str) -> None: ...

    def busy_share(self, share: float) -> None: ...


@dataclass(eq=False)
class _Task:
    parts: tuple[bytes, ...]
    size: int
    answer: asyncio.Future[bytes]
    sent_at: float = 0.0


@dataclass(eq=False)
class _Slot:
    """A child and what it has been sent."""

    child: Child
    transport: asyncio.Transport
    queue: deque[_Task] = field(default_factory=deque)
    queued_bytes: int = 0
    answered_at: float = 0.0
    seconds: float = 0.0
    """How long the child has been at the first task of its queue, in time during which this process ran as well."""
    ready: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    overdue: bool = False
    leaving: bool = False

    def has_room(self, size: int) -> bool:
        if not self.ready.done() or self.leaving or self.overdue:
            return False
        return not self.queue or (len(self.queue) < QUEUED_TASKS and self.queued_bytes + size <= QUEUED_BYTES)


class Pool:
    """Runs tasks in `processes` children. Make and use it inside one event loop.

    task is module:function of a function from bytes to bytes, importable by a fresh interpreter.
    """

    def __init__(
        self, task: str, *, processes: int, deadline_seconds: float, memory_bytes: int, watcher: Watcher
    ) -> None:
        self._nursery = Nursery(task, memory_bytes)
        self._processes = processes
        self._deadline_seconds = deadline_seconds
        self._memory_bytes = memory_bytes
        self._watcher = watcher
        self._waiting: deque[_Task] = deque()
        self._slots: list[_Slot] = []
        self._background: set[asyncio.Task[None]] = set()
        self._stillborn = 0
        self._mean_seconds = 0.0
        self._closing = False
        self.broken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Fails with ChildrenCannotStartError when the pool can do no work any more."""

    async def open(self) -> None:
        """Start all children. Raises ChildrenCannotStartError."""
        for _ in range(self._processes):
            await self._add_slot()
        await asyncio.wait([slot.ready for slot in self._slots])
        self._spawn(self._watch_deadlines())

    def submit(self, *parts: bytes) -> asyncio.Future[bytes]:
        """The task's result to be; it fails with TimedOut, Crashed, OutOfMemory or Bug. Cancelling it is fine.

        The child gets the parts as one; here they are kept as they are, since a copy of every waiting page is a lot.
        """
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Task(parts, sum(map(len, parts)), answer))
        self._dispatch()
        return answer

    def backlog_seconds(self) -> float:
        """How long a task that is submitted now waits for a child, about."""
        return len(self._waiting) * self._mean_seconds / self._processes

    async def close(self) -> None:
        """End all children at once; tasks without an answer are cancelled."""
        self._closing = True
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        for slot in self._slots:
            self._waiting.extend(slot.queue)
            slot.transport.abort()
        for waiting in self._waiting:
            waiting.answer.cancel()
        self._waiting.clear()
        await self._nursery.close()
        for slot in self._slots:
            slot.child.close()
        self._slots.clear()
        self.broken.cancel()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not self.broken.done():
            self.broken.set_exception(error)

    async def _add_slot(self) -> None:
        child = await self._nursery.start_child()
        loop = asyncio.get_running_loop()
        transport, link = await loop.connect_accepted_socket(Link, child.tasks)
        slot = _Slot(child, transport)
        self._slots.append(slot)
        link.connect(lambda kind, answer: self._answered(slot, kind, answer), lambda: self._spawn(self._bury(slot)))

    def _dispatch(self) -> None:
        """Hand waiting tasks to the children with the least to do."""
        while self._waiting:
            task = self._waiting[0]
            if task.answer.cancelled():
                self._waiting.popleft()
                continue
            free = [slot for slot in self._slots if slot.has_room(task.size)]
            if not free:
                return
            slot = min(free, key=lambda slot: len(slot.queue))
            self._waiting.popleft()
            task.sent_at = asyncio.get_running_loop().time()
            slot.queue.append(task)
            slot.queued_bytes += task.size
            first, *others = task.parts
            slot.transport.write(LENGTH.pack(task.size) + first)
            for part in others:
                slot.transport.write(part)

    def _answered(self, slot: _Slot, kind: Kind, answer: bytes) -> None:
        if kind is Kind.READY:
            slot.ready.set_result(None)
            self._stillborn = 0
            self._dispatch()
            return
        task = slot.queue.popleft()
        slot.queued_bytes -= task.size
        now = asyncio.get_running_loop().time()
        # What the child spent on the task, unless it had to wait for it.
        self._mean_seconds += _SMOOTHING * (now - max(slot.answered_at, task.sent_at) - self._mean_seconds)
        slot.answered_at = now
        slot.seconds = 0.0
        # An overdue child that answers after all is killed all the same, but its next task has done nothing wrong.
        slot.leaving = slot.overdue or kind in (Kind.OUT_OF_MEMORY, Kind.LAST)
        if kind is Kind.FAILED:
            self._fail(task, Bug(answer.decode("utf-8", "replace"), stage=STAGE))
        elif kind is Kind.OUT_OF_MEMORY:
            self._fail(task, OutOfMemory(self._memory_detail(), stage=STAGE))
        elif not task.answer.done():
            task.answer.set_result(answer)
        self._dispatch()

    def _fail(self, task: _Task, error: PageError) -> None:
        if not task.answer.done():
            task.answer.set_exception(error)

    def _memory_detail(self) -> str:
        return f"the page needs more than {self._memory_bytes} bytes of memory"

    async def _bury(self, slot: _Slot) -> None:
        """A child's socket has closed: settle what it had, and put another in its place."""
        if self._closing:
            return
        self._slots.remove(slot)
        code = await slot.child.ended
        words = slot.child.last_words()
        slot.child.close()
        if not slot.leaving:
            if code is not None and slot.queue:
                self._fail(slot.queue.popleft(), self._verdict(slot, code, words))
            self._watcher.child_died(slot.child.process, "deadline" if slot.overdue else _how(code), words)
        self._waiting.extendleft(reversed(slot.queue))
        if not slot.ready.done():
            self._stillborn += 1
            slot.ready.cancel()
        if self._stillborn >= _STILLBORN_IN_A_ROW:
            raise ChildrenCannotStartError(
                f"{self._stillborn} child processes in a row died before their first page: {words}"
            )
        await self._add_slot()

    def _verdict(self, slot: _Slot, code: int, words: str) -> PageError:
        if slot.overdue:
            return TimedOut(f"not done after {self._deadline_seconds:g} s", stage=STAGE)
        if any(word in words for word in _MEMORY_WORDS):
            return OutOfMemory(self._memory_detail(), stage=STAGE)
        return Crashed(f"the child process ended by {_how(code)}", stage=STAGE)

    async def _watch_deadlines(self) -> None:
        """Kill children that are at one task for too long.

        Time counts only while this process itself is awake: when it was stopped or the machine slept, the children's
        answers lie unread in their sockets, and no page is to pay for that.
        """
        loop = asyncio.get_running_loop()
        tick = min(_LONGEST_TICK_SECONDS, self._deadline_seconds / _TICKS_A_DEADLINE)
        before = loop.time()
        while True:
            await asyncio.sleep(tick)
            passed = min(loop.time() - before, 2 * tick)
            before = loop.time()
            busy = 0
            for slot in self._slots:
                if not slot.queue or slot.overdue:
                    continue
                busy += 1
                slot.seconds += passed
                if slot.seconds > self._deadline_seconds:
                    slot.overdue = True
                    self._nursery.kill(slot.child.process)
            self._watcher.busy_share(busy / self._processes)


def _how(code: int | None) -> str:
    if code is None:
        return "the end of its zygote"
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name
    return f"{name} (the kernel sends it when memory is short)" if name == "SIGKILL" else name
