"""From a flattened page's probabilities to roles, and from roles to a page."""

import numpy as np
import pytest

from workers.segment.page import Block, Role, Segmented
from workers.segment.text_assembly import assemble_text, keep_one_copy
from workers.segment.text_decision import above_comments, decide, under_feeds, with_one_headline
from workers.segment.text_labeller import ROLES, TextPage
from workers.segment.text_phrases import LONGEST, heads, phrase_bits
from workers.segment.text_tokens import tokenise

C, B, T, S, N = Role.CHROME, Role.BODY, Role.TEASER_HEADLINE, Role.TEASER_SUMMARY, Role.SNIPPET


def _sure(*roles: Role, share: float = 0.9) -> np.ndarray:
    probabilities = np.full((len(roles), ROLES), (1 - share) / (ROLES - 1), dtype=np.float32)
    probabilities[np.arange(len(roles)), list(roles)] = share
    return probabilities


@pytest.mark.parametrize(
    ("judged", "decided"),
    [
        ((T, S), (T, S)),
        ((T, C, C, S), (T, C, C, S)),
        ((T, C, C, C, C, S), (T, C, C, C, C, N)),
        ((T, S, S), (T, S, S)),
        ((S, S), (N, N)),
        ((T, B, S), (T, B, N)),
        ((B, N, N), (B, N, N)),
        ((T, N), (T, N)),
    ],
)
def test_a_summary_needs_its_headline_nearby(judged: tuple[Role, ...], decided: tuple[Role, ...]) -> None:
    assert tuple(decide(_sure(*judged), 1.0)) == decided


def test_a_sure_summary_makes_the_line_above_its_headline() -> None:
    probabilities = _sure(C, S)
    probabilities[0, [C, T]] = 0.5, 0.3
    assert decide(probabilities, 1.0) == [T, S]
    probabilities[1, [S, N]] = 0.5, 0.45
    assert decide(probabilities, 1.0) == [C, N]


def test_a_bare_piece_of_news_needs_half_of_what_speaks_for_chrome() -> None:
    probabilities = np.zeros((1, ROLES), dtype=np.float32)
    probabilities[0, [C, N]] = 0.6, 0.35
    assert decide(probabilities, 1.0) == [N]
    probabilities[0, [C, N]] = 0.7, 0.3
    assert decide(probabilities, 1.0) == [C]


def test_what_may_be_the_storys_is_taken_from_it_only_where_that_is_much_likelier() -> None:
    probabilities = np.zeros((1, ROLES), dtype=np.float32)
    probabilities[0, [B, N]] = 0.45, 0.55
    assert decide(probabilities, 1.0) == [B]
    probabilities[0, [B, N]] = 0.35, 0.65
    assert decide(probabilities, 1.0) == [N]


def test_a_page_without_a_story_has_no_body() -> None:
    probabilities = _sure(T, B, T, B)
    probabilities[:, S] += 0.05
    assert decide(probabilities, 0.1) == [T, S, T, S]
    assert decide(probabilities, 0.9) == [T, B, T, B]


def test_what_is_summary_or_snippet_beats_what_is_either_alone() -> None:
    probabilities = np.zeros((1, ROLES), dtype=np.float32)
    probabilities[0, [B, S, N]] = 0.36, 0.32, 0.32
    assert decide(probabilities, 1.0) == [N]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([("Ferry closes", T), ("2h ago", C), ("Ferry closes", T), ("The council said so.", S)], [C, C, T, S]),
        ([("Ferry closes", T), ("The council said so.", S), ("Ferry closes", T), ("Oaks", T)], [T, S, C, T]),
        ([("Ferry closes", T), ("FERRY CLOSES", T)], [T, C]),
        ([("Ferry closes", T), *[("menu", C)] * 9, ("Ferry closes", T)], [T, *[C] * 9, T]),
    ],
)
def test_of_a_headline_twice_on_its_card_one_copy_stays(lines: list[tuple[str, Role]], kept: list[Role]) -> None:
    blocks = [Block(text, role=role) for text, role in lines]
    keep_one_copy(blocks)
    assert [block.role for block in blocks] == kept


def _assembled(*lines: tuple[str, Role]) -> Segmented:
    texts = [text for text, _ in lines]
    roles = [role for _, role in lines]
    tokens = tokenise(texts)
    whole, _, _ = phrase_bits(texts, tokens, heads(tokens, LONGEST))
    words = np.array([len(text.split()) for text in texts], dtype=np.float32)
    blocks = [Block(text, role=role, confidence=0.9) for text, role in lines]
    return assemble_text(TextPage(blocks, _sure(*roles), words, 1.0, whole))


_PARAGRAPH = (
    "The harbour town will close its old ferry line at the end of the month, the council said on Tuesday after a vote."
)


def test_a_page_of_the_seeds_shape_is_put_together() -> None:
    page = _assembled(
        ("News Feed", C),
        ("Ferry line to close", Role.HEADLINE),
        ("2 min read", C),
        ("The ferry at the pier. (Ann Example/Agency)", Role.CAPTION),
        (_PARAGRAPH, B),
        ("Storm damages harbour wall", T),
        ("Two boats sank in the storm that hit the coast last…", S),
        ("Article image", C),
        (_PARAGRAPH, B),
        ("News Feed", C),
        ("The mayor of a neighbouring town said on Monday that the road would stay closed until spring.", N),
        ("Show More", C),
    )
    assert page.story is not None
    assert page.story.headline == "Ferry line to close"
    assert page.story.paragraphs == [_PARAGRAPH] * 2
    assert [picture.caption for picture in page.story.pictures] == ["The ferry at the pier. (Ann Example/Agency)"]
    (promo,) = page.promos
    assert (promo.headline, promo.placement) == ("Storm damages harbour wall", "inline")
    assert promo.summary == "Two boats sank in the storm that hit the coast last…"
    assert [item.placement for item in page.feed_items] == ["feed"]


def test_a_promo_of_the_pages_own_story_is_none() -> None:
    page = _assembled(
        ("Ferry line to close", Role.HEADLINE), (_PARAGRAPH, B), (_PARAGRAPH, B), ("Ferry Line to Close", T)
    )
    assert page.promos == []


def test_a_promo_beside_an_advertisers_label_is_paid_for() -> None:
    page = _assembled(("Advertisement", C), ("Ten shoes to buy now", T), ("Oaks along the road", T))
    assert [promo.sponsored for promo in page.promos] == [True, False]
    assert {promo.placement for promo in page.promos} == {"list"}


@pytest.mark.parametrize(
    ("roles", "heading", "body", "expected"),
    [
        pytest.param([B, C, N, B, B], 1, 0.7, [B, C, N, N, N], id="unsure paragraphs under the heading are the feed's"),
        pytest.param([B, C, N, B], 1, 0.9, [B, C, N, B], id="a sure one stays"),
        pytest.param([B, C, B, B], 1, 0.7, [B, C, B, B], id="nothing there is a snippet: the story goes on"),
        pytest.param([C, B, N], 0, 0.7, [C, B, N], id="a feed before the story says nothing about the story"),
        pytest.param([B, C, N, T, B], 1, 0.7, [B, C, N, T, B], id="a headline ends the feed"),
    ],
)
def test_what_stands_under_a_feeds_heading(roles: list[Role], heading: int, body: float, expected: list[Role]) -> None:
    probabilities = np.zeros((len(roles), 9), np.float32)
    probabilities[:, Role.BODY] = body
    feed = np.arange(len(roles)) == heading
    assert under_feeds(roles, probabilities, feed) == expected


@pytest.mark.parametrize(
    ("roles", "headings", "words", "expected"),
    [
        pytest.param([B, B, C, B, T, B], [2], 60, [B, B, C, C, T, C], id="readers' prose"),
        pytest.param([B, B, C, B, B, B], [2], 40, [B, B, C, B, B, B], id="a link to the comments over the story"),
        pytest.param([B, C, B, B, C, B], [1, 4], 60, [B, C, B, B, C, C], id="link and heading"),
        pytest.param([B, B, B, B], [2], 60, [B, B, B, B], id="a line of the story"),
    ],
)
def test_what_stands_under_the_comments_heading_is_not_the_storys(
    roles: list[Role], headings: list[int], words: int, expected: list[Role]
) -> None:
    comments = np.isin(np.arange(len(roles)), headings)
    assert above_comments(roles, np.full(len(roles), words, np.float32), comments) == expected


@pytest.mark.parametrize(
    ("roles", "scores", "headline"),
    [
        pytest.param([C, C, C, B], [0.9, 0.8, 0.0, 0.0], 1, id="a title over the headline gives way"),
        pytest.param([C, C, C, B], [0.9, 0.5, 0.0, 0.0], 0, id="unless it is much likelier"),
        pytest.param([C, C, C, B], [0.9, 0.0, 0.8, 0.0], 0, id="a sub-heading is no headline"),
        pytest.param([C, C, B, B], [0.6, 0.9, 0.0, 0.0], 0, id="not even where it is likelier"),
        pytest.param([C, C, B, B], [0.2, 0.9, 0.0, 0.0], 1, id="but a headline may stand right over its story"),
    ],
)
def test_of_two_titles_in_a_row_one_is_the_headline(roles: list[Role], scores: list[float], headline: int) -> None:
    probabilities = np.zeros((len(roles), ROLES), dtype=np.float32)
    probabilities[:, Role.HEADLINE] = scores
    blocks = [Block(str(number), role=role) for number, role in enumerate(roles)]
    assert int(np.argmax(with_one_headline(blocks, probabilities)[:, Role.HEADLINE])) == headline


def test_a_line_that_stands_twice_is_not_the_headline_below_a_title() -> None:
    probabilities = np.zeros((4, ROLES), dtype=np.float32)
    probabilities[:, Role.HEADLINE] = 0.0, 0.9, 0.8, 0.0
    blocks = [Block("An old story"), Block("Ferry closes"), Block("An old story"), Block("Ann Example")]
    assert int(np.argmax(with_one_headline(blocks, probabilities)[:, Role.HEADLINE])) == 1
