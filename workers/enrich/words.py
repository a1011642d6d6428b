"""The word lists beside the code: one plain text file each, a section a language, an entry a line.

# a comment
[en]
min read
[de]
Lesezeit
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("data")


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of data/NAME.txt by section, in file order. A file without sections has one, "".

    Raises ValueError when an entry stands twice in a section: a list nobody can read is a list nobody keeps.
    """
    found: dict[str, dict[str, None]] = {}
    current = found.setdefault("", {})
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith("[") and entry.endswith("]"):
            current = found.setdefault(entry[1:-1], {})
        elif entry in current:
            raise ValueError(f"data/{name}.txt: {entry!r} stands twice in a section")
        else:
            current[entry] = None
    return {section: tuple(entries) for section, entries in found.items() if entries}


@cache
def entries(name: str) -> tuple[str, ...]:
    """Every entry of data/NAME.txt, whatever its section, each once."""
    return tuple(dict.fromkeys(entry for section in sections(name).values() for entry in section))


FUNCTION_WORDS = {language: frozenset(line.split()) for language, (line, *_) in sections("function_words").items()}
"""The commonest words of each language."""
