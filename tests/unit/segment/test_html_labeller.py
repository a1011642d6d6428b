"""The labeller as a whole: each block gets probabilities; judging fewer blocks twice leaves the others alone."""

import numpy as np
import pytest

from schemas import RawPage
from workers.pipeline import process_page
from workers.segment import html_labeller
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_walk import walk
from workers.segment.page import Role
from workers.segment.page_context import PageContext

PAGE = (
    "<nav>"
    + "".join(f'<a href="/{name}">{name}</a><br>' for name in ("World", "Sport", "Contact", "Imprint"))
    + "</nav>"
    "<article><h1>Ferries leave the old harbour again</h1>"
    + "<p>The first ferry left in the morning, and many people stood at the quay to see it go, the mayor said.</p>" * 5
    + "</article><footer><p>All rights reserved</p><a href='/privacy'>Privacy</a></footer>"
)


def features() -> HtmlFeatures:
    return HtmlFeatures(walk(f"<body>{PAGE}</body>"), PageContext())


def test_the_probabilities_of_every_block_add_up_to_one() -> None:
    probabilities, story = html_labeller.label(features())
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert 0 <= story <= 1


def test_blocks_that_are_surely_chrome_are_not_judged_again_and_the_others_come_out_the_same() -> None:
    page = features()
    first, body, kind, second = html_labeller.models()
    verdicts = html_labeller.alone(first, body, page)
    story = html_labeller.holds_story(kind, page, verdicts)
    of_all = second.probabilities(html_labeller.both(page, verdicts, story))
    sure = verdicts[:, Role.CHROME] > html_labeller.SURE_CHROME
    probabilities, _ = html_labeller.label(page)
    assert 0 < sure.sum() < len(sure)
    assert (probabilities[sure, Role.CHROME] == 1).all()
    assert np.allclose(probabilities[~sure], of_all[~sure], atol=1e-6)


SENTENCES = (
    "The ferry between the two shores has stopped for the winter, the harbour office said on Monday.",
    "Captain Ilse Brandt told reporters that the engine needs a part which is made only in one town in the north.",
    "Nobody knows when the service will resume, but the mayor promised a bus that crosses the bridge twice an hour.",
    "Shopkeepers on the island fear for the weeks before the holidays, when most of their guests come by boat.",
)


@pytest.mark.parametrize("around", ["{}", "<article>{}</article>", "<div class='content'>{}</div>"])
@pytest.mark.parametrize("paragraphs", [SENTENCES[:3], SENTENCES])
def test_a_bare_page_with_a_headline_and_paragraphs_is_a_story(around: str, paragraphs: tuple[str, ...]) -> None:
    text = "<h1>Ferry stops for the winter</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<html><head><title>Ferry stops for the winter</title></head><body>{around.format(text)}</body></html>"
    records = process_page(RawPage(body=page.encode(), url="https://news.example/ferry", content_type="text/html"))
    assert records.article is not None
    assert records.article.headline == "Ferry stops for the winter"
    assert records.article.body.split("\n\n") == list(paragraphs)
    assert not records.teasers


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Sign in</h1><p>Please enter your e-mail address and your password to read on. If you have no account yet "
        "you can make one for free.</p><form><input><button>Sign in</button></form>",
        "<div class='consent'><p>We value your privacy and use cookies to improve this site and to show advertising "
        "that fits. You can change your mind at any time.</p><button>Accept all</button></div>",
    ],
)
def test_a_page_with_neither_a_story_nor_promos_is_empty(page: str) -> None:
    records = process_page(RawPage(body=page.encode(), url="https://news.example/x", content_type="text/html"))
    assert (records.article, records.teasers, records.snippets) == (None, [], [])
