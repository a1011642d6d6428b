"""Features in words: what the labellers see of a block, said so that a reader of the page can check it."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple


class Saying(NamedTuple):
    """A feature in words. Features with the same saying are told as one."""

    label: str
    """Of a share: with a % where the number stands ("the blocks around it: % chrome")."""
    kind: Literal["fact", "measure", "share"]
    """Yes or no; a number; a probability."""

    def with_value(self, value: float) -> str:
        """What the feature says of a block: "inside a <p>", "not inside a <p>", "words: 12"."""
        if self.kind == "fact":
            return self.label if value > 0 else f"not {self.label}"
        if self.kind == "share":
            return self.label.replace("%", f"{value:.0%}", 1)
        return f"{self.label}: {value:.0f}" if value == round(value) else f"{self.label}: {value:.2f}"


@cache
def in_words(name: str) -> Saying:
    """The feature called `name`; a name that is not known here is shown as it is."""
    if name in _words()["facts"]:
        return Saying(_words()["facts"][name], "fact")
    if name in _words()["measures"]:
        return Saying(_words()["measures"][name], "measure")
    for pattern, label, is_fact in _FAMILIES:
        if found := pattern.fullmatch(name):
            return Saying(label.format(found[1].replace("_", " ")), "fact" if is_fact else "measure")
    return _of_others(name) or Saying(name.replace("_", " "), "measure")


def class_in_words(name: str) -> str:
    """A role or class of the labellers."""
    words: str = _words()["classes"].get(name, name.replace("_", " "))
    return words


def _of_others(name: str) -> Saying | None:
    """A known feature of the blocks around, or of an element around the block."""
    if found := _NEIGHBOUR.fullmatch(name):
        inner = in_words(found[1])
        where = "the block before" if found[2].startswith("-") else "the block after"
        if abs(int(found[2])) > 1:
            where = where.replace("the block", "a block shortly")
        return Saying(f"{where} {inner.label}" if inner.kind == "fact" else f"{inner.label} in {where}", inner.kind)
    if found := _MEAN.fullmatch(name):
        where = {"0": "before it"}.get(found[3], "after it" if found[2] == "0" else "around it")
        return Saying(f"{in_words(found[1]).label} {where}", "measure")
    if (found := _LEVEL.fullmatch(name)) and found[1] in _words()["measures"]:
        where = "its element" if found[2] == "0" else "the elements around it"
        return Saying(f"{in_words(found[1]).label} in {where}", "measure")
    return None


_NEIGHBOUR = re.compile(r"(\w+)([+-]\d)")
_MEAN = re.compile(r"mean_(\w+)_(\d+)_(\d+)")
_LEVEL = re.compile(r"(\w+)_(\d)")
_FAMILIES = [
    (re.compile(pattern), label, is_fact)
    for pattern, label, is_fact in (
        (r"tag_(\w+)", "a <{}> element", True),
        (r"up_(\w+)", "directly in a <{}>", True),
        (r"in_(\w+)", "inside a <{}>", True),
        (r"i_(\w+)", "holding a <{}>", True),
        (r"m_(\w+)", "in an element of a “{}” class", True),
        (r"m0_(\w+)", "of a “{}” class", True),
        (r"m1_(\w+)", "directly in a “{}” class", True),
        (r"mi_(\w+)", "holding a “{}” class", True),
        (r"(?:hint|head)_(\w+)", "opening like “{}”", True),
        (r"tail_(\w+)", "ending like “{}”", True),
        (r"whole_(\w+)", "wholly like “{}”", True),
        (r"over\d?_(\w+)", "under a heading like “{}”", True),
        (r"period_(\d)", "lines like the one {} places on", False),
        (r"shared_(?:on|back)_(\d)", "words shared with a line {} places away", False),
        (r"across_(\d)\w?", "words shared across it", False),
        (r"core_(?:start|end)_(\d+)", "lines from the edge of the page's longest text", False),
        (r"page_(\w+)", "the page's {}", False),
    )
]


@cache
def _words() -> dict[str, dict[str, str]]:
    loaded: Any = json.loads((files("workers.segment") / "data" / "reason_words.json").read_text("utf-8"))
    return {kind: dict(words) for kind, words in loaded.items()}
