"""Stories for those who pay."""

import pytest

from workers.enrich.paywall import is_paywalled
from workers.enrich.published import blocks_behind_story
from workers.segment.page import Block, Role

BOXES = [
    "Subscribe to continue reading",
    "Jetzt weiterlesen mit Beispiel Plus",
    "Article réservé aux abonnés",
    "Suscríbete para seguir leyendo",
    "Conteúdo exclusivo para assinantes",
    "Contenuto riservato agli abbonati",
    "Verder lezen? Word abonnee",
    "Bli abonnent for å lese hele saken",
    "Dostęp tylko dla subskrybentów",
    "Только для подписчиков",
    "この記事は有料会員限定です",
]


def page(*behind: str) -> list[Block]:
    story = [Block("A headline", role=Role.HEADLINE), Block("A paragraph.", role=Role.BODY)]
    return story + [Block(text) for text in behind]


@pytest.mark.parametrize("box", BOXES)
def test_a_box_behind_the_last_paragraph_says_that_the_story_is_for_subscribers(box: str) -> None:
    assert is_paywalled(None, blocks_behind_story(page("Share", box))) is True


def test_what_the_page_declares_counts_more_than_a_box() -> None:
    assert is_paywalled(True, blocks_behind_story(page(BOXES[0]))) is False
    assert is_paywalled(False, []) is True


def test_a_page_that_says_nothing_is_not_judged() -> None:
    assert is_paywalled(None, blocks_behind_story(page("Share", "Newsletter"))) is None
    assert is_paywalled(None, []) is None


def test_a_promo_for_subscribers_before_the_story_says_nothing() -> None:
    assert is_paywalled(None, blocks_behind_story([Block(BOXES[0]), *page("Share")])) is None


def test_a_box_far_behind_the_story_belongs_to_something_else() -> None:
    assert is_paywalled(None, blocks_behind_story(page(*["Another story"] * 20, BOXES[0]))) is None
