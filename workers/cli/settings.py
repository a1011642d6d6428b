"""From flags and environment variables to the settings object: a flag wins over BROADSHEET_*, that over the default."""

import functools
import logging
import os
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar

import click
import msgspec

from workers.cli.failures import PREFIX, in_flags_and_variables, sentence
from workers.settings import HINTS, Group, SettingError, Settings, settings_from_texts

Command = TypeVar("Command", bound=Callable[..., Any])


class Described(msgspec.Struct, frozen=True):
    """One setting as the documentation shows it."""

    name: str
    group: str
    flag: str
    variable: str
    default: str
    """"" when there is none."""
    description: str
    choices: tuple[str, ...]
    """The allowed words, where there are only a few."""


def described_settings() -> list[Described]:
    """Every setting in the order of the class: --help and the README's table are made from it."""
    result = []
    for field in msgspec.structs.fields(Settings):
        kind, meta = HINTS[field.name].__args__[0], HINTS[field.name].__metadata__[0]
        result.append(
            Described(
                name=field.name,
                group=meta.extra["group"],
                flag="--" + field.name.replace("_", "-"),
                variable=PREFIX + field.name.upper(),
                default="" if field.default is None else str(field.default),
                description=meta.description,
                choices=kind.__args__ if getattr(kind, "__origin__", None) is Literal else (),
            )
        )
    return result


def with_settings(*groups: Group) -> Callable[[Command], Command]:
    """Give a click command the flags of these groups, and the whole Settings object as its argument `settings`.

    Settings of other groups still come from the environment.
    """
    shown = [setting for setting in described_settings() if setting.group in groups]

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def with_object(**arguments: Any) -> Any:
            flags = {setting.name: arguments.pop(setting.name) for setting in shown}
            settings = settings_from(flags, os.environ)
            # Without any handler Python shows a library's complaints on the screen, beside our own sentence.
            logging.getLogger("aiokafka").addHandler(logging.NullHandler())
            try:
                return command(settings=settings, **arguments)
            except Exception as error:
                told = sentence(error, settings)
                if told is None or isinstance(error, click.ClickException):
                    raise
                raise click.ClickException(told) from error

        decorated: Any = with_object
        for setting in reversed(shown):
            decorated = _option(setting)(decorated)
        return decorated  # type: ignore[no-any-return] # click's decorators hide the callable's type

    return decorate


def settings_from(flags: Mapping[str, str | None], environment: Mapping[str, str]) -> Settings:
    """The settings object. An empty variable counts as unset, as compose files leave them. Raises click.UsageError."""
    texts, origins = {}, {}
    for setting in described_settings():
        flag, variable = flags.get(setting.name), environment.get(setting.variable)
        if flag is not None:
            texts[setting.name], origins[setting.name] = flag, setting.flag
        elif variable:
            texts[setting.name], origins[setting.name] = variable, setting.variable
    texts.setdefault("worker_id", f"{os.uname().nodename}-{os.getpid()}")
    try:
        return settings_from_texts(texts)
    except SettingError as error:
        raise click.UsageError(in_flags_and_variables(error, origins)) from None


def _option(setting: Described) -> Callable[[Any], Any]:
    default = f"; default {setting.default}" if setting.default else ""
    kind = "|".join(setting.choices) or _metavar(setting.name)
    return click.option(
        setting.flag, setting.name, metavar=kind, help=f"{setting.description}  [{setting.variable}{default}]"
    )


def _metavar(name: str) -> str:
    for ending, word in (("bytes", "BYTES"), ("seconds", "SECONDS"), ("days", "DAYS"), ("file", "FILE")):
        if name.endswith(ending):
            return word
    kind = HINTS[name].__args__[0]
    return {int: "NUMBER", float: "NUMBER"}.get(kind, "TEXT")
