"""Languages of stories and of teasers."""

import pytest

from workers.enrich.language import code_of, language_of_short_text, language_of_text

STORIES: list[tuple[str, str]] = [
    (
        "en",
        "The minister said on Monday that the talks with the unions would resume next week, after months of silence.",
    ),
    (
        "de",
        "Der Minister sagte am Montag, dass die Gespräche mit den Gewerkschaften nächste Woche wieder beginnen.",
    ),
    (
        "fr",
        "Le ministre a déclaré lundi que les discussions avec les syndicats reprendraient la semaine prochaine à.",
    ),
    (
        "es",
        "El ministro dijo el lunes que las conversaciones con los sindicatos se reanudarán la próxima semana en.",
    ),
    ("pt", "O ministro disse na segunda que as negociações com os sindicatos vão ser retomadas na próxima semana."),
    (
        "it",
        "Il ministro ha detto lunedì che i colloqui con i sindacati riprenderanno la prossima settimana nella.",
    ),
    (
        "nl",
        "De minister zei maandag dat de gesprekken met de vakbonden volgende week weer worden hervat na maanden.",
    ),
    (
        "sv",
        "Ministern sade på måndagen att samtalen med fackföreningarna kommer att återupptas nästa vecka efter.",
    ),
    (
        "no",
        "Statsråden sa mandag at samtalene med fagforeningene vil gjenopptas neste uke etter flere måneder uten.",
    ),
    (
        "da",
        "Ministeren sagde mandag, at forhandlingerne med fagforeningerne bliver genoptaget i næste uge efter.",
    ),
    (
        "fi",
        "Ministeri sanoi maanantaina, että neuvottelut ammattiliittojen kanssa jatkuvat ensi viikolla kuukausien.",
    ),
    (
        "pl",
        "Minister powiedział w poniedziałek, że rozmowy ze związkami zostaną wznowione w przyszłym tygodniu w.",
    ),
    (
        "cs",
        "Ministr v pondělí řekl, že jednání s odbory budou příští týden pokračovat po několika měsících mlčení v.",
    ),
    (
        "hu",
        "A miniszter hétfőn azt mondta, hogy a szakszervezetekkel folytatott tárgyalások jövő héten folytatódnak.",
    ),
    (
        "ro",
        "Ministrul a declarat luni că discuțiile cu sindicatele vor fi reluate săptămâna viitoare după luni de.",
    ),
    (
        "tr",
        "Bakan pazartesi günü sendikalarla görüşmelerin aylar süren sessizliğin ardından bu hafta başladığını söyledi.",
    ),
    (
        "id",
        "Menteri mengatakan pada hari Senin bahwa pembicaraan dengan serikat pekerja akan dilanjutkan minggu depan.",
    ),
    (
        "vi",
        "Bộ trưởng cho biết hôm thứ Hai rằng các cuộc đàm phán với công đoàn sẽ được nối lại vào tuần tới ở thủ đô.",
    ),
    (
        "sw",
        "Waziri alisema Jumatatu kuwa mazungumzo na vyama vya wafanyakazi yataendelea wiki ijayo baada ya miezi ya.",
    ),
    (
        "zu",
        "UNgqongqoshe uthe ngoMsombuluko izingxoxo nezinyunyana zizoqhubeka ngesonto elizayo ngemuva kwezinyanga.",
    ),
    (
        "ru",
        "Министр заявил в понедельник, что переговоры с профсоюзами возобновятся на следующей неделе после перерыва.",
    ),
    (
        "uk",
        "Міністр заявив у понеділок, що переговори з профспілками відновляться наступного тижня після тривалої.",
    ),
    (
        "bg",
        "Министърът заяви в понеделник, че преговорите със синдикатите ще бъдат подновени следващата седмица в.",
    ),
    (
        "el",
        "Ο υπουργός είπε τη Δευτέρα ότι οι συνομιλίες με τα συνδικάτα θα ξαναρχίσουν την επόμενη εβδομάδα στην.",
    ),
    ("ar", "قال الوزير يوم الاثنين إن المحادثات مع النقابات ستستأنف الأسبوع المقبل بعد أشهر من الصمت في العاصمة."),
    ("fa", "وزیر روز دوشنبه گفت که مذاکرات با اتحادیه‌ها هفته آینده پس از ماه‌ها سکوت در پایتخت از سر گرفته می‌شود."),
    ("he", "השר אמר ביום שני כי השיחות עם האיגודים המקצועיים יתחדשו בשבוע הבא לאחר חודשים של שתיקה בעיר הבירה."),
    ("hi", "मंत्री ने सोमवार को कहा कि यूनियनों के साथ बातचीत महीनों की चुप्पी के बाद अगले सप्ताह फिर से शुरू होगी।"),
    ("th", "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าการเจรจากับสหภาพแรงงานจะกลับมาเริ่มใหม่ในสัปดาห์หน้าหลังจากเงียบไปหลายเด."),
    (
        "ja",
        "大臣は月曜日、労働組合との協議が来週再開されると述べた。数か月にわたる沈黙の後のことであり、関係者は歓迎し.",
    ),
    ("zh", "部长星期一表示，在沉默数月之后，与工会的谈判将于下周恢复。有关各方对此表示欢迎，认为这是一个积极."),
    (
        "ko",
        "장관은 월요일 노동조합과의 협의가 몇 달간의 침묵 끝에 다음 주에 재개될 것이라고 말했다. 관계자들은 이를.",
    ),
]


@pytest.mark.parametrize(("language", "text"), STORIES)
def test_a_story_tells_its_language(language: str, text: str) -> None:
    assert language_of_text(text) == language


@pytest.mark.parametrize(("language", "text"), STORIES)
def test_a_story_overrules_a_template_that_declares_another_language(language: str, text: str) -> None:
    template = "en-US" if language != "en" else "de-DE"
    assert language_of_text(text, [template]) == language


@pytest.mark.parametrize(("language", "text"), STORIES)
def test_a_teaser_in_the_pages_language_keeps_it(language: str, text: str) -> None:
    assert language_of_short_text(text[:60], language) == language
    assert language_of_short_text(text, language) == language


def test_the_page_chooses_among_languages_that_are_alike() -> None:
    norwegian = dict(STORIES)["no"]
    assert language_of_text(norwegian, ["nb-NO"]) == "nb"
    indonesian = dict(STORIES)["id"]
    assert language_of_text(indonesian, ["ms"]) == "ms"


def test_the_first_usable_declaration_counts() -> None:
    assert language_of_text("OK", [None, "", "x-default", "de_DE", "en"]) == "de"


@pytest.mark.parametrize("text", ["", "123 456", "!!! ???", "🎉"])
def test_a_text_without_letters_has_the_declared_language_or_none(text: str) -> None:
    assert language_of_text(text) is None
    assert language_of_text(text, ["fr"]) == "fr"


def test_a_teaser_in_another_script_has_its_own_language() -> None:
    assert language_of_short_text("Министр обороны подал в отставку", "en") == "ru"
    assert language_of_short_text("Defence minister steps down after vote", "ja") == "en"
    assert language_of_short_text("防衛大臣が辞任を表明した", "de") == "ja"


def test_a_name_in_latin_letters_does_not_change_the_language_of_a_headline() -> None:
    assert language_of_short_text("Apple iPhone 17", "ja") == "ja"
    assert language_of_short_text("ЧМ-2026: Lionel Messi и другие", "ru") == "ru"


def test_a_long_teaser_that_clearly_speaks_another_tongue_is_in_it() -> None:
    assert language_of_short_text(dict(STORIES)["es"], "de") == "es"


def test_a_short_teaser_falls_back_to_the_page() -> None:
    assert language_of_short_text("Breaking News", "de") == "de"
    assert language_of_short_text("Breaking News", None) is None


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("de-AT", "de"),
        ("en_US", "en"),
        ("PT", "pt"),
        ("iw", "he"),
        ("deu", "de"),
        ("zh-Hant-TW", "zh"),
        ("german", None),
        ("", None),
        (None, None),
        ("x", None),
    ],
)
def test_a_declaration_becomes_a_code(declared: str | None, code: str | None) -> None:
    assert code_of(declared) == code
