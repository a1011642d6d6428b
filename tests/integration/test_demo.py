"""`broadsheet demo` as a newcomer runs it: figures at the end, nothing left behind."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.conftest import Kafka
from tests.waiting import until
from workers.broker.broker import status, stop

pytestmark = pytest.mark.timeout(400)  # a broker, workers and pages each, on a machine that may have much else to do

BROADSHEET = str(Path(sys.executable).with_name("broadsheet"))


@pytest.fixture
def home(kafka: Kafka, tmp_path: Path) -> dict[str, str]:
    """An environment whose data folder is the test's own; the broker is asked for to skip where there is none."""
    assert kafka.bootstrap
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    return {**inherited, "XDG_DATA_HOME": str(tmp_path), "COLUMNS": "120"}


def processes_of(folder: Path) -> list[int]:
    """Processes whose command line or environment names the folder: broker, workers and their children."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline"]):
        try:
            # A process that has ended and is not yet waited for has no command line any more.
            words = [*(process.info["cmdline"] or ()), *process.environ().values()]
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if any(str(folder) in word for word in words) and process.pid != os.getpid():
            found.append(process.pid)
    return found


def test_the_demo_shows_figures_and_leaves_nothing_running(home: dict[str, str], tmp_path: Path) -> None:
    command = [BROADSHEET, "demo", "--rounds", "3"]
    done = subprocess.run(command, env=home, capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"pages +60 published, 60 accounted for", done.stdout)
    # One of the twelve samples is broken; each is published five times.
    assert re.search(r"dead letters +5 bad-encoding\n", done.stdout)
    assert re.search(r"articles +\d+ different, from \d+ pages", done.stdout)
    teasers = re.search(r"teasers +(\d+) seen, (\d+) published", done.stdout)
    assert teasers is not None
    assert int(teasers[1]) >= 5 * int(teasers[2]) > 0
    assert re.search(r"\d+ pages/s", done.stdout)
    assert re.search(r"p50 \d+ ms, p99 \d+ ms", done.stdout)
    assert "Where to look next" in done.stdout
    until(lambda: processes_of(tmp_path) == [], what="the end of all processes")


def test_the_demo_can_leave_its_broker_to_be_looked_at(home: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "broadsheet" / "demo" / "broker"
    command = [BROADSHEET, "demo", "--rounds", "1", "--keep"]
    try:
        done = subprocess.run(command, env=home, capture_output=True, text=True, check=False, timeout=170)
        assert done.returncode == 0, done.stdout + done.stderr
        running = status(folder)
        assert running is not None
        assert running.address in done.stdout
        assert f"broadsheet broker stop --data {folder}" in done.stdout
    finally:
        stop(folder)


def test_the_demo_stops_everything_when_it_is_told_to(home: dict[str, str], tmp_path: Path) -> None:
    process = subprocess.Popen(
        [BROADSHEET, "demo", "--rounds", "500"], env=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Publishing" in line:
                break
        time.sleep(1.0)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 1
    until(lambda: processes_of(tmp_path) == [], what="the end of all processes")
