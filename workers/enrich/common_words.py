"""How much of a text is made of a language's commonest words. Compiled."""


def share_of(common: frozenset[str], lowered: str) -> float:
    """The share of a text's words that are among the common ones, 0..1; the text is in lower case."""
    words = hits = 0
    start = -1
    for at in range(len(lowered)):
        letter = lowered[at]
        if letter.isalnum() and not letter.isdecimal():
            if start < 0:
                start = at
        elif start >= 0:
            words += 1
            hits += lowered[start:at] in common
            start = -1
    if start >= 0:
        words += 1
        hits += lowered[start:] in common
    return hits / words if words else 0.0
