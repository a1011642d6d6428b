"""Dates as machines and readers write them."""

import pytest

from workers.enrich.dates import find_stamp, parse_stamp

MACHINES: list[tuple[str | None, str | None]] = [
    ("2024-03-05T12:00:00Z", "2024-03-05T12:00:00+00:00"),
    ("2024-03-05T12:00:00.123+0100", "2024-03-05T12:00:00+01:00"),
    ("2024-03-05T12:00+01:00", "2024-03-05T12:00:00+01:00"),
    ("2024-03-05 13:55:27 +01:00", "2024-03-05T13:55:27+01:00"),
    ("2024-03-05 13:55:27 −05:00", "2024-03-05T13:55:27-05:00"),
    ("20240305T120000Z", "2024-03-05T12:00:00+00:00"),
    ("2024-03-05T12:00:00 GMT", "2024-03-05T12:00:00+00:00"),
    ("Tue, 05 Mar 2024 12:00:00 GMT", "2024-03-05T12:00:00+00:00"),
    ("Tue Mar 05 2024 12:00:00 GMT+0100 (CET)", "2024-03-05T12:00:00+01:00"),
    ("1709640000", "2024-03-05T12:00:00+00:00"),
    ("1709640000000", "2024-03-05T12:00:00+00:00"),
    # A day alone stays a day, and so does a time whose offset nobody states.
    ("2024-03-05", "2024-03-05"),
    ("20240305", "2024-03-05"),
    ("2024/3/5", "2024-03-05"),
    ("2024-03-05T12:00:00", "2024-03-05"),
    ("2024-03-05T25:00:00Z", "2024-03-05"),
    ("2024-03-05T12:00:00+99:00", "2024-03-05"),
    ("2024-03-05T23:59:60Z", "2024-03-05T23:59:59+00:00"),
    # No dates.
    ("0001-01-01T00:00:00Z", None),
    ("1970-01-01T00:00:00Z", None),
    ("0", None),
    ("2024-13-45", None),
    ("2023-02-29", None),
    ("9999-12-31", None),
    ("yesterday", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("text", "stamp"), MACHINES)
def test_what_machines_write_is_read(text: str | None, stamp: str | None) -> None:
    assert parse_stamp(text) == stamp


def test_an_offset_known_otherwise_holds_for_a_time_without_one() -> None:
    assert parse_stamp("2024-03-05T12:00:00", offset=120) == "2024-03-05T12:00:00+02:00"
    assert parse_stamp("2024-03-05T12:00:00Z", offset=120) == "2024-03-05T12:00:00+00:00"
    assert parse_stamp("2024-03-05", offset=120) == "2024-03-05"


READERS: list[tuple[str | None, str]] = [
    ("en", "Published March 5, 2024 at 3:00 pm"),
    ("en", "5 March 2024"),
    ("en", "Mar. 5th, 2024"),
    ("en", "Posted on 05-Mar-2024"),
    ("de", "Veröffentlicht am 5. März 2024, 12:30 Uhr"),
    ("de", "05.03.2024"),
    ("de", "Di 05.03.24 | 14:07 Uhr | Von Ann Beispiel"),
    ("fr", "Publié le 5 mars 2024 à 12h30"),
    ("es", "5 de marzo de 2024"),
    ("pt", "5 de março de 2024 às 10h"),
    ("it", "5 marzo 2024"),
    ("nl", "5 maart 2024"),
    ("sv", "5 mars 2024"),
    ("no", "5. mars 2024"),
    ("da", "5. marts 2024"),
    ("fi", "5. maaliskuuta 2024"),
    ("pl", "5 marca 2024"),
    ("cs", "5. března 2024"),
    ("sk", "5. marca 2024"),
    ("sl", "5. marec 2024"),
    ("hr", "5. ožujka 2024."),
    ("hu", "2024. március 5."),
    ("lv", "2024. gada 5. martā"),
    ("lt", "2024 m. kovo 5 d."),
    ("et", "5. märts 2024"),
    ("ro", "5 martie 2024"),
    ("tr", "5 Mart 2024"),
    ("id", "5 Maret 2024"),
    ("ms", "5 Mac 2024"),
    ("vi", "Thứ ba, 5/3/2024"),
    ("vi", "ngày 5 tháng 3 năm 2024"),
    ("sw", "5 Machi 2024"),
    ("ru", "5 марта 2024, 17:46"),
    ("ru", "5 марта 2024 г."),
    ("uk", "5 березня 2024"),
    ("bg", "5 март 2024"),
    ("sr", "5. март 2024."),
    ("el", "5 Μαρτίου 2024"),
    ("ar", "5 مارس 2024"),
    ("ar", "٥ مارس ٢٠٢٤"),
    ("he", "5 במרץ 2024"),
    ("hi", "5 मार्च 2024"),
    ("bn", "৫ মার্চ ২০২৪"),
    ("th", "5 มีนาคม 2567"),
    ("ja", "2024年3月5日 20時00分"),
    ("zh", "2024年03月05日"),
    ("ko", "2024년 3월 5일"),
    ("ko", "입력 2024.03.05 02:37"),
]


@pytest.mark.parametrize(("language", "line"), READERS)
def test_what_readers_see_is_read(language: str, line: str) -> None:
    assert find_stamp(line, language=language) == "2024-03-05"


def test_a_stated_zone_makes_a_day_a_time() -> None:
    assert find_stamp("Aug 08, 2024 4:00 AM EDT") == "2024-08-08T04:00:00-04:00"
    assert find_stamp("22/10/2025, 19:25 (GMT+7)", language="vi") == "2025-10-22T19:25:00+07:00"
    assert find_stamp("5. März 2024, 12:30 Uhr MEZ", language="de") == "2024-03-05T12:30:00+01:00"


def test_an_ambiguous_day_is_no_guess() -> None:
    assert parse_stamp("3/5/2024") is None
    assert parse_stamp("3/5/2024", locale="en") is None
    assert parse_stamp("3/5/2024", locale="en-US") == "2024-03-05"
    assert parse_stamp("3/5/2024", locale="en-GB", language="en") == "2024-05-03"
    assert parse_stamp("3/5/2024", language="fr") == "2024-05-03"
    assert parse_stamp("25/5/2024") == "2024-05-25"
    assert parse_stamp("5/25/2024") == "2024-05-25"


def test_one_spelling_may_be_two_months() -> None:
    assert find_stamp("1. listopada 2024", language="hr") == "2024-10-01"
    assert find_stamp("1 listopada 2024", language="pl") == "2024-11-01"


@pytest.mark.parametrize(
    "line", ["", "May the best win in 2024", "31/02/2024", "12:30", "In 1848 the march began", "Room 2024, floor 5"]
)
def test_a_line_without_a_date_has_none(line: str) -> None:
    assert find_stamp(line) is None


@pytest.mark.parametrize("day", ["2024-03-05", "2024-02-30", "1989-12-31", "2567-03-05"])
@pytest.mark.parametrize("clock", ["12:00:00", "23:59:60", "24:00:00"])
@pytest.mark.parametrize(
    "behind", ["", "Z", ".000Z", ",5+01:00", "-0500", "+15:00", "-00:00", " CET", "+05:99", "5", "\nfoo", "Z "]
)
@pytest.mark.parametrize("offset", [None, 60])
def test_the_usual_form_is_read_like_any_other(day: str, clock: str, behind: str, offset: int | None) -> None:
    text = f"{day}T{clock}{behind}"
    assert parse_stamp(text, offset=offset) == parse_stamp(f" {text}", offset=offset)
