"""Dead letters: the original as it came, and in headers beside it why it is one and where it came from.

The headers of an original that came out of a replay hold how often it was tried before; the next dead letter counts on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from workers.errors import PageError
from workers.observe.events import PageDeadLettered
from workers.stream.carrier import Output
from workers.stream.headers import Header, coordinates, last_values, text

PREFIX = "dead-letter-"
REASON = PREFIX + "reason"
DETAIL = PREFIX + "detail"
STAGE = PREFIX + "stage"
SOURCE = PREFIX + "source"
AT = PREFIX + "at"
ATTEMPTS = PREFIX + "attempts"
CUT = PREFIX + "cut"
"""Only on a letter whose original is too large for the topic: what was left out, and how large it was."""

REPLAYED = PREFIX + "replayed"
"""On a mark, which is no letter: the offset of the letter in the same partition that has been replayed."""
REPLAYED_FROM = PREFIX + "replayed-from"
"""On a replayed page: partition:offset of its letter."""

UNREADABLE = "the record cannot be read; it is at its source"
"""What is missing of an original whose bytes the client could not take apart."""

_LONGEST_DETAIL = 1000
"""In characters: a sentence and a traceback's last line."""

_KEPT_BYTES = (512 * 2**10, 0)
"""What is kept of a value that the dead-letter topic does not take: first its beginning, then nothing."""

_KEPT_HEADERS = 64
_KEPT_HEADER_BYTES = 1024


class DeadLetterRefusedError(Exception):
    """The dead-letter topic does not even take a letter without its value."""


@dataclass(frozen=True, slots=True)
class Original:
    """The record that cannot be processed, as it came."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[Header]
    missing: str | None = None
    """Why key, value and headers are not here; None: they are."""

    @property
    def source(self) -> str:
        return coordinates(self.topic, self.partition, self.offset)


def attempts_so_far(headers: Sequence[Header]) -> int:
    """How often the record has been tried and put aside before: 0 for one that never was a dead letter."""
    given = text(last_values(headers), ATTEMPTS)
    return int(given) if given is not None and given.isascii() and given.isdigit() and len(given) < 10 else 0


def dead_letter(
    topic: str, original: Original, error: PageError, *, at: datetime | None = None, cuts: int = 0
) -> Output:
    """The dead letter for a record. cuts: how often the topic has refused it as too large (0, 1, 2)."""
    key, value, headers, cut = original.key, original.value, list(original.headers), original.missing
    # An earlier life as a dead letter is over; what it says would contradict what is said now.
    headers = [(name, content) for name, content in headers if not name.lower().startswith(PREFIX)]
    if cuts:
        kept = _KEPT_BYTES[min(cuts, len(_KEPT_BYTES)) - 1]
        cut = f"the value had {len(value or b'')} bytes; the first {min(kept, len(value or b''))} are kept"
        value = value[:kept] if value is not None else None
    if cuts > 1:
        cut = f"{cut}, of the key and each header the first {_KEPT_HEADER_BYTES}"
        key = key[:_KEPT_HEADER_BYTES] if key is not None else None
        headers = [
            (name[:_KEPT_HEADER_BYTES], content[:_KEPT_HEADER_BYTES] if content is not None else None)
            for name, content in headers[:_KEPT_HEADERS]
        ]
    time = (at or datetime.now(UTC)).isoformat(timespec="milliseconds")
    facts = {
        REASON: error.reason,
        DETAIL: str(error)[:_LONGEST_DETAIL],
        STAGE: error.stage,
        SOURCE: original.source,
        AT: time,
        ATTEMPTS: str(attempts_so_far(original.headers) + 1),
        CUT: cut,
    }
    headers += [(name, fact.encode("utf-8", "replace")) for name, fact in facts.items() if fact is not None]
    # aiokafka refuses a record that has neither key nor value; an empty value says as little.
    return Output(topic, key, b"" if key is None and value is None else value, headers)


def announced(original: Original, error: PageError, *, url: str | None = None, cuts: int = 0) -> PageDeadLettered:
    """What the log and the metrics say once the letter is committed. cuts: as dead_letter has it."""
    return PageDeadLettered(
        source=original.source,
        url=url,
        reason=error.reason,
        stage=error.stage,
        detail=str(error),
        attempts=attempts_so_far(original.headers) + 1,
        bytes=len(original.value or b""),
        cut=cuts > 0 or original.missing is not None,
    )
