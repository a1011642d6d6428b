"""What a text holds of a list, asked without a pattern. Compiled."""


def holds_any(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands anywhere in a text."""
    for phrase in phrases:  # noqa: SIM110 (a generator costs more than the search)
        if phrase in text:
            return True
    return False


def holds_ellipsis(text: str, start: int) -> bool:
    """Whether a text has an ellipsis from this character on: of one character, of two full stops or more."""
    before = " "
    for at in range(max(0, start), len(text)):
        letter = text[at]
        if letter == "." or letter == "。":
            if letter == before:
                return True
        elif letter == "…" or letter == "⋯" or letter == "‥":
            return True
        before = letter
    return False
