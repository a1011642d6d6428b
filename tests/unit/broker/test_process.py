"""Whose process is it: a number alone proves nothing."""

import os
import subprocess
import sys
from pathlib import Path

from workers.broker import process
from workers.broker.broker import status, stop
from workers.broker.configuration import BrokerOptions, properties_text, server_properties


def test_a_process_with_the_number_of_a_dead_broker_is_left_alone(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        process.remember(tmp_path, process.Identity(other.pid, started=1.0, port=9092, controller_port=9093))
        assert status(tmp_path) is None
        assert stop(tmp_path) is False
        assert other.poll() is None
        assert process.remembered(tmp_path) is None
    finally:
        other.kill()
        other.wait()


def test_another_program_that_was_started_at_the_same_time_is_left_alone(tmp_path: Path) -> None:
    process.remember(tmp_path, process.identify(os.getpid(), 9092, 9093))
    assert stop(tmp_path) is False


def test_a_broken_memory_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "broker.json").write_text('{"pid": 12')
    assert process.remembered(tmp_path) is None


def test_own_properties_win_over_the_usual_ones() -> None:
    options = BrokerOptions(data=Path("data"), cache=Path("cache"), port=9192, properties={"num.io.threads": "9"})
    made = server_properties(options, controller_port=9193)
    assert made["num.io.threads"] == "9"
    assert made["listeners"] == "PLAINTEXT://127.0.0.1:9192,CONTROLLER://127.0.0.1:9193"
    assert made["auto.create.topics.enable"] == "false"


def test_a_backslash_in_a_property_is_no_escape() -> None:
    assert properties_text({"log.dirs": r"C:\kafka"}) == "log.dirs=C:\\\\kafka\n"
