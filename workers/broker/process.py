"""The broker's process: whose is it, is it alive, end it. A process number alone proves nothing: numbers are reused."""

from pathlib import Path

import msgspec

from workers.broker.errors import NOT_INSTALLED, BrokerError

try:
    import psutil
except ImportError:
    raise BrokerError(NOT_INSTALLED) from None

STOP_SECONDS = 30.0
"""An orderly stop takes 2 s; a broker that flushes a lot to a slow disk gets more before it is killed."""


class Identity(msgspec.Struct, frozen=True):
    """What is remembered of a started broker, in `broker.json` of its data folder."""

    pid: int
    started: float
    """The process's creation time, seconds since the epoch: tells it from a later one with the same number."""
    port: int
    controller_port: int


def remember(data: Path, identity: Identity) -> None:
    _file(data).write_bytes(msgspec.json.encode(identity))


def forget(data: Path) -> None:
    _file(data).unlink(missing_ok=True)


def remembered(data: Path) -> Identity | None:
    """The broker that was started on this data folder last, alive or not; None: none, or stopped in good order."""
    try:
        return msgspec.json.decode(_file(data).read_bytes(), type=Identity)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        # The machine went down while the file was written; whatever ran then does not run now.
        return None


def identify(pid: int, port: int, controller_port: int) -> Identity:
    """The identity of a process that has just been started."""
    return Identity(pid, psutil.Process(pid).create_time(), port, controller_port)


def alive(identity: Identity) -> psutil.Process | None:
    """The process, if it is still the one that was started."""
    try:
        process = psutil.Process(identity.pid)
        # The clock's resolution is 10 ms, and a step of the system clock may shift the reported time a little.
        same = abs(process.create_time() - identity.started) < 1.0 and "java" in Path(process.exe()).name
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def end(process: psutil.Process) -> None:
    """Ask the process to stop, wait, kill it if it does not. Raises BrokerError when even that fails."""
    try:
        process.terminate()
        process.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        process.kill()
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            raise BrokerError(f"The broker (process {process.pid}) does not end even when killed.") from None
    except psutil.NoSuchProcess:
        return


def _file(data: Path) -> Path:
    return data / "broker.json"
