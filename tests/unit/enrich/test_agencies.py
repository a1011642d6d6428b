"""Where a page credits an agency, and where it only mentions one."""

import pytest

from workers.enrich.agencies import agency_named, credited, in_body, in_credit_lines, in_dateline, in_headline
from workers.enrich.fingerprints import folded
from workers.enrich.word_counts import WordCounts
from workers.enrich.words import entries

DATELINES: list[tuple[str, list[str]]] = [
    ("LONDON (Reuters) - The minister", ["Reuters"]),
    ("LONDON, March 5 (Reuters) - The minister", ["Reuters"]),
    ("WASHINGTON (AP) — The minister", ["AP"]),
    ("PARIS – AFP – Le ministre", ["AFP"]),
    ("REUTERS - The minister", ["Reuters"]),
    ("Berlin (dpa) - Der Minister", ["dpa"]),
    ("Berlin (dpa/lno) - Der Minister", ["dpa"]),
    ("Wien (APA/dpa) – Der Minister", ["APA", "dpa"]),
    ("(ANSA) - ROMA, 05 MAR - Il ministro", ["ANSA"]),
    ("Madrid, 5 mar (EFE).- El ministro", ["EFE"]),
    ("MOSCOW, March 5. /TASS/. The minister", ["TASS"]),
    ("Москва. 5 марта. ИНТЕРФАКС - Министр", ["Interfax"]),
    ("NEW YORK, March 5 (Xinhua) -- The minister", ["Xinhua"]),
    ("新华社北京3月5日电 部长表示", ["Xinhua"]),
    ("［東京 5日 ロイター］ - 首相は", ["Reuters"]),
    ("[パリ 5日 ロイター] - 首相は", ["Reuters"]),
    ("【北京共同】首相は", ["Kyodo"]),
    ("(서울=연합뉴스) 홍길동 기자 = 장관은", ["Yonhap"]),
    ("القاهرة (رويترز) - قال الوزير", ["Reuters"]),
    ("The Associated Press was founded in 1846 in New York by five newspapers that shared a cable.", []),
    ("Paris. Reuters is a company - a large one", []),
    ("The minister (52) said", []),
    ("", []),
]


@pytest.mark.parametrize(("paragraph", "agencies"), DATELINES)
def test_a_dateline_credits_its_agency(paragraph: str, agencies: list[str]) -> None:
    assert in_dateline(paragraph) == agencies


HEADLINES: list[tuple[str, list[str]]] = [
    ("Reuters: Minister to resign", ["Reuters"]),
    ("Minister to resign - Reuters", ["Reuters"]),
    ("Minister to resign (AFP)", ["AFP"]),
    ("Minister tritt zurück | dpa", ["dpa"]),
    ("路透社：部长辞职", ["Reuters"]),
    ("Bloomberg: минист уходит", ["Bloomberg"]),
    ("Reuters wins a prize", []),
    ("Minister says AP is wrong", []),
    ("Trump: AP is banned", []),
]


@pytest.mark.parametrize(("headline", "agencies"), HEADLINES)
def test_a_headline_credits_the_agency_before_or_after_it(headline: str, agencies: list[str]) -> None:
    assert in_headline(headline) == agencies


BODIES: list[tuple[str, list[str]]] = [
    ("The minister will go, Reuters reported on March 5.", ["Reuters"]),
    ("“I will go,” he told AFP in Paris.", ["AFP"]),
    ("According to the Associated Press, he will go.", ["AP"]),
    ("Wie die Deutsche Presse-Agentur meldet, geht er.", ["dpa"]),
    ("Er geht, laut dpa schon morgen.", ["dpa"]),
    ("Das teilte er der Agentur AFP mit.", ["AFP"]),
    ("Il part, selon l'AFP.", ["AFP"]),
    ("El ministro dimite, según Europa Press.", ["Europa Press"]),
    ("Lo riferisce l'agenzia ANSA.", ["ANSA"]),
    ("Jak podała PAP, minister odchodzi.", []),  # PAP is a word too
    ("Bakan istifa etti, Anadolu Ajansı bildirdi.", ["Anadolu"]),
    ("Об этом сообщает ТАСС.", ["TASS"]),
    ("Про це повідомляє Укрінформ.", ["Ukrinform"]),
    ("据新华社报道，部长将辞职。", ["Xinhua"]),
    ("ロイター通信によると、大臣は辞任する。", ["Reuters"]),
    ("연합뉴스는 장관이 사임한다고 보도했다.", ["Yonhap"]),
    ("ونقلت وكالة رويترز عن الوزير قوله", ["Reuters"]),
    ("The Reuters building in London burned.", []),
    ("He walked past the AP office.", []),
    ("An app told the dpapers", []),
]


@pytest.mark.parametrize(("paragraph", "agencies"), BODIES)
def test_a_story_credits_the_agency_beside_a_word_of_reporting(paragraph: str, agencies: list[str]) -> None:
    assert in_body(paragraph, WordCounts(folded([paragraph]))) == agencies


LAST_LINES: list[tuple[str, list[str]]] = [
    ("(dpa)", ["dpa"]),
    ("© AFP", ["AFP"]),
    ("Source: Xinhua", ["Xinhua"]),
    ("With material from AP and Reuters", ["AP", "Reuters"]),
    ("(afp/reuters)", ["AFP", "Reuters"]),
    ("Er geht schon morgen. (APA)", ["APA"]),
    ("He said that the AP had been told.", []),
    ("He left the room with Reuters.", []),
]


@pytest.mark.parametrize(("paragraph", "agencies"), LAST_LINES)
def test_a_last_line_credits_its_agency(paragraph: str, agencies: list[str]) -> None:
    assert in_credit_lines(["A first paragraph about nothing.", paragraph]) == agencies


def test_a_byline_credits_agencies_in_any_spelling() -> None:
    assert credited("By Ann Example | Reuters") == ["Reuters"]
    assert credited("Von Ann Beispiel, dpa/AFP") == ["dpa", "AFP"]
    assert credited("Ann Example, The Associated Press") == ["AP"]
    assert credited("By Pa Olsson") == []


@pytest.mark.parametrize(
    ("name", "agency"),
    [("dpa", "dpa"), ("DPA", "dpa"), ("The Associated Press", "AP"), ("reuters", "Reuters"), ("Ann Example", None)],
)
def test_an_agency_is_known_by_its_names(name: str, agency: str | None) -> None:
    assert agency_named(name) == agency


def test_every_spelling_of_every_agency_leads_to_it() -> None:
    for line in entries("agencies"):
        name, *others = (each.strip().removeprefix("?").strip() for each in line.split("|"))
        for spelling in (name, *others):
            assert agency_named(spelling) is not None, spelling
