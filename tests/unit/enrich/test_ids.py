"""Ids are a promise: these tables pin them for the whole major version."""

import pytest

from workers.enrich.ids import ID_DIGITS, article_id, normalised, snippet_id, teaser_id, url_key

ARTICLE_IDS: list[tuple[str | None, str | None, str | None, str]] = [
    ("example.com", "https://www.example.com/politics/a-story-123", None, "75e9091de91f93545c3309fba2466afb"),
    ("example.com", "https://example.com/story?id=7", "A headline", "bfbef2a73da10c8c5942026c21416396"),
    ("example.com", None, "A headline: “quoted”", "798697fe26f5a243178f7d698467c2b2"),
    (None, None, "A headline", "6eb00ee5382d7f5bbdab76b648e92c20"),
    (None, None, None, "5b3c6c1639e2445d804427247245a9cc"),
    ("example.com", "https://example.com/日本/ニュース", None, "b3769b88a5aca44f2c753667638e8278"),
]
TEASER_IDS: list[tuple[str | None, str, str]] = [
    ("example.com", "Minister resigns after vote", "5c1c733646fd12e0b05b58dbff1af666"),
    ("example.org", "Minister resigns after vote", "71d97f6c6e0d3cb3d277b06d54592444"),
    (None, "Minister resigns after vote", "2324b4fcf593c3f8c44d43c65cadda8d"),
    ("example.com", "„Straße gesperrt“ – was jetzt gilt", "7bf81d9b11dab8f7dd32be59099a71b9"),
    ("example.com", "首相が辞任を表明", "1b4e48c99c9b1b2d3d311a0b7d21471c"),
    ("example.com", "Министр ушёл в отставку", "116b9bcf6b78037279929a0120794fc4"),
    ("example.com", "???", "723f1b5497976c4f87115f6a0759bced"),
]
LONG = (
    "The foreign minister said on Monday that the talks about the border crossing would resume within two weeks. More"
)
SNIPPET_IDS: list[tuple[str | None, str, str]] = [
    ("example.com", LONG, "cc615b229c3f3190d78ad3db36b1ee74"),
    ("example.com", "A short one.", "d0985955337332d4664fc172a6cb38a8"),
    (
        "example.com",
        "外務省は五日、国境の検問所をめぐる協議が二週間以内に再開される見通しだと発表した。詳細は未定。",
        "964166ac5837e68e9a4fe75428a8b3ae",
    ),
]


@pytest.mark.parametrize(("site", "address", "headline", "pinned"), ARTICLE_IDS)
def test_article_ids_never_change(site: str | None, address: str | None, headline: str | None, pinned: str) -> None:
    assert article_id(site, address, headline) == pinned


@pytest.mark.parametrize(("site", "headline", "pinned"), TEASER_IDS)
def test_teaser_ids_never_change(site: str | None, headline: str, pinned: str) -> None:
    assert teaser_id(site, headline) == pinned


@pytest.mark.parametrize(("site", "text", "pinned"), SNIPPET_IDS)
def test_snippet_ids_never_change(site: str | None, text: str, pinned: str) -> None:
    assert snippet_id(site, text) == pinned


def test_kinds_do_not_share_ids() -> None:
    ids = {article_id("a.example", None, "x"), teaser_id("a.example", "x"), snippet_id("a.example", "x")}
    assert len(ids) == 3
    assert {len(each) for each in ids} == {ID_DIGITS}


SAME_STORY = [
    "https://www.example.com/a/story-1/",
    "http://example.com/a/story-1",
    "https://example.com/a/story-1?utm_source=feed&utm_medium=rss",
    "https://example.com/a/story-1?fbclid=abc#comments",
    "https://example.com/a/story-1?ref=home&gclid=1",
    "https://EXAMPLE.com/a/story%2D1",
]


@pytest.mark.parametrize("address", SAME_STORY)
def test_one_story_has_one_id_however_it_was_reached(address: str) -> None:
    assert article_id("example.com", address, None) == article_id("example.com", SAME_STORY[1], None)


DIFFERENT_STORIES = [
    "https://example.com/a/story-1?id=2",
    "https://example.com/a/story-2",
    "https://example.com/a/Story-1",
    "https://news.example.com/a/story-1",
    "https://example.com/a/story-1?cid=2",
    "https://example.com/a%2Fstory-1",
]


@pytest.mark.parametrize("address", DIFFERENT_STORIES)
def test_two_stories_have_two_ids(address: str) -> None:
    assert article_id("example.com", address, None) != article_id("example.com", SAME_STORY[1], None)


def test_the_order_of_parameters_does_not_count() -> None:
    assert url_key("https://example.com/x?b=2&a=1") == url_key("https://example.com/x?a=1&b=2")


def test_escapes_and_letters_beyond_ascii_are_one_spelling() -> None:
    assert url_key("https://example.com/%c3%a4") == url_key("https://example.com/ä")


NORMALISED = [
    ("“Reuters”: France’s NATO-head", '"reuters" france\'s nato head'),
    ("STRASSE", "Straße"),
    ("ＡＢＣ１２３", "abc 123".replace(" ", "")),
    ("co\u00adop\u200bera tion", "coopera tion"),
    ("об'єкт", "обʼєкт"),
    ("A – B — C - D", "a b c d"),
    ("मुंबई", "मुंबई"),
    ("كــتاب", "كتاب"),
    ("\u1e9bx", "ṡx"),
]


@pytest.mark.parametrize(("one", "other"), NORMALISED)
def test_two_spellings_of_one_text_are_the_same(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("हिंदी", "हदी"), ("ไม่", "ไม"), ("3.5", "35"), ("???", "!!!"), ("é", "e")])
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


CUTS = [80, 90, 100, 140]


@pytest.mark.parametrize("length", CUTS)
@pytest.mark.parametrize("mark", ["…", "...", " …", "", " [...]", " ..."])
def test_a_cut_off_snippet_and_the_full_one_are_one(length: int, mark: str) -> None:
    assert snippet_id("example.com", LONG[:length].rstrip() + mark) == snippet_id("example.com", LONG)


def test_a_cut_off_japanese_snippet_and_the_full_one_are_one() -> None:
    full = SNIPPET_IDS[2][1]
    assert snippet_id("example.com", full[:40] + "…") == snippet_id("example.com", full)


def test_snippets_that_differ_in_their_first_words_are_two() -> None:
    assert snippet_id("example.com", "A" + LONG) != snippet_id("example.com", LONG)
