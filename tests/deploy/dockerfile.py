"""The Dockerfile as a list of instructions."""

import re
from dataclasses import dataclass

from tests.deploy.deployment import DEPLOY


@dataclass(frozen=True)
class Instruction:
    """One instruction: its word and what follows, with continued lines joined."""

    word: str
    rest: str


def stages() -> list[list[Instruction]]:
    """The instructions of each stage; each begins with its FROM."""
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    found: list[list[Instruction]] = []
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if not line.strip():
            continue
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append(Instruction(word, rest.strip()))
    return found


def one(stage: list[Instruction], word: str) -> str:
    """What follows the only instruction of this word."""
    (rest,) = (instruction.rest for instruction in stage if instruction.word == word)
    return rest


def variables(stage: list[Instruction], word: str) -> dict[str, str]:
    """The names and values of ENV or LABEL."""
    pairs = re.findall(r'([\w.]+)=("(?:[^"]*)"|\S+)', one(stage, word))
    return {name: value.strip('"') for name, value in pairs}
