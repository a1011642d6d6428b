"""Commands as users type them, each in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence

from workers.settings import Settings


def broadsheet(
    arguments: Sequence[str], settings: Settings, *, stdin: bytes | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(arguments), env=environment(settings, **variables), input=stdin, capture_output=True, timeout=90
    )


def command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-c", "from workers.cli.main import main; main()", *arguments]


def environment(settings: Settings, **variables: str) -> dict[str, str]:
    own = {
        "BROADSHEET_KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "BROADSHEET_TOPIC_PREFIX": settings.topic_prefix,
    }
    return {**os.environ, **own, **variables}
