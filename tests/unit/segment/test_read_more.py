"""The words before the headline of another story."""

import pytest

from workers.segment.read_more import without_read_more

PREFIXED: list[tuple[str, str]] = [
    ("Read more: Minister resigns", "Minister resigns"),
    ("READ MORE | Minister resigns", "Minister resigns"),
    ("Read moreMinister resigns", "Minister resigns"),
    ("→ Read next Minister resigns", "Minister resigns"),
    ("[Read more: Minister resigns]", "Minister resigns"),
    ("Also: Minister resigns", "Minister resigns"),
    ("Related: Minister resigns", "Minister resigns"),
    ("Lesen Sie auch: Minister tritt zurück", "Minister tritt zurück"),
    ("Lesen Sie auch Minister tritt zurück", "Minister tritt zurück"),
    ("Mehr – Minister tritt zurück", "Minister tritt zurück"),
    ("Lire aussi : Le ministre démissionne", "Le ministre démissionne"),
    ("À lire aussi Le ministre démissionne", "Le ministre démissionne"),
    ("Lea también: El ministro dimite", "El ministro dimite"),
    ("Leia também: Ministro demite-se", "Ministro demite-se"),
    ("Leggi anche: Il ministro si dimette", "Il ministro si dimette"),
    ("Lees ook: Minister treedt af", "Minister treedt af"),
    ("Läs också: Ministern avgår", "Ministern avgår"),
    ("Les også: Statsråden går av", "Statsråden går av"),
    ("Læs også: Ministeren går af", "Ministeren går af"),
    ("Lue myös: Ministeri eroaa", "Ministeri eroaa"),
    ("Czytaj także: Minister odchodzi", "Minister odchodzi"),
    ("Čtěte také: Ministr odstoupil", "Ministr odstoupil"),
    ("Olvasta már? Lemondott a miniszter", "Olvasta már? Lemondott a miniszter"),
    ("Citește și: Ministrul demisionează", "Ministrul demisionează"),
    ("Baca juga: Menteri mundur", "Menteri mundur"),
    ("Xem thêm: Bộ trưởng từ chức", "Bộ trưởng từ chức"),
    ("Читайте также: Министр ушёл", "Министр ушёл"),
    ("Читайте також: Міністр пішов", "Міністр пішов"),
    ("Διαβάστε επίσης: Παραιτήθηκε ο υπουργός", "Παραιτήθηκε ο υπουργός"),
    ("اقرأ أيضا: استقالة الوزير", "استقالة الوزير"),
    ("קראו גם: השר התפטר", "השר התפטר"),
    ("यह भी पढ़ें: मंत्री ने इस्तीफा दिया", "मंत्री ने इस्तीफा दिया"),
    ("関連記事：大臣が辞任", "大臣が辞任"),
    ("【関連記事】大臣が辞任", "大臣が辞任"),
    ("相关阅读：部长辞职", "部长辞职"),
    ("관련기사: 장관 사임", "장관 사임"),
]


@pytest.mark.parametrize(("shown", "headline"), PREFIXED)
def test_the_words_before_a_headline_are_taken_off(shown: str, headline: str) -> None:
    assert without_read_more(shown) == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Read more",
        "Read the room, minister",
        "Read more about how ministers resign",
        "More than 20 dead in storm",
        "Mehr Geld für Minister",
        "Next stop: Paris",
        "See Naples and die",
        "Lea Beispiel gewinnt",
        "Les Verts gagnent",
        "Related",
        "関連",
        "",
    ],
)
def test_a_headline_that_only_begins_alike_stays(headline: str) -> None:
    assert without_read_more(headline) == headline
