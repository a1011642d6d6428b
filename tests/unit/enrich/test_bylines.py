"""Bylines in many languages, split into names."""

import pytest

from workers.enrich.bylines import is_all_names, names_declared, names_in_byline, opens_byline

PRINTED: list[tuple[str, str, list[str]]] = [
    ("en", "By Ann Example", ["Ann Example"]),
    ("en", "BY ANN EXAMPLE AND BOB SAMPLE", ["ANN EXAMPLE", "BOB SAMPLE"]),
    ("en", "By Ann Example and Bob Sample, Political Correspondents", ["Ann Example", "Bob Sample"]),
    ("en", "By Ann Example, Bob Sample and Cy Case", ["Ann Example", "Bob Sample", "Cy Case"]),
    ("en", "By Ann Example with additional reporting by Bob Sample", ["Ann Example", "Bob Sample"]),
    ("en", "Ann Example, Chief Political Correspondent, in London", ["Ann Example"]),
    ("en", "By Ann Example | The Daily Sample News", ["Ann Example"]),
    ("en", "Ann Example · Posted: Aug 08, 2024 4:00 AM EDT | Last Updated: August 8", ["Ann Example"]),
    ("en", "by Ann Example Jul. 19, 2026 9:45 am", ["Ann Example"]),
    ("en", "Ann Example@AnnExample", ["Ann Example"]),
    ("en", "Ann Example ann.example@example.com", ["Ann Example"]),
    ("en", "byAnn Example", ["Ann Example"]),
    ("en", "Ann Example0, Bob Sample &", ["Ann Example", "Bob Sample"]),
    ("en", "Ann Example Ann Example", ["Ann Example"]),
    ("en", "By Ann Example; edited by Bob Sample", ["Ann Example"]),
    ("en", "Text by Ann Example, photos by Bob Sample", ["Ann Example"]),
    ("en", "By Dr. Ann Example, MD", ["Dr. Ann Example"]),
    ("en", "By J.R. O'Brien-Smith", ["J.R. O'Brien-Smith"]),
    ("en", "By Reuters", []),
    ("en", "March 5, 2024", []),
    ("en", "5 min read", []),
    ("en", "The minister said that he would go to Paris next week and stay there", []),
    ("de", "Von Ann Beispiel und Bernd Muster", ["Ann Beispiel", "Bernd Muster"]),
    ("de", "Von: ANN BEISPIEL", ["ANN BEISPIEL"]),
    ("de", "Ein Kommentar von Ann Beispiel", ["Ann Beispiel"]),
    ("de", "Von Ann Beispiel, Redakteurin", ["Ann Beispiel"]),
    ("de", "Von Ann BeispielKorrespondentin", ["Ann Beispiel"]),
    ("de", "Von Ann Beispiel 28.04.2023, 18:11 Uhr", ["Ann Beispiel"]),
    ("de", "Artikel veröffentlicht am 28. April 2024, 14:26 Uhr, Ann Beispiel", ["Ann Beispiel"]),
    ("de", "Text: Ann Beispiel, Fotos: Bernd Muster", ["Ann Beispiel"]),
    ("de", "Ann von der Beispiel", ["Ann von der Beispiel"]),
    ("fr", "Par Anne Exemple et Jean de La Fontaine", ["Anne Exemple", "Jean de La Fontaine"]),
    ("fr", "Propos recueillis par Anne Exemple", ["Anne Exemple"]),
    ("es", "Por Ana Ejemplo y Juan Muestra", ["Ana Ejemplo", "Juan Muestra"]),
    ("es", "Ana Ejemplo, Juan Muestra (Enviado especial)", ["Ana Ejemplo", "Juan Muestra"]),
    ("pt", "Por Ana Exemplo e João da Silva", ["Ana Exemplo", "João da Silva"]),
    ("it", "di Anna Esempio e Luca Prova", ["Anna Esempio", "Luca Prova"]),
    ("nl", "Door Anna Voorbeeld en Jan van der Berg", ["Anna Voorbeeld", "Jan van der Berg"]),
    ("sv", "Av Anna Exempel", ["Anna Exempel"]),
    ("sv", "Text: Per Exempel", ["Per Exempel"]),
    ("no", "Tekst: Ola Nordmann, foto: Kari Nordmann", ["Ola Nordmann"]),
    ("da", "Af Anne Eksempel og Jens Prøve", ["Anne Eksempel", "Jens Prøve"]),
    ("fi", "Teksti: Anna Esimerkki", ["Anna Esimerkki"]),
    ("pl", "Autor: Anna Przykład", ["Anna Przykład"]),
    ("cs", "Autor: Anna Příkladová a Jan Vzor", ["Anna Příkladová", "Jan Vzor"]),
    ("hu", "Írta: Példa Anna", ["Példa Anna"]),
    ("ro", "De Ana Exemplu și Ion Model", ["Ana Exemplu", "Ion Model"]),
    ("tr", "Yazan: Ayşe Örnek", ["Ayşe Örnek"]),
    ("id", "Oleh: Budi Contoh dan Siti Misal", ["Budi Contoh", "Siti Misal"]),
    ("vi", "Nguyễn Văn Mẫu", ["Nguyễn Văn Mẫu"]),
    ("ru", "Автор: Анна Примерова", ["Анна Примерова"]),
    ("ru", "Анна Примерова, Иван Образцов 8 января, 17:46", ["Анна Примерова", "Иван Образцов"]),
    ("uk", "Текст: Ганна Прикладна та Іван Зразок", ["Ганна Прикладна", "Іван Зразок"]),
    ("el", "Γράφει η Άννα Παραδείγματος", ["Άννα Παραδείγματος"]),
    ("ar", "كتب: محمد أحمد", ["محمد أحمد"]),
    ("he", "מאת: ישראל ישראלי", ["ישראל ישראלי"]),
    ("ko", "홍길동 기자", ["홍길동"]),
    ("ko", "홍길동 기자 김철수 특파원", ["홍길동", "김철수"]),
    ("zh", "文/王小明", ["王小明"]),
    ("zh", "本报记者 李明 张华", ["李明", "张华"]),
    ("ja", "山田太郎記者", ["山田太郎"]),
    ("ja", "文・山田 太郎", ["山田 太郎"]),
]


@pytest.mark.parametrize(("language", "byline", "people"), PRINTED)
def test_a_byline_names_its_people(language: str, byline: str, people: list[str]) -> None:
    assert [name.text for name in names_in_byline(byline, language) if name.kind == "person"] == people


KINDS: list[tuple[str, str, str, str]] = [
    ("en", "Reuters", "Reuters", "agency"),
    ("en", "By The Associated Press", "The Associated Press", "agency"),
    ("de", "dpa", "dpa", "agency"),
    ("de", "Quelle: dpa Sport", "dpa Sport", "agency"),
    ("en", "By Sample Staff", "Sample Staff", "desk"),
    ("de", "Von der Redaktion", "der Redaktion", "desk"),
    ("fr", "Par La Rédaction", "La Rédaction", "desk"),
    ("es", "Redacción", "Redacción", "desk"),
    ("it", "Redazione Online", "Redazione Online", "desk"),
    ("ru", "Редакция", "Редакция", "desk"),
    ("ja", "デジタル編集部", "デジタル編集部", "desk"),
    ("zh", "综合报道", "综合报道", "desk"),
    ("ko", "온라인뉴스팀", "온라인뉴스팀", "desk"),
    ("en", "example.com", "example.com", "desk"),
    ("de", "Berlin", "Berlin", "unsure"),
]


@pytest.mark.parametrize(("language", "byline", "text", "kind"), KINDS)
def test_a_credit_that_is_no_person_is_told_apart(language: str, byline: str, text: str, kind: str) -> None:
    assert [(name.text, name.kind) for name in names_in_byline(byline, language)] == [(text, kind)]


DECLARED: list[tuple[str, list[str]]] = [
    ("Ann Example", ["Ann Example"]),
    ("By Ann Example", ["Ann Example"]),
    ("viktor exempel", ["viktor exempel"]),
    ("Madonna", ["Madonna"]),
    ("Ann Example, Bob Sample and Cy Case", ["Ann Example", "Bob Sample", "Cy Case"]),
    ("https://www.example.com/authors/ann", []),
    ("ann@example.com", []),
    ("", []),
    ("x" * 500, []),
]


@pytest.mark.parametrize(("author", "people"), DECLARED)
def test_a_declared_author_is_cleaned(author: str, people: list[str]) -> None:
    assert [name.text for name in names_declared(author) if name.kind == "person"] == people


def test_a_source_that_puts_the_surname_first_is_turned_round() -> None:
    assert [name.text for name in names_declared("Example, Ann", surname_first=True)] == ["Ann Example"]


def test_a_line_of_names_alone_is_told_from_a_sentence() -> None:
    assert is_all_names("ANN EXAMPLE", "en")
    assert is_all_names("Ann Example/Bob Sample", "en")
    assert is_all_names("Ann Beispiel und Bernd Muster", "de")
    assert not is_all_names("Ann Example went home.", "en")
    assert not is_all_names("London", "en")
    assert not is_all_names("Reuters", "en")


def test_a_byline_is_known_by_its_first_word() -> None:
    assert opens_byline("By Ann Example", "en")
    assert opens_byline("Von Ann Beispiel", "de")
    assert not opens_byline("Ann Example", "en")
    assert not opens_byline("Von", "de")
    assert not opens_byline("Nina Beispiel", "de")
    assert not opens_byline("\x85", "en")
