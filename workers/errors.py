"""The documented page errors: every way in which one page can fail, each with its dead-letter reason.

A page error costs the page and nothing else: the worker writes a dead letter with the reason and goes on.
"""

from typing import ClassVar


class PageError(Exception):
    """One page cannot be processed. reason: the dead-letter reason; stage: where it failed; str(error): the detail."""

    reason: ClassVar[str] = "bug"

    def __init__(self, detail: str, *, stage: str = "decode") -> None:
        super().__init__(detail)
        self.stage = stage

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; the default pickling would lose the keyword argument.
        return (_rebuild, (type(self), str(self), self.stage))


def _rebuild(kind: type[PageError], detail: str, stage: str) -> PageError:
    return kind(detail, stage=stage)


class BadEnvelope(PageError):
    """The envelope is not JSON or MessagePack, a field has a wrong type, or there is no body."""

    reason = "bad-envelope"


class BadEncoding(PageError):
    """The content encoding is unknown, broken or cut short."""

    reason = "bad-encoding"


class UnsupportedType(PageError):
    """The content type or the content is neither HTML nor text (an image, a PDF, an archive)."""

    reason = "unsupported-type"


class TooLarge(PageError):
    """The page is larger than the limit, as it comes or decompressed."""

    reason = "too-large"


class TooDeep(PageError):
    """The page nests elements deeper than the limit."""

    reason = "too-deep"


class TimedOut(PageError):
    """The page took longer than the deadline."""

    reason = "timeout"


class Crashed(PageError):
    """The child process died on the page."""

    reason = "crashed"


class OutOfMemory(PageError):
    """The page took more memory than the limit."""

    reason = "out-of-memory"


class Bug(PageError):
    """An exception that nobody documented: ours to mend; the detail names it."""

    reason = "bug"
