"""Start workers whose children run the stand-in core."""

import os
import subprocess
import sys
from pathlib import Path

from tests.workers_as_processes import WorkerProcess, environment_of
from workers.settings import Settings

_REPOSITORY = Path(__file__).parent.parent


def start_odd_worker_process(kind: str, settings: Settings, log: Path) -> WorkerProcess:
    """Start the worker; standard output and error go to the log. It may not be ready yet."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}
    environment = {
        **inherited,
        **environment_of(settings),
        "PYTHONPATH": str(_REPOSITORY),
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.odd_worker", kind],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return WorkerProcess(process, log)
