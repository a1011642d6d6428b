"""Names of record headers, and how their values are read: nothing that a producer puts there may crash a worker."""

from collections.abc import Iterable, Sequence

Header = tuple[str, bytes | None]
"""A Kafka header; names repeat, and a value may be null."""

CONTENT_TYPE = "content-type"
SCHEMA = "schema"
SOURCE = "source"
TRACEPARENT = "traceparent"
PAGE_TIMESTAMP = "page-timestamp"
"""Of sightings: the page's Kafka timestamp in milliseconds, from which latency is measured to the very end."""

LONGEST_VALUE = 8 * 1024
"""In bytes. Servers refuse longer request lines, so a longer value is no address or media type, and is not read."""


def last_values(headers: Iterable[Header]) -> dict[str, bytes]:
    """Header name in lower case -> its value. Of repeated names the last counts; null and overlong ones do not."""
    return {name.lower(): value for name, value in headers if value is not None and len(value) <= LONGEST_VALUE}


def text(values: dict[str, bytes], name: str) -> str | None:
    """A header's text; None where it is missing, blank, or not UTF-8."""
    value = values.get(name)
    if value is None:
        return None
    try:
        return value.decode("utf-8").strip() or None
    except UnicodeDecodeError:
        return None


def page_timestamp(values: dict[str, bytes], otherwise: int) -> int:
    """Of sightings: the page's Kafka timestamp in milliseconds; otherwise, where the header does not tell it."""
    given = text(values, PAGE_TIMESTAMP)
    return int(given) if given is not None and given.isascii() and given.isdigit() and len(given) < 15 else otherwise


def coordinates(topic: str, partition: int, offset: int) -> str:
    """topic:partition:offset: what `source` and `dead-letter-source` hold."""
    return f"{topic}:{partition}:{offset}"


def parse_coordinates(source: str | None) -> tuple[str, int, int] | None:
    """The reverse of coordinates; None for anything else."""
    parts = (source or "").rsplit(":", 2)
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts[1:]):
        return None
    return parts[0], int(parts[1]), int(parts[2])


def carried(headers: Sequence[Header]) -> list[Header]:
    """What every output of a page carries on: its `traceparent`, as it came."""
    value = last_values(headers).get(TRACEPARENT)
    return [(TRACEPARENT, value)] if value is not None else []
