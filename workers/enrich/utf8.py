"""Letters written as UTF-8 while a text is folded. Compiled."""


def put_letter(into: bytearray, size: int, code: int) -> int:
    """Write a letter of the Basic Multilingual Plane behind the first `size` bytes; returns how many there are then.

    There has to be room for three.
    """
    if code < 0x80:
        into[size] = code
        return size + 1
    if code < 0x800:
        into[size] = 0xC0 | code >> 6
        into[size + 1] = 0x80 | code & 0x3F
        return size + 2
    into[size] = 0xE0 | code >> 12
    into[size + 1] = 0x80 | code >> 6 & 0x3F
    into[size + 2] = 0x80 | code & 0x3F
    return size + 3
