"""What goes over the sockets between a worker, its zygote and the children: the formats, shared by both sides."""

import struct
from enum import IntEnum

LENGTH = struct.Struct("<Q")
"""Before each task that a child is sent: its length in bytes."""

ANSWER = struct.Struct("<BQ")
"""Before each answer of a child: the kind of answer and its length in bytes."""

CONTROL = struct.Struct("<cxxxi")
"""A command to the zygote or its report: a letter and a number."""

START, KILL = b"s", b"k"
"""Commands: start a child (its socket and its standard error travel along), kill the child with this process number."""

STARTED, ENDED_AS, ENDED = b"S", b"e", b"E"
"""Reports: a child runs, by its process number; the child with this number has ended; and, after that, its status."""


class Kind(IntEnum):
    """How a child answers a task."""

    DONE = 0
    """The task's result."""
    FAILED = 1
    """The task raised: a description of the exception."""
    OUT_OF_MEMORY = 2
    """The task hit the memory limit. The child leaves after this answer, since its heap may be in any state."""
    LAST = 3
    """The task's result, from a child that leaves because it has grown too large."""
    READY = 4
    """No answer: the child has set itself up and takes tasks."""
