"""How long a command takes from a cold process, imports included: `python -m tests.bench.start`.

The least of several runs: what else the machine does only ever adds. Processor time counts, which on an idle machine
is the time that passes (files are in the cache by the second run); what did pass is told beside it. Bytecode is kept
between the runs, as it is where a package has been installed, whatever the environment says.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, show

RUNS = 15
_PAGE = Path(__file__).parents[2] / "workers" / "cli" / "samples" / "harbour-ferry.html"
_COMMANDS = (("broadsheet --help", ("--help",), 150.0), ("broadsheet segment PAGE", ("segment", str(_PAGE)), 400.0))


def figures() -> list[Figure]:
    """Milliseconds of each command."""
    program = Path(sys.executable).with_name("broadsheet")
    found = []
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as bytecode:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
        for what, arguments, most in _COMMANDS:
            runs = (_run([str(program), *arguments], environment) for _ in range(RUNS))
            walls, processors = zip(*runs, strict=True)
            note = f"processor time; {1e3 * min(walls):.0f} ms passed"
            found.append(Figure(what, 1e3 * min(processors), "ms", at_most=most, note=note))
    return found


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    before, begun = os.times(), time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    wall, after = time.perf_counter() - begun, os.times()
    return (
        wall,
        after.children_user - before.children_user + after.children_system - before.children_system,
    )


if __name__ == "__main__":
    show(figures())
