"""All benchmarks, one table: `make bench`, or `python -m tests.bench.run CORPORA`. Some six minutes on two cores.

Whatever is a ratio was measured side by side in this one run. What misses its target says so; the exit code stays 0,
for a benchmark is no test.
"""

import os
import sys
import time
from pathlib import Path

import click

from tests.bench import core, dedup, flat, growth, pipeline, sizes, start
from tests.bench.figures import show


def main() -> None:
    """Measure everything, the quickest first, and print all figures at the end."""
    corpora = Path(sys.argv[1])
    steps = (
        ("start", start.figures),
        ("dedup", dedup.figures),
        ("growth with size", sizes.figures),
        ("growth of bad pages", growth.figures),
        ("core", lambda: core.figures(corpora)),
        ("flat text", lambda: flat.figures(corpora)),
        ("pipeline", lambda: pipeline.figures(corpora / "body-fundus-html")),
    )
    found = []
    for name, step in steps:
        begun = time.monotonic()
        found += step()
        click.echo(f"{name}: measured in {time.monotonic() - begun:.0f} s", err=True)
    click.echo(f"{os.cpu_count()} cores, load of the last minute {os.getloadavg()[0]:.1f}")
    show(found)


if __name__ == "__main__":
    main()
