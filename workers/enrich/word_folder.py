"""Texts folded to the words by which they are compared, in one pass from characters to UTF-8. Compiled."""

import numpy as np

from workers.enrich.utf8 import put_letter

_LETTERS = 0x10000
"""Of the Basic Multilingual Plane."""
_UNKNOWN, _LONGER = 0, 1
_LONGEST = 16
"""Bytes of UTF-8, and some to spare: case folding makes at most three letters of one."""
# Of ASCII, letters, digits and line ends stay.
_SPACED = bytes(byte if byte >= 128 or chr(byte).isalnum() or byte == 10 else 32 for byte in range(256))


class WordFolder:
    """Folds case, and punctuation to spaces; a table of letters fills itself as they come."""

    def __init__(self, punctuation: str) -> None:
        """punctuation: the marks beyond ASCII that are taken for it; of ASCII, letters and digits are not."""
        self.punctuation = punctuation
        self.folded = np.zeros(_LETTERS, np.uint16)

    def fold(self, text: str) -> bytes:
        """The words of a text in UTF-8, parted by spaces, one or several; line ends stay."""
        folded = self.folded
        room = len(text) + len(text) // 2 + _LONGEST
        result = bytearray(room)
        size = 0
        for letter in text:
            if size + _LONGEST > room:
                result.extend(bytes(room))
                room *= 2
            code = ord(letter)
            if code >= _LETTERS:
                code = _LONGER
            else:
                if folded[code] == _UNKNOWN:
                    folded[code] = self._look(letter)
                code = folded[code]
            if code == _LONGER:
                several = self.alone(letter)
                for at in range(len(several)):
                    result[size + at] = several[at]
                size += len(several)
            else:
                size = put_letter(result, size, code)
        return bytes(result[:size])

    def _look(self, letter: str) -> int:
        """What a letter is folded to, if that is one of the plane."""
        folded = self.alone(letter).decode()
        return ord(folded) if len(folded) == 1 and ord(folded) < _LETTERS else _LONGER

    def alone(self, letter: str) -> bytes:
        """A letter folded; half of a surrogate pair is none."""
        return b" " if letter in self.punctuation else letter.casefold().encode("utf-8", "replace").translate(_SPACED)
