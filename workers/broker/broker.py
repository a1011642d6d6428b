"""Start, stop and look at the embedded broker: Apache Kafka on one node, for trying out, developing and testing."""

import asyncio
import base64
import fcntl
import os
import random
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from workers.broker import process
from workers.broker.configuration import BrokerOptions, java_command, properties_text, server_properties
from workers.broker.errors import BrokerError
from workers.broker.jars import fetched_jars, free_bytes, java_executable
from workers.broker.readiness import serves

START_SECONDS = 120.0
"""Usually 3 to 5 s; a loaded machine with a large data folder to recover needs more."""

NEEDED_BYTES = 2**30
"""Kafka without room to write stops in the middle of things; better not to start."""

_PORTS = range(15_000, 32_000)
"""Below those that systems give to outgoing connections (from 32768 on, or 49152): Java takes seconds to begin to
listen, and among a test run's many connections one would take a port from there now and then."""

_PORT_ATTEMPTS = 200

Say = Callable[[str], None]


@dataclass(frozen=True)
class Running:
    """A broker that serves."""

    address: str
    pid: int
    data: Path
    log: Path


def start(options: BrokerOptions, say: Say = lambda _: None) -> Running:
    """Start the broker and return when it serves; one that runs already is left alone. Raises BrokerError."""
    with _one_at_a_time(options.data):
        identity = process.remembered(options.data)
        if identity and process.alive(identity):
            if identity.port != options.port:
                raise BrokerError(
                    f"A broker with this data folder runs already on port {identity.port} (process {identity.pid}). "
                    f"Stop it first: broadsheet broker stop --data {options.data}"
                )
            _wait_until_serving(options, None)
            return _running(options, identity)
        if identity:
            say(f"The broker of last time (process {identity.pid}) ended without being stopped; its records are kept.")
            process.forget(options.data)
        _check_port(options)
        _check_room(options)
        jars, java = fetched_jars(options.cache, say), java_executable()
        return _launch(options, java, jars, say)


def stop(data: Path) -> bool:
    """Stop the broker of this data folder; False if none ran. Only a process that start() made is ever ended."""
    with _one_at_a_time(data):
        identity = process.remembered(data)
        running = process.alive(identity) if identity else None
        if running:
            process.end(running)
        process.forget(data)
        return running is not None


def status(data: Path) -> Running | None:
    """The broker of this data folder, if its process runs. Whether it serves is a question for readiness.serves."""
    identity = process.remembered(data)
    if identity is None or process.alive(identity) is None:
        return None
    return _running(BrokerOptions(data=data, cache=data, port=identity.port), identity)


def free_port() -> int:
    """A loopback port that nobody listens on now, and that no outgoing connection is given before it is listened on."""
    for _ in range(_PORT_ATTEMPTS):
        port = random.choice(_PORTS)  # noqa: S311 (two who ask at once should not get the same)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise BrokerError(f"No port between {_PORTS.start} and {_PORTS.stop} is free on the loopback.")


def _launch(options: BrokerOptions, java: Path, jars: list[Path], say: Say) -> Running:
    controller_port = free_port()
    _write_configuration(options, controller_port)
    if not (options.records_folder / "meta.properties").exists():
        _format(options, java, jars)
    say(f"Starting Apache Kafka on {options.address}")
    command = java_command(
        java, jars, options, "kafka.Kafka", str(options.properties_file), short_lived=options.short_lived
    )
    with (options.logs_folder / "console.log").open("wb") as console:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True, cwd=options.data
        )
    try:
        identity = process.identify(child.pid, options.port, controller_port)
        process.remember(options.data, identity)
        _wait_until_serving(options, child)
    except BaseException:
        child.kill()
        child.wait()
        process.forget(options.data)
        raise
    return _running(options, identity)


def _write_configuration(options: BrokerOptions, controller_port: int) -> None:
    options.logs_folder.mkdir(parents=True, exist_ok=True)
    options.properties_file.touch(mode=0o600)  # there may be passwords among the properties
    options.properties_file.write_text(properties_text(server_properties(options, controller_port)))
    with as_file(files(__package__).joinpath("log4j2.properties")) as shipped:
        shutil.copyfile(shipped, options.data / "log4j2.properties")


def _format(options: BrokerOptions, java: Path, jars: list[Path]) -> None:
    """Give an empty data folder its cluster id: unpadded URL-safe base64 without a leading dash, as Kafka wants it."""
    cluster = "-"
    while cluster.startswith("-"):
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    arguments = ("format", "--cluster-id", cluster, "--config", str(options.properties_file))
    command = java_command(java, jars, options, "kafka.tools.StorageTool", *arguments, short_lived=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise BrokerError(f"Kafka cannot use the folder {options.data}: {_last_words(done.stderr or done.stdout)}")


def _wait_until_serving(options: BrokerOptions, child: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if child is not None and child.poll() is not None:
            raise BrokerError(f"Kafka ended while starting: {_why(options)}")
        if _listening(options.port) and asyncio.run(serves(options.address)):
            return
        time.sleep(0.05)
    raise BrokerError(
        f"Kafka on {options.address} does not serve after {START_SECONDS:.0f} s. Look into {options.logs_folder}."
    )


def _why(options: BrokerOptions) -> str:
    """The last error in the broker's log, else what Java said."""
    for name in ("broker.log", "console.log"):
        path = options.logs_folder / name
        lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
        errors = [
            line for line in lines if " ERROR " in line or " FATAL " in line or "Exception" in line or "Error" in line
        ]
        if errors:
            return f"{errors[-1].strip()} (more in {path})"
    return f"look into {options.logs_folder}"


def _last_words(output: str) -> str:
    """The root of a Java stack trace, which stands last; else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(("at ", "... "))]
    roots = [line.removeprefix("Caused by: ") for line in told if line.startswith("Caused by: ")]
    return (roots or told or ["it gives no reason"])[-1]


def _check_port(options: BrokerOptions) -> None:
    with socket.socket() as probe:
        # As Java does: a port whose connections are only winding down is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", options.port))
        except OSError:
            raise BrokerError(
                f"Port {options.port} is taken by another program. If that is a Kafka you want to use, you need no "
                "embedded broker; otherwise stop it, or choose another port with --port."
            ) from None


def _check_room(options: BrokerOptions) -> None:
    free = free_bytes(options.data)
    if free < NEEDED_BYTES:
        raise BrokerError(
            f"Only {free // 2**20} MiB are free where {options.data} is; the broker needs {NEEDED_BYTES // 2**20}. "
            "Make room, or name another folder with --data."
        )


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _running(options: BrokerOptions, identity: process.Identity) -> Running:
    return Running(options.address, identity.pid, options.data, options.logs_folder / "broker.log")


@contextmanager
def _one_at_a_time(data: Path) -> Iterator[None]:
    """Two starts of one broker wait for each other; the second finds it running."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise BrokerError(f"Cannot write to {data}: {error.strerror}. Name another folder with --data.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
