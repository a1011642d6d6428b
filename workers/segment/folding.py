"""White space at the edges of texts and within them. Compiled: a call of a method costs more than most texts have."""


def is_space(text: str) -> bool:
    """Is there nothing but white space? As str.isspace, but true of no text at all."""
    for at in range(len(text)):  # noqa: SIM110 # compiled, a loop makes no generator
        if not text[at].isspace():
            return False
    return True


def stripped(text: str) -> int:
    """Characters of a text without the white space at its ends."""
    start, end = 0, len(text)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return end - start


def folded(text: str) -> str:
    """The text without white space but for single spaces between words."""
    return text if _is_folded(text) else " ".join(text.split())


def _is_folded(text: str) -> bool:
    after_space = True
    for at in range(len(text)):
        letter = text[at]
        if letter == " ":
            if after_space:
                return False
            after_space = True
        elif letter.isspace():
            return False
        else:
            after_space = False
    return not after_space
