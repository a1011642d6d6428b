"""What `broadsheet publish` remembers of a run that does not finish: how far each input has been acknowledged.

A line of JSON after each batch, appended; the file goes when the run is complete. A run that is killed between
Kafka's acknowledgement and the line writes that batch once more when it is taken up again.
"""

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO

from workers.readers import Input


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one input is done."""

    done: int = 0
    """Records of the input that are behind, failed ones included."""
    whole: bool = False
    """The input has no more."""


class Journal:
    """The marks of one command: the same paths to the same topic."""

    def __init__(self, folder: Path, key: Iterable[str]) -> None:
        digest = blake2b("\0".join(key).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self.path = folder / f"publish-{digest}.jsonl"
        self._marks: dict[bytes, Mark] = {}
        self._file: IO[str] | None = None

    def load(self) -> int:
        """Read what an earlier run left behind; returns how many records it had done."""
        with contextlib.suppress(FileNotFoundError), self.path.open(encoding="utf-8") as file:
            for line in file:
                # The last line of a run that was killed may be torn; what it said is done once more.
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    read = json.loads(line)
                    self._marks[bytes.fromhex(read["input"])] = Mark(read["done"], read["whole"])
        return sum(mark.done for mark in self._marks.values())

    def mark(self, source: Input) -> Mark:
        """How far the input is done; an input that has changed since begins anew."""
        return self._marks.get(source.identity, Mark())

    def write(self, marks: Iterable[tuple[Input, Mark]]) -> None:
        """Remember marks; those of inputs that cannot be read twice are not worth remembering."""
        lines = [
            json.dumps({"input": source.identity.hex(), "done": mark.done, "whole": mark.whole})
            for source, mark in marks
            if source.identity
        ]
        if not lines:
            return
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a", encoding="utf-8")
            self._file.write("\n")  # after a torn line
        self._file.write("\n".join(lines) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Leave the file for the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def discard(self) -> None:
        """The run is complete, or is to begin anew: forget it."""
        self.close()
        self._marks = {}
        self.path.unlink(missing_ok=True)
