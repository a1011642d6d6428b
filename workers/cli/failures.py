"""Which exceptions are the user's to mend, and what to tell them. Everything else is a bug and keeps its traceback."""

import sys
from collections.abc import Mapping

from workers.settings import SettingError, Settings

PREFIX = "BROADSHEET_"
"""Before the name of every environment variable that is a setting."""


def sentence(error: BaseException, settings: Settings | None = None) -> str | None:
    """What went wrong and what to do next, for errors that are not bugs; None for bugs.

    A kind of error can only occur when its module is loaded, so nothing is imported here that is not there already.
    """
    if isinstance(error, SettingError):
        return in_flags_and_variables(error)
    if (broker := sys.modules.get("workers.broker.errors")) and isinstance(error, broker.BrokerError):
        return str(error)
    if (topics := sys.modules.get("workers.stream.topic_admin")) and isinstance(error, topics.TopicsError):
        return str(error)
    if (kafka := sys.modules.get("aiokafka.errors")) and isinstance(error, kafka.KafkaError):
        from workers.stream.connection import explained

        return explained(error, settings or Settings())
    if isinstance(error, PermissionError | FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return f"{error.filename}: {error.strerror}"
    return None


def in_flags_and_variables(error: SettingError, origins: Mapping[str, str] | None = None) -> str:
    """The error under the name by which the user gave the setting; both names, if it was not given."""
    flag, variable = "--" + error.name.replace("_", "-"), PREFIX + error.name.upper()
    return f"{(origins or {}).get(error.name, f'{flag} ({variable})')}: {error.problem}"
