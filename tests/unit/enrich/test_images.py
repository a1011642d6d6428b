"""Captions and credits apart."""

import pytest

from schemas import Image
from workers.enrich.images import LONGEST_CAPTION, image_of, split_credit, without_label
from workers.segment.page import Picture

SPLIT: list[tuple[str | None, str | None, str | None]] = [
    (
        "The president in Paris, France. (Ann Example/Getty Images)",
        "The president in Paris, France.",
        "Ann Example/Getty Images",
    ),
    ("The president (Photo: Ann Example)", "The president", "Ann Example"),
    (
        "The president. (Photo by A. Example / Agency via Getty Images)",
        "The president.",
        "A. Example / Agency via Getty Images",
    ),
    ("The president. Photo: Ann Example", "The president.", "Ann Example"),
    ("The president. Picture: Ann Example/Reuters", "The president.", "Ann Example/Reuters"),
    ("The president. REUTERS/Ann Example", "The president.", "REUTERS/Ann Example"),
    ("The president.Getty Images", "The president.", "Getty Images"),
    ("The president (AP Photo/Ann Example, File)", "The president", "AP Photo/Ann Example, File"),
    ("Image credit: Ann Example", None, "Ann Example"),
    ("AFP", None, "AFP"),
    ("Der Präsident. Foto: Ann Beispiel/dpa", "Der Präsident.", "Ann Beispiel/dpa"),
    ("Der Präsident | Bild: picture alliance / dpa", "Der Präsident", "picture alliance / dpa"),
    ("Der Präsident. © AFP", "Der Präsident.", "AFP"),
    ("Symbolbild © Adobe Stock / Max", "Symbolbild", "Adobe Stock / Max"),
    ("Quelle: dpa", None, "dpa"),
    ("Le président à Paris. Crédit photo : Anne Exemple", "Le président à Paris.", "Anne Exemple"),
    ("El presidente en Madrid. EFE", "El presidente en Madrid.", "EFE"),
    ("O presidente — Foto: Ana Exemplo/Agência", "O presidente", "Ana Exemplo/Agência"),
    ("Il presidente (foto Ansa)", "Il presidente", "Ansa"),
    ("Prezydent. Fot. Anna Przykład/PAP", "Prezydent.", "Anna Przykład/PAP"),
    ("Президент. Фото: РИА Новости / Иван Образцов", "Президент.", "РИА Новости / Иван Образцов"),
    ("Tổng thống. Ảnh: Reuters", "Tổng thống.", "Reuters"),
    ("首相（写真：共同）", "首相", "共同"),
    ("首相 写真＝共同", "首相", "共同"),
    ("首相 写真：共同", "首相", "共同"),
    ("대통령. 사진=연합뉴스", "대통령.", "연합뉴스"),
    ("总统在巴黎。图片来源：新华社", "总统在巴黎。", "新华社"),
    # Brackets and labels that are part of the caption.
    ("The president (left) and his minister", "The president (left) and his minister", None),
    ("The minister (52)", "The minister (52)", None),
    ("Der Minister (CDU)", "Der Minister (CDU)", None),
    ("A man walks (file photo)", "A man walks (file photo)", None),
    ("He said: Photo day is nice.", "He said: Photo day is nice.", None),
    ("A picture: worth a thousand words. Nobody knows who said it first.", None, None),
    ("", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("shown", "caption", "credit"), SPLIT)
def test_a_caption_and_its_credit_are_told_apart(shown: str | None, caption: str | None, credit: str | None) -> None:
    if credit is None and caption is None:
        caption = shown or None
    assert split_credit(shown) == (caption, credit)


@pytest.mark.parametrize(
    ("credit", "bare"),
    [
        ("Photo: Ann Example", "Ann Example"),
        ("© Ann Example", "Ann Example"),
        ("(Foto: Ann Beispiel)", "Ann Beispiel"),
        ("Photograph by Ann Example", "Ann Example"),
        ("Ann Example", "Ann Example"),
        ("写真：共同", "共同"),
        ("Photo:", None),
        ("©", None),
    ],
)
def test_a_credit_loses_its_label(credit: str, bare: str | None) -> None:
    assert without_label(credit) == bare


def test_a_story_that_hangs_on_a_picture_is_left_whole() -> None:
    text = "word " * LONGEST_CAPTION + "(AFP)"
    assert split_credit(text) == (text, None)


def test_a_picture_becomes_a_record() -> None:
    picture = Picture(src="/i/1.jpg", alt=" A man ", caption="A man. (AFP)", credit="Foto: Ann Beispiel")
    assert image_of(picture, "https://example.com/story") == Image(
        url="https://example.com/i/1.jpg", alt="A man", caption="A man.", credit="Ann Beispiel"
    )


def test_a_picture_without_address_text_and_credit_is_none() -> None:
    assert image_of(Picture(src="data:image/gif;base64,R0lGOD", alt=" "), "https://example.com/") is None
