"""Sightings records of one partition that have been counted and not been committed."""

import time
from collections import Counter
from collections.abc import Mapping

from faust.types.tuples import Message

from schemas.codec import format_of
from workers.errors import Bug, PageError
from workers.observe.events import Event, TrendsCommitted
from workers.stream import headers as names
from workers.stream.carrier import Output
from workers.stream.dead_letter import UNREADABLE, Original, announced, dead_letter
from workers.stream.failures import problem
from workers.stream.headers import Header, coordinates, last_values, text
from workers.stream.trends_links import PREVIOUS
from workers.trends.reading import STAGE, read_sighted
from workers.trends.state import Result, State


class Batch:
    """Counts records into a partition's state, and holds what else follows from them."""

    def __init__(self, partition: int, dead_letters: str) -> None:
        """dead_letters: the topic's full name."""
        self.partition = partition
        self.offsets = 0
        """How many records the offset moves on by."""
        self.records = 0
        """How many of them had not been counted before."""
        self.letters: list[Output] = []
        self._dead_letters = dead_letters
        self._tally: Counter[Result] = Counter()
        self._page_timestamps: list[int] = []
        self._dead: list[Event] = []

    def take(self, message: Message, state: State, now_ms: int) -> None:
        """Count a record; what cannot be read becomes a dead letter. What was counted before is passed over."""
        self.offsets += 1
        if state.is_applied(message.offset):
            return
        self.records += 1
        headers = _headers(message)
        values = last_values(headers)
        place = coordinates(message.topic, message.partition, message.offset)
        stamped = round((message.timestamp or 0) * 1000)
        written_at = min(stamped, now_ms) if stamped > 0 else now_ms
        try:
            form = format_of(text(values, names.CONTENT_TYPE))
            self._tally += state.add(message.offset, read_sighted(message.value, form, written_at, place))
        except PageError as error:
            self._put_aside(message, headers, error)
        except Exception as error:  # one record must not stop the worker, whatever we have overlooked
            self._put_aside(message, headers, Bug(problem(error), stage=STAGE))
        else:
            self._page_timestamps.append(names.page_timestamp(values, written_at))
        state.pass_over(message.offset)

    def committed(self, windows: int, seconds: float) -> list[Event]:
        """What there is to report when all of it is written."""
        now = time.time()
        done = TrendsCommitted(
            partition=self.partition,
            records=self.records,
            sightings={str(result): count for result, count in self._tally.items()},
            windows=windows,
            seconds=seconds,
            end_to_end_seconds=[max(0.0, now - at / 1000) for at in self._page_timestamps],
        )
        return [done, *self._dead]

    def _put_aside(self, message: Message, headers: list[Header], error: PageError) -> None:
        # Faust hands on nothing else of workers.stream.reading.UnreadableRecord.
        missing = UNREADABLE if (message.timestamp or 0) < 0 else None
        original = Original(
            message.topic, message.partition, message.offset, message.key, message.value, headers, missing
        )
        self.letters.append(dead_letter(self._dead_letters, original, error))
        self._dead.append(announced(original, error))


def _headers(message: Message) -> list[Header]:
    """As Kafka has them: Faust leaves them as they came, or makes a mapping of them."""
    found = message.headers or ()
    return [header for header in (found.items() if isinstance(found, Mapping) else found) if header[0] != PREVIOUS]
