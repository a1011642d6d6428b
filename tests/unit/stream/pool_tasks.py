"""Tasks for the pool's children that do what pages must not be able to do. The first word of the payload says what."""

import ctypes
import os
import signal
import sys
import time


def obey(payload: bytearray) -> bytes:
    """Do what the payload says; a payload that says nothing special comes back."""
    word, _, rest = bytes(payload[:64]).partition(b" ")
    if word == b"segfault":
        ctypes.string_at(0)
    elif word == b"hang":
        while True:
            pass
    elif word == b"sleep":
        time.sleep(float(rest))
    elif word == b"eat":
        return str(len(bytearray(int(rest)))).encode()
    elif word == b"eat-slowly":
        hoard = []
        while True:
            hoard.append(bytearray(2**20))
    elif word == b"abort-for-memory":
        os.write(sys.stderr.fileno(), b"memory allocation of 123456789 bytes failed\n")
        os.abort()
    elif word == b"kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == b"exit":
        os._exit(3)
    elif word == b"raise":
        raise LookupError("no such thing")
    elif word == b"recurse":
        return _recurse(1)
    elif word == b"process":
        return str(os.getpid()).encode()
    elif word == b"zygote":
        return str(os.getppid()).encode()
    return bytes(payload)


def _recurse(depth: int) -> bytes:
    return _recurse(depth + 1)
