"""The inputs of `broadsheet publish`, read ahead in batches of bounded size."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from workers.cli.publish_journal import Journal, Mark
from workers.readers import Found, Input, Item, Unreadable, find_inputs

BATCH_PAGES = 512
BATCH_BYTES = 8 * 2**20
"""Two batches are in memory, one being read and one on its way. A larger page is a batch of its own."""


@dataclass(slots=True)
class Batch:
    """Pages to write, and how far each input is done when they are written."""

    found: list[Found] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    marks: dict[Input, Mark] = field(default_factory=dict)
    size: int = 0
    """Bytes of pages."""
    behind: int = 0
    """Bytes of all inputs that are read."""


def read_batches(paths: Sequence[str], journal: Journal, read: Callable[[Input], Iterator[Item]]) -> Iterator[Batch]:
    """Every input's items, without those that the journal has done. An input that cannot be opened is Unreadable."""
    batch, behind = Batch(), 0
    for source in find_inputs(paths):
        mark = journal.mark(source)
        if not mark.whole:
            for item in _items(source, read, mark.done):
                if isinstance(item, Found):
                    batch.found.append(item)
                    batch.size += len(item.page.body)
                else:
                    batch.unreadable.append(item)
                mark = Mark(mark.done + 1)
                batch.marks[source] = mark
                batch.behind = behind + item.position
                if len(batch.found) + len(batch.unreadable) >= BATCH_PAGES or batch.size >= BATCH_BYTES:
                    yield batch
                    batch = Batch(behind=batch.behind)
            batch.marks[source] = Mark(mark.done, whole=True)
        behind += source.size or 0
        batch.behind = behind
    yield batch


def _items(source: Input, read: Callable[[Input], Iterator[Item]], done: int) -> Iterator[Item]:
    try:
        yield from islice(read(source), done, None)
    except OSError as error:
        yield Unreadable(source.path, error.strerror or str(error), 0)
