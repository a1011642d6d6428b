"""Where Broadsheet keeps files of a user, by the XDG rules: data that must stay, caches that can be fetched again."""

import os
from pathlib import Path


def data_folder() -> Path:
    """Data that must stay: the embedded broker's records."""
    return _folder("XDG_DATA_HOME", ".local/share")


def cache_folder() -> Path:
    """What can be fetched again: the embedded broker's jars."""
    return _folder("XDG_CACHE_HOME", ".cache")


def _folder(variable: str, usual: str) -> Path:
    named = os.environ.get(variable, "")
    # The rules say to ignore a relative path.
    return (Path(named) if os.path.isabs(named) else Path.home() / usual) / "broadsheet"
