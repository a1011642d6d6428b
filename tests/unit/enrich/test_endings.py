"""Texts that are cut off, and texts that end."""

import pytest

from workers.enrich.endings import is_cut_off, is_headline_cut_off

FIRST = "The minister made the remarks at a meeting in Paris."

CUT: list[tuple[str, str]] = [
    ("en", "The minister made the remarks…"),
    ("en", "The minister made the remarks..."),
    ("en", "The minister made the remarks at a …”"),
    ("en", "The minister made the remarks [...]"),
    ("en", "The minister made the remarks […]"),
    ("en", "The minister made the remarks... Read more"),
    ("de", "Der Minister sagte, dass er … mehr"),
    ("en", FIRST + " He was joined on Monday by a gathering of twenty heads"),
    ("en", FIRST + " He was joined there by the"),
    ("en", "The minister made the remarks at a meeting in Paris on Monday, and he was joined by the"),
    ("en", "The minister made the remarks at a meeting in Paris on Monday, and he was joined,"),
    ("de", "Der Minister sprach in Paris. Er wurde begleitet von zwanzig Staats- und Regierungschefs aus"),
    ("ru", "Министр выступил в Париже. Его сопровождали двадцать глав государств и правительств из"),
    ("ar", "تحدث الوزير في باريس. وقد رافقه عشرون من رؤساء الدول والحكومات من"),
    ("hi", "मंत्री ने पेरिस में बात की। उनके साथ बीस राष्ट्राध्यक्ष और सरकार के प्रमुख भी शामिल"),
    ("zh", "部长在巴黎发表了讲话。当天陪同他出席会议的还有来自欧洲二十个国家的元首和政府首脑以及他们的"),
    ("ja", "大臣はパリで発言した。会議には欧州二十か国の首脳が出席しており、専門家は今後の見通しについて"),
]


@pytest.mark.parametrize(("language", "text"), CUT)
def test_a_text_that_is_cut_off_is_known(language: str, text: str) -> None:
    assert is_cut_off(text, language)


WHOLE: list[tuple[str, str]] = [
    ("en", FIRST),
    ("en", f"“{FIRST}”"),
    ("en", "Is that so?"),
    ("en", "A short line without an end"),
    ("en", "Everything you need to know about the best and the worst sleeping bags we tried this year"),
    ("en", FIRST + " (Ann Example)"),
    ("en", FIRST + " – The Daily Example"),
    ("en", FIRST + " Ann Example"),
    ("de", "Der Minister sprach in Paris vor zwanzig Staatschefs und reiste danach weiter nach Rom. mehr"),
    ("en", "The minister made the remarks at a meeting in Paris on Monday, and then the following was said:"),
    ("fr", "Le ministre a parlé à Paris devant vingt chefs d’État et de gouvernement, avant de partir !"),
    ("hi", "मंत्री ने पेरिस में बीस राष्ट्राध्यक्षों और सरकार के प्रमुखों के सामने अपनी बात रखी और फिर चले गए।"),
    ("ur", "وزیر نے پیرس میں بیس سربراہان مملکت اور حکومت کے سامنے اپنی بات رکھی اور پھر چلے گئے۔"),
    ("zh", "部长在巴黎发表了讲话，陪同他出席会议的还有来自欧洲二十个国家的元首和政府首脑以及专家。"),
    ("ja", "大臣はパリで発言し、会議には欧州二十か国の首脳が出席して今後の見通しについて話し合った。」"),
    ("th", "รัฐมนตรีกล่าวที่ปารีสต่อหน้าผู้นำยี่สิบประเทศก่อนจะเดินทางต่อไปยังกรุงโรมในวันเดียวกันนั้นเอง"),
    ("hy", "Նախարարը ելույթ ունեցավ Փարիզում քսան երկրների ղեկավարների առջև և մեկնեց Հռոմ։"),
    ("am", "ሚኒስትሩ በፓሪስ በሃያ አገራት መሪዎች ፊት ንግግር አድርገው ወደ ሮም ተጉዘዋል።"),
]


@pytest.mark.parametrize(("language", "text"), WHOLE)
def test_a_text_that_ends_is_no_cut_off_one(language: str, text: str) -> None:
    assert not is_cut_off(text, language)


def test_a_headline_is_cut_off_only_if_a_mark_says_so() -> None:
    assert is_headline_cut_off("Minister made the remarks at a…")
    assert not is_headline_cut_off(
        "Minister made the remarks at a meeting in Paris before twenty heads of state and of"
    )
    assert not is_headline_cut_off("Minister resigns")
