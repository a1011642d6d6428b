"""Texts folded letter by letter, with a table that fills itself as letters come. Compiled."""

from collections.abc import Callable

import numpy as np

from workers.enrich.utf8 import put_letter

_LETTERS = 0x10000
"""Of the Basic Multilingual Plane; of others no text of news is made."""
_UNKNOWN, _NOT_ALONE, _SPACE = 0, 1, 32


class LetterTable:
    """What every letter is folded to, of those that are folded alike in whatever text they stand."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        """fold: a letter to another one or a space, "" where a letter by itself does not tell."""
        self.fold = fold
        self.folded = np.zeros(_LETTERS, np.uint16)

    def text(self, text: str) -> str | None:
        """The folded text, runs of spaces one, none at the ends; None where some letter by itself does not tell."""
        folded = self.folded
        result = bytearray(3 * len(text))
        size, is_apart = 0, False
        for letter in text:
            code = ord(letter)
            if code >= _LETTERS:
                return None
            if folded[code] == _UNKNOWN:
                folded[code] = ord(self.fold(letter) or chr(_NOT_ALONE))
            code = folded[code]
            if code == _NOT_ALONE:
                return None
            if code == _SPACE:
                is_apart = size > 0
                continue
            if is_apart:
                result[size] = _SPACE
                size += 1
                is_apart = False
            size = put_letter(result, size, code)
        return bytes(result[:size]).decode()
