"""What every worker process does around its work: logs, HTTP, signals, a clear end."""

import asyncio
import os
import platform
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import version

from aiokafka.errors import KafkaError

from workers.observe.events import (
    FloodGuardTripped,
    HttpListening,
    Observer,
    StopRequested,
    WorkerFailed,
    WorkerStarted,
    WorkerStopped,
)
from workers.observe.http import HttpServer
from workers.observe.logs import open_log
from workers.observe.metrics import Metrics
from workers.settings import Settings
from workers.stream.connection import explained
from workers.stream.dead_letter import DeadLetterRefusedError
from workers.stream.failures import problem
from workers.stream.flood import FloodError
from workers.stream.health import Health
from workers.stream.nursery import ChildrenCannotStartError
from workers.stream.partition import Scene
from workers.stream.topics import TopicsError, require_topics

LEAVE_SECONDS = 9.0
"""A worker that has been told to stop is gone by then: supervisors kill after 10 s or later."""

_LINGER_SECONDS = 1.0
"""A worker whose work is done is gone by then: clients may have tasks that wait for a broker which does not answer."""


class CannotListenError(Exception):
    """An address cannot be had; str(error) says which, and why."""


Work = Callable[[Scene], Awaitable[None]]


async def run_worker(settings: Settings, role: str, group: str, topics: Sequence[str], work: Work) -> int:
    """Run a worker until SIGTERM or SIGINT (exit code 0) or until it cannot go on (exit code 1).

    It is the process's only work: the process ends soon after, even if something in it hangs.
    topics: the topics it needs, by their short names.
    """
    observer = Observer(Metrics(), open_log(settings.log_level, worker_id(settings)))
    health = Health()
    scene = Scene(settings, observer, health, group, role)
    begun = time.monotonic()
    stopped = _on_signals(observer)
    try:
        server = HttpServer(
            settings.http_host, settings.http_port, observer.metrics.registry, health.alive, health.is_ready
        )
    except OSError as error:
        observer.emit(WorkerFailed(f"cannot listen on {settings.http_host}:{settings.http_port}: {error.strerror}"))
        return 1
    try:
        observer.emit(HttpListening(server.host, server.port))
        observer.emit(WorkerStarted(role, version("broadsheet"), [settings.topic(name) for name in topics], group))
        code = await _until_stopped(scene, topics, work, stopped)
    finally:
        server.close()
    observer.emit(WorkerStopped(code, round(time.monotonic() - begun, 3)))
    _leave_within(_LINGER_SECONDS, code)
    return code


def worker_id(settings: Settings) -> str:
    """The worker's name in logs."""
    return settings.worker_id or f"{platform.node()}-{os.getpid()}"


async def _until_stopped(scene: Scene, topics: Sequence[str], work: Work, stopped: asyncio.Event) -> int:
    working = asyncio.get_running_loop().create_task(_work(scene, topics, work))
    stopping = asyncio.get_running_loop().create_task(stopped.wait())
    await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        _leave_within(LEAVE_SECONDS, 0)
        working.cancel()
        await asyncio.wait([working])
    if working.cancelled():
        return 0
    error = working.exception()
    if error is None:
        return 0
    _report(scene, error)
    return 1


def _leave_within(seconds: float, code: int) -> None:
    """End the process if it has not ended by itself by then, whatever a client still waits for.

    A transaction that is open then is aborted by the partitions' next owner.
    """
    timer = threading.Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()


async def _work(scene: Scene, topics: Sequence[str], work: Work) -> None:
    await require_topics(scene.settings, topics)
    await work(scene)


def _report(scene: Scene, error: BaseException) -> None:
    if isinstance(error, FloodError):
        scene.observer.emit(FloodGuardTripped(error.dead, error.window, error.commonest, str(error)))
    elif isinstance(error, KafkaError):
        scene.observer.emit(WorkerFailed(explained(error, scene.settings)))
    elif isinstance(error, TopicsError | ChildrenCannotStartError | DeadLetterRefusedError | CannotListenError):
        scene.observer.emit(WorkerFailed(str(error)))
    else:
        scene.observer.emit(WorkerFailed(problem(error)))
        raise error


def _on_signals(observer: Observer) -> asyncio.Event:
    stopped = asyncio.Event()

    def stop(number: signal.Signals) -> None:
        if not stopped.is_set():
            observer.emit(StopRequested(number.name))
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    return stopped
