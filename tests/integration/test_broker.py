"""The embedded broker as its users meet it: the command, started and stopped for real."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Kafka, Topics
from tests.kafka_records import publish, read_committed
from tests.waiting import until
from workers.broker.broker import free_port, status, stop
from workers.settings import Settings
from workers.stream.topics import create_topics

BROADSHEET = str(Path(sys.executable).with_name("broadsheet"))


def broker(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Java compiles lightly: these brokers live for seconds.
    environment = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}
    command = [BROADSHEET, "broker", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=150)


@pytest.fixture
def data(kafka: Kafka, tmp_path: Path) -> Iterator[Path]:
    """A data folder of the test's own; the session's broker is only asked for so that a missing one skips."""
    yield tmp_path / "second"
    stop(tmp_path / "second")


@pytest.mark.timeout(400)  # three starts of Java, on a machine that may have much else to do
def test_a_second_broker_runs_beside_the_first_once_and_keeps_its_records_over_stop_and_kill(
    kafka: Kafka, data: Path
) -> None:
    port = free_port()
    started = broker("start", "--port", str(port), "--data", str(data))
    assert started.returncode == 0, started.stderr
    assert f"127.0.0.1:{port}" in started.stdout
    settings = Settings(kafka_bootstrap_servers=f"127.0.0.1:{port}", partitions=1)
    assert settings.kafka_bootstrap_servers != kafka.bootstrap
    asyncio.run(create_topics(settings))
    asyncio.run(publish(settings, [(None, b"kept", [])]))

    # Started again, it is left as it is; on another port, it is refused.
    first = status(data)
    assert broker("start", "--port", str(port), "--data", str(data)).returncode == 0
    assert first is not None
    assert status(data) == first
    other = broker("start", "--port", str(free_port()), "--data", str(data))
    assert other.returncode == 1
    assert "broadsheet broker stop --data" in other.stderr

    # Stopped in good order and started again, it has its records; killed and started again, too.
    assert broker("stop", "--data", str(data)).returncode == 0
    assert broker("status", "--data", str(data)).returncode == 1
    assert broker("start", "--port", str(port), "--data", str(data)).returncode == 0
    assert [record.value for record in asyncio.run(read_committed(settings, "pages"))] == [b"kept"]
    asyncio.run(publish(settings, [(None, str(number).encode(), []) for number in range(500)]))
    running = status(data)
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    until(lambda: status(data) is None, what="the end of the broker")

    again = broker("start", "--port", str(port), "--data", str(data))
    assert again.returncode == 0, again.stderr
    assert "ended without being stopped" in again.stderr
    assert len(asyncio.run(read_committed(settings, "pages"))) == 501


def test_a_port_of_another_program_is_refused_with_a_way_out(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = broker("start", "--port", str(other.getsockname()[1]), "--data", str(data))
    assert refused.returncode == 1
    assert "taken by another program" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_misspelt_topic_is_not_made(kafka: Kafka) -> None:
    settings = Settings(kafka_bootstrap_servers=kafka.bootstrap, topic_prefix="misspelt.")
    assert asyncio.run(read_committed(settings, "pages")) == []


def test_a_broken_property_is_told_with_kafkas_own_words(data: Path) -> None:
    refused = broker("start", "--port", str(free_port()), "--data", str(data), "--property", "num.io.threads=many")
    assert refused.returncode == 1
    assert "num.io.threads" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_largest_page_arrives_and_fits_as_a_dead_letter(topics: Topics) -> None:
    settings = topics(partitions=1)
    # Random bytes: neither the client nor the broker can make them smaller.
    page = os.urandom(60_000_000)
    for topic in ("pages", "dead-letters"):
        asyncio.run(publish(settings, [(None, page, [("url", b"https://news.example/large")])], topic=topic))
        [record] = asyncio.run(read_committed(settings, topic))
        assert record.value == page
