"""Counting characters and words in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.segment import characters


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("The harbour will stay closed until Friday.", 7, 7),
        ("Порт останется закрытым до пятницы.", 5, 5),
        ("سيبقى الميناء مغلقا حتى يوم الجمعة.", 6, 6),
        ("बंदरगाह शुक्रवार तक बंद रहेगा।", 5, 5),
        ("港は金曜日まで閉鎖される。", 5, 9),
        ("港口将关闭至周五。", 4, 6),
        ("ท่าเรือจะปิดจนถึงวันศุกร์", 4, 7),
        ("항구는 금요일까지 폐쇄된다.", 3, 3),
    ],
)
def test_a_sentence_has_about_as_many_words_in_every_script(text: str, least: float, most: float) -> None:
    assert least <= characters.count([text]).words[0] <= most


@pytest.mark.parametrize(
    "text", ["It is over.", "「終わった。」", "وانتهى الأمر؟", "समाप्त हुआ।", 'He said: "Go."', "Ende (gut)."]
)
def test_a_sentence_ends_with_its_scripts_full_stop(text: str) -> None:
    assert characters.count([text]).last[0] == characters.STOP


def test_a_title_does_not_end_with_a_stop() -> None:
    assert characters.count(["Harbour closes"]).last[0] == characters.LOWER


@given(st.lists(st.text(min_size=1).filter(lambda text: "\n" not in text), min_size=1, max_size=20))
def test_blocks_are_counted_independently_of_their_neighbours(texts: list[str]) -> None:
    together = characters.count(texts)
    for at, text in enumerate(texts):
        alone = characters.count([text])
        assert alone.classes[0].tolist() == together.classes[at].tolist()
        assert alone.words[0] == together.words[at]
        assert alone.last[0] == together.last[at]
        assert together.classes[at].sum() == len(text)


def test_letters_of_every_script_are_in_lower_case_as_python_has_it() -> None:
    letters = [chr(code) for code in (*range(0x2FFF), 0xA64A, 0xFF21, 0x10400, 0x1F600)]
    lowered = characters.count(letters).lowered
    for letter, code, odd in zip(letters, lowered.codes, lowered.odd, strict=True):
        assert odd == (letter in "İΣ")
        assert odd or chr(code) == letter.lower()
