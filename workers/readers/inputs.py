"""Which inputs a command line names, and in which form each one is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from hashlib import blake2b
from pathlib import Path

STANDARD_INPUT = "-"

ENCODINGS = {".gz": "gzip", ".br": "br", ".zst": "zstd"}
"""File name endings of compressed files, and the content encoding they stand for."""

CONTENT_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
}
"""File name endings of pages, and the content type they stand for; others are sniffed."""

_LINES = (".jsonl", ".ndjson", ".jsonlines", ".jl")
_ARCHIVES = (".warc", ".wet")


class Form(Enum):
    """How an input holds its pages."""

    PAGE = "page"
    LINES = "JSON lines"
    ARCHIVE = "WARC"
    STREAM = "stream"
    """Standard input: its first bytes tell which of the others it is."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or standard input."""

    path: str
    form: Form
    size: int | None
    """Bytes; None for standard input."""
    identity: bytes
    """The same as long as path, size and time of the last change are; b"" for what cannot be read twice."""


def find_inputs(paths: Iterable[str]) -> Iterator[Input]:
    """The inputs that paths name, one at a time: files as given, of folders every file in name order, without hidden
    ones. Raises FileNotFoundError and its like for a path that cannot be read."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield Input(path, Form.STREAM, None, b"")
        elif Path(path).is_dir():
            for found in _files_in(Path(path)):
                yield _input(found)
        else:
            yield _input(Path(path))


def _files_in(folder: Path) -> Iterator[Path]:
    """Depth first, a folder at a time, so that a tree of millions of files is never in memory."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():  # a link to a folder above would never end
            yield from _files_in(entry)
        elif entry.is_file():
            yield entry


def _input(path: Path) -> Input:
    status = path.stat()
    told = f"{path.resolve()}\0{status.st_size}\0{status.st_mtime_ns}"
    identity = blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).digest()
    return Input(str(path), form_of(path.name), status.st_size, identity)


def form_of(name: str) -> Form:
    """The form that a file name tells; a compression's ending is looked through."""
    endings = [ending.lower() for ending in Path(name).suffixes]
    if endings and endings[-1] in ENCODINGS:
        endings.pop()
    last = endings[-1] if endings else ""
    if last in _LINES:
        return Form.LINES
    return Form.ARCHIVE if last in _ARCHIVES else Form.PAGE
