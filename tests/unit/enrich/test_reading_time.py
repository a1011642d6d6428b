"""Reading times as pages state them."""

import pytest

from workers.enrich.reading_time import declared_minutes, stated_minutes

STATED: list[tuple[str, int | None]] = [
    ("2 min read", 2),
    ("5 MINUTE READ", 5),
    ("3-minute read", 3),
    ("Reading time: 7 minutes", 7),
    ("by ANN EXAMPLE May 9, 2023 3:42 PM 4 min read", 4),
    ("Published 5 mins ago · 3 min read", 3),
    ("Lesezeit: 3 Minuten", 3),
    ("Ca. 4 Min. Lesezeit", 4),
    ("Lesedauer: 2 Min.", 2),
    ("Temps de lecture : 4 min", 4),
    ("Lectura de 6 minutos", 6),
    ("Tempo de leitura: 5 minutos", 5),
    ("Tempo di lettura: 3 minuti", 3),
    ("Leestijd: 4 minuten", 4),
    ("Lästid: 3 min", 3),
    ("Lesetid 2 minutter", 2),
    ("Lukuaika 3 min", 3),
    ("Czas czytania: 3 minuty", 3),
    ("Doba čtení: 4 minuty", 4),
    ("Olvasási idő: 3 perc", 3),
    ("Timp de citire: 2 minute", 2),
    ("Okuma Süresi: 2 dk", 2),
    ("Waktu baca 3 menit", 3),
    ("3 phút đọc", 3),
    ("Dakika 3 kusoma", 3),
    ("Время чтения: 2 минуты", 2),
    ("Час читання: 3 хв", 3),
    ("Χρόνος ανάγνωσης: 3 λεπτά", 3),
    ("وقت القراءة: 3 دقائق", 3),
    ("זמן קריאה: 3 דקות", 3),
    ("पढ़ने का समय: 3 मिनट", 3),
    ("อ่าน 3 นาที", 3),
    ("この記事は3分で読めます", 3),
    ("読了時間：約5分", 5),
    ("阅读时间 5 分钟", 5),
    ("3분 읽기", 3),
    ("17.04.2024 | 6:00 min", None),
    ("Published 5 mins ago", None),
    ("5 min", None),
    ("Read 3 comments", None),
    ("999 min read", None),
    ("0 min read", None),
    ("It takes 5 minutes to read what the minister said about the reform of the law on Monday", None),
]


@pytest.mark.parametrize(("line", "minutes"), STATED)
def test_a_stated_reading_time_is_read(line: str, minutes: int | None) -> None:
    assert stated_minutes([line]) == minutes


def test_the_first_line_that_states_one_counts() -> None:
    assert stated_minutes(["Politics", "3 min read", "4 min read"]) == 3
    assert stated_minutes([]) is None


def test_a_declared_reading_time_is_read() -> None:
    meta = {"twitter:label1": ["Written by"], "twitter:data1": ["Ann Example"]}
    assert declared_minutes(meta, []) is None
    assert declared_minutes(meta | {"twitter:label2": ["Est. reading time"], "twitter:data2": ["6 minutes"]}, []) == 6
    assert declared_minutes({}, [{"@type": "NewsArticle", "timeRequired": "PT1H5M"}]) == 65
    assert declared_minutes({}, [{"timeRequired": "PT0M"}, ["x"], None]) is None
