"""Which encoding a page is in: the standard's order, and what happens when a label lies."""

import pytest

from workers.segment.charset import canonical_label, to_text

RUSSIAN = "<html><title>Новости</title><p>Мост через реку открыли в понедельник после двух лет работ.</p></html>"
JAPANESE = "<html><title>ニュース</title><p>橋は月曜日に開通しました。工事は二年間続きました。</p></html>"
CHINESE = "<html><title>新闻</title><p>这座桥在经过两年的施工之后于星期一正式通车，市民纷纷前来参观。</p></html>"
KOREAN = (
    "<html><title>뉴스</title><p>다리는 이 년간의 공사 끝에 월요일에 개통되었습니다. 많은 시민이 찾았습니다.</p></html>"
)
FRENCH = (
    "<html><title>Actualité</title><p>Le pont a été inauguré lundi après deux années de travaux coûteux.</p></html>"
)
GREEK = "<html><title>Ειδήσεις</title><p>Η γέφυρα άνοιξε τη Δευτέρα μετά από δύο χρόνια εργασιών.</p></html>"
HEBREW = "<html><title>חדשות</title><p>הגשר נפתח ביום שני לאחר שנתיים של עבודות.</p></html>"
THAI = "<html><title>ข่าว</title><p>สะพานเปิดใช้งานเมื่อวันจันทร์หลังจากก่อสร้างมาสองปี</p></html>"

IN_ENCODINGS = [
    ("windows-1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("iso-2022-jp", JAPANESE),
    ("gbk", CHINESE),
    ("euc-kr", KOREAN),
    ("windows-1252", FRENCH),
    ("iso-8859-7", GREEK),
    ("windows-1255", HEBREW),
    ("utf-8", THAI),
    ("utf-16-le", RUSSIAN),
    ("utf-16-be", RUSSIAN),
]


@pytest.mark.parametrize(("charset", "text"), IN_ENCODINGS)
def test_the_header_is_believed_when_it_fits(charset: str, text: str) -> None:
    header = charset.replace("utf-16-", "utf-16")
    assert to_text(text.encode(charset), header=header, html=True).text == text


@pytest.mark.parametrize(("charset", "text"), IN_ENCODINGS)
def test_without_any_label_the_encoding_is_detected(charset: str, text: str) -> None:
    assert to_text(text.encode(charset), header=None, html=True).text == text


@pytest.mark.parametrize(("charset", "text"), IN_ENCODINGS[:10])
@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="{}">',
        "<META CHARSET={}>",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
        '<!-- <meta charset="utf-8"> --><meta charset={} >',
        "<meta charset=nonsense><meta charset='{}'>",
        "<script>" + "var x = 1; " * 400 + "</script><meta charset={}>",
    ],
)
def test_meta_is_believed_where_the_header_names_nothing(charset: str, text: str, declaration: str) -> None:
    text = declaration.format(charset) + text
    for header in (None, "bogus", ""):
        assert to_text(text.encode(charset), header=header, html=True).text == text


def test_the_header_outranks_meta() -> None:
    text = '<meta charset="windows-1252">' + RUSSIAN
    assert to_text(text.encode("windows-1251"), header="windows-1251", html=True).text == text


def test_meta_is_not_asked_in_plain_text() -> None:
    body = "<meta charset=koi8-r> Le pont a été inauguré lundi.".encode("windows-1252")
    assert to_text(body, header=None, html=False).charset == "windows-1252"
    assert to_text(body, header=None, html=True).charset.startswith("KOI8")


def test_the_xml_declaration_counts_as_meta() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?>' + RUSSIAN
    assert to_text(text.encode("windows-1251"), header=None, html=True).charset == "windows-1251"


@pytest.mark.parametrize(
    ("mark", "charset"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
@pytest.mark.parametrize("header", [None, "iso-8859-1", "shift_jis", "utf-8"])
def test_a_byte_order_mark_outranks_every_label_and_is_taken_off(mark: bytes, charset: str, header: str | None) -> None:
    assert to_text(mark + RUSSIAN.encode(charset), header=header, html=True).text == RUSSIAN


@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, FRENCH, THAI])
@pytest.mark.parametrize(
    "label", ["iso-8859-1", "windows-1252", "windows-1251", "latin1", "gbk", "shift_jis", "utf-16"]
)
def test_valid_utf_8_is_utf_8_whatever_the_label_says(text: str, label: str) -> None:
    decoded = to_text(text.encode(), header=label, html=True)
    assert (decoded.text, decoded.charset) == (text, "UTF-8")
    declared = f'<meta charset="{label}">' + text
    assert to_text(declared.encode(), header=None, html=True).text == declared


def test_two_east_asian_characters_that_happen_to_be_valid_utf_8_are_left_to_their_label() -> None:
    body = b"<p>\xc2\xb7</p>"  # one character in either encoding
    assert to_text(body, header="gbk", html=True).text == "<p>路</p>"
    assert to_text(body, header="iso-8859-1", html=True).text == "<p>·</p>"


@pytest.mark.parametrize(("charset", "text"), [*IN_ENCODINGS[:2], *IN_ENCODINGS[7:10]])
def test_a_label_of_utf_8_is_refuted_by_bytes_that_are_not(charset: str, text: str) -> None:
    assert to_text(text.encode(charset), header="utf-8", html=True).text == text
    declared = f'<meta charset="{charset}">' + text
    assert to_text(declared.encode(charset), header="utf-8", html=True).text == declared


@pytest.mark.parametrize("header", ["utf-8", None])
@pytest.mark.parametrize("damage", [b"\xc3", b"\xff", b"\xed\xa0\x80"])
def test_a_broken_byte_does_not_cost_a_page_its_encoding(header: str | None, damage: bytes) -> None:
    body = RUSSIAN.encode()
    decoded = to_text(body[:60] + damage + body[60:], header=header, html=True)
    assert decoded.charset == "UTF-8"
    assert decoded.text.replace("\ufffd", "")[-60:] == RUSSIAN[-60:]


def test_a_character_cut_in_half_at_the_end_costs_one_character() -> None:
    decoded = to_text(RUSSIAN.encode()[:-8] + b"\xd0", header=None, html=True)
    assert decoded.charset == "UTF-8"
    assert decoded.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("utf8", "UTF-8"),
        (" UTF-8 ", "UTF-8"),
        ('"utf-8"', "UTF-8"),
        ("ISO-8859-1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("gb2312", "GBK"),
        ("x-sjis", "Shift_JIS"),
        ("utf-16", "UTF-16LE"),
        ("utf-16be", "UTF-16BE"),
        ("utf-7", None),
        ("utf-32", None),
        ("iso-2022-kr", None),
        ("hz-gb-2312", None),
        ("bogus", None),
        ("", None),
        (None, None),
        ('utf-8"><script>', None),
        ("x" * 1000, None),
        ("ütf-8", None),
        ("utf-8\r\nX-Injected: 1", None),
    ],
)
def test_labels_are_those_of_the_standard(label: str | None, name: str | None) -> None:
    assert canonical_label(label) == name


@pytest.mark.parametrize("label", ["utf-7", "hz-gb-2312", "iso-2022-kr", "utf-32"])
def test_encodings_that_smuggle_markup_are_never_used(label: str) -> None:
    body = b"<p>+ADw-script+AD4- ~{!!~} plain</p>"
    assert to_text(body, header=label, html=True).text == body.decode()


@pytest.mark.parametrize(
    "url", [None, "", "https://daily.example/", "http://[::1", "not a url", "https://192.0.2.1/", "//"]
)
def test_no_address_disturbs_the_detector(url: str | None) -> None:
    assert to_text(RUSSIAN.encode("windows-1251"), header=None, html=True, url=url).text == RUSSIAN
