"""Words and minutes."""

import pytest

from workers.enrich.counts import WORDS_PER_MINUTE, reading_minutes, word_count

COUNTED: list[tuple[str, int]] = [
    ("", 0),
    ("One two three.", 3),
    ("Don't stop — it's 3.5 % more – really", 6),
    ("state-of-the-art e-mail", 2),
    ("- first\n\n- second", 2),
    ("“Quoted” (in brackets)", 3),
    ("Привет, мир!", 2),
    ("مرحبا بالعالم", 2),
    ("नमस्ते दुनिया", 2),
    # Korean writes spaces.
    ("장관은 월요일 말했다.", 3),
    # Chinese and Japanese: two characters a word, punctuation not counted.
    ("部长星期一表示。", 4),
    ("大臣は、述べた。", 3),
    # Thai: four letters a word, vowel signs and tones not counted.
    ("ประเทศไทย", 3),
    ("日本のNHK は 放送局", 5),
]


@pytest.mark.parametrize(("text", "words"), COUNTED)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert word_count(text) == words


def test_a_chinese_and_an_english_story_of_one_length_take_about_as_long() -> None:
    english = word_count("the minister said that talks would go on next week " * 20)
    chinese = word_count("部长表示谈判将于下周继续" * 20)
    assert 0.5 < chinese / english < 1.5


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, None), (1, 1), (WORDS_PER_MINUTE, 1), (WORDS_PER_MINUTE + 1, 2), (10 * WORDS_PER_MINUTE, 10)],
)
def test_minutes_are_rounded_up(words: int, minutes: int | None) -> None:
    assert reading_minutes(words) == minutes
