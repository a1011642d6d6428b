"""Pin the embedded broker's jars anew: python deploy/lock_jars.py 4.4.0 2.25.5 (Kafka, log4j).

Resolves both from Maven, downloads every jar, and writes coordinates and digests to workers/broker/jars.txt.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from jgo.env import EnvironmentBuilder
from jgo.maven import MavenContext

TARGET = Path(__file__).parent.parent / "workers" / "broker" / "jars.txt"


def resolved(endpoint: str, folder: Path) -> dict[str, str]:
    """Coordinate -> SHA-256 of everything that the endpoint needs."""
    repository = folder / "repository"
    context = MavenContext(repo_cache=repository, timeout=60)
    EnvironmentBuilder(context=context, cache_dir=folder / "environment").from_endpoint(endpoint)
    jars = {}
    for jar in repository.rglob("*.jar"):
        *group, artifact, version = jar.parent.relative_to(repository).parts
        jars[f"{'.'.join(group)}:{artifact}:{version}"] = hashlib.sha256(jar.read_bytes()).hexdigest()
    return jars


def main(kafka: str, log4j: str) -> None:
    """Write the list."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        jars = resolved(f"org.apache.kafka:kafka_2.13:{kafka}", Path(one))
        # On its own: resolved together, the older Kafka client that this asks for would win over the broker's.
        jars |= resolved(f"org.apache.logging.log4j:log4j-slf4j-impl:{log4j}", Path(other))
    lines = [f"{coordinate} {digest}\n" for coordinate, digest in sorted(jars.items())]
    head = (
        f"# Apache Kafka {kafka} and what it runs on: Maven coordinate and SHA-256 of each jar.\n"
        "# Made by deploy/lock_jars.py; a jar with another digest is refused.\n"
    )
    TARGET.write_text(head + "".join(lines))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python deploy/lock_jars.py KAFKA-VERSION LOG4J-VERSION")
    main(sys.argv[1], sys.argv[2])
